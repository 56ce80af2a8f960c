"""Numbers for test/segments/prototypes.test.ts made by kmodes 0.12 and gower 0.1: python3 test/golden/prototypes.py > test/golden/prototypes.json"""
import json
import gower
import numpy as np
import pandas as pd
from kmodes.kprototypes import KPrototypes
from sklearn.metrics import silhouette_score

rng = np.random.default_rng(2)
n = 150
truth = rng.integers(0, 3, n)
numbers = np.round(np.array([[0, 0], [2.2, 0.5], [0.5, 2.4]])[truth] + rng.normal(size=(n, 2)), 3).astype(np.float32).astype(float)
own = np.where(rng.random(n) < 0.75, truth, rng.integers(0, 4, n))
other = np.where(rng.random(n) < 0.7, truth // 2, rng.integers(0, 2, n))
codes = np.stack([own, other], 1)
x = np.column_stack([numbers.astype(object), codes.astype(str)])
fits = []
for k in (1, 2, 3, 5):
    for weight in (0.3, 1.5):
        fit = KPrototypes(k, gamma=weight, init="Huang", n_init=25, max_iter=200, random_state=0).fit(x, categorical=[2, 3])
        fits.append({"k": k, "weight": weight, "cost": float(fit.cost_), "labels": fit.labels_.tolist()})
frame = pd.DataFrame({"a": numbers[:, 0], "b": numbers[:, 1], "c": codes[:, 0].astype(str), "d": codes[:, 1].astype(str)}).astype({"c": object, "d": object})
d = gower.gower_matrix(frame, cat_features=[False, False, True, True])
print(json.dumps({"numbers": numbers.tolist(), "codes": codes.tolist(), "truth": truth.tolist(), "fits": fits, "usual": 0.5 * float(np.mean(numbers.std(0))),
    "gower": np.round(d[:12, :].astype(float), 6).tolist(), "silhouette": float(silhouette_score(d.astype(float) * (1 - np.eye(n)), truth, metric="precomputed"))}))
