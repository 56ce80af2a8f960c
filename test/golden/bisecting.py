"""Inertia of scikit-learn 1.9's BisectingKMeans, best of 20: python3 test/golden/bisecting.py > test/golden/bisecting.json"""
import json
import numpy as np
from sklearn.cluster import BisectingKMeans

rng = np.random.default_rng(3)
middles = rng.uniform(-6, 6, (15, 3))
x = np.round(middles[rng.integers(0, 15, 400)] + rng.normal(size=(400, 3)), 3).astype(np.float32).astype(float)
fits = []
for k in (2, 5, 15, 40):
    best = min(BisectingKMeans(k, n_init=10, bisecting_strategy="biggest_inertia", random_state=s).fit(x).inertia_ for s in range(20))
    fits.append({"k": k, "inertia": best})
print(json.dumps({"x": x.tolist(), "fits": fits}))
