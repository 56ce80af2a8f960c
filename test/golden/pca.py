"""Numbers for test/lib/stats/components.test.ts made by numpy 2.4 and scikit-learn 1.9: python3 test/golden/pca.py > test/golden/pca.json"""
import json
import numpy as np
from sklearn.decomposition import PCA

rng = np.random.default_rng(11)
base = rng.normal(size=(90, 5)) @ rng.normal(size=(5, 60))
x = np.round(base + rng.normal(size=(90, 60)), 2).astype(np.float32).astype(float)
pca = PCA(60, svd_solver="full").fit(x)
print(json.dumps({
    "x": x.tolist(), "variances": pca.explained_variance_.tolist(),
    "axes": np.abs(pca.components_[:5]).tolist(), "first": np.abs(pca.transform(x)[:, :3]).tolist(),
}))
