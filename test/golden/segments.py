"""Numbers for test/segments made by scikit-learn 1.9 and scipy 1.17: python3 test/golden/segments.py > test/golden/segments.json"""
import json
import numpy as np
from scipy.stats import skew
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score, silhouette_samples, silhouette_score

rng = np.random.default_rng(7)
middles = rng.uniform(-4, 4, (4, 3))
x = np.round(middles[rng.integers(0, 4, 160)] + rng.normal(size=(160, 3)) * [1, 1.5, 0.7], 3).astype(np.float32).astype(float)
sweep = []
for k in range(2, 7):
    fit = KMeans(k, n_init=200, tol=0, random_state=0).fit(x)
    sweep.append({"k": k, "inertia": fit.inertia_, "silhouette": silhouette_score(x, fit.labels_)})
fit = KMeans(4, n_init=200, tol=0, random_state=0).fit(x)
pca = PCA(3).fit(x)
pairs = [([0, 0, 1, 1], [0, 0, 1, 2]), ([0, 0, 1, 1, 2, 2], [1, 1, 0, 2, 2, 2]), ([0, 1, 0, 1], [0, 0, 1, 1])]
long = np.round(rng.lognormal(2, 1, 50), 3)
print(json.dumps({
    "x": x.tolist(), "sweep": sweep, "labels": fit.labels_.tolist(), "silhouettes": silhouette_samples(x, fit.labels_).tolist(),
    "pca": {"ratio": pca.explained_variance_ratio_.tolist(), "first": pca.transform(x)[:, :2].tolist()},
    "rand": [{"a": a, "b": b, "ari": adjusted_rand_score(a, b)} for a, b in pairs],
    "stats": {"values": long.tolist(), "skew": skew(long), "variance": long.var(ddof=1), "quantiles": np.quantile(long, [0, .01, .25, .5, .99, 1]).tolist()},
}))
