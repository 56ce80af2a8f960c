"""
Numbers for test/segments/validity made by scikit-learn 1.9, hdbscan 0.8 and scipy 1.17:
python3 test/golden/validity.py > test/golden/validity.json
"""
import json
import numpy as np
from hdbscan.validity import validity_index
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.datasets import make_moons
from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_samples,
)

rng = np.random.default_rng(3)


def case(name, x, labels):
    x = np.round(x, 3).astype(np.float32).astype(float)
    labels = np.asarray(labels)
    kept = labels >= 0
    own, mine = x[kept], labels[kept]
    return {
        "name": name,
        "x": x.tolist(),
        "labels": labels.tolist(),
        "silhouettes": silhouette_samples(own, mine).tolist(),
        "calinski": calinski_harabasz_score(own, mine),
        "davies": davies_bouldin_score(own, mine),
        "density": validity_index(x, labels),
    }


clouds = rng.uniform(-4, 4, (4, 3))[rng.integers(0, 4, 120)] + rng.normal(size=(120, 3))
moons = np.concatenate([make_moons(110, noise=0.06, random_state=1)[0], rng.uniform(-1.5, 2.5, (20, 2))])
cases = [
    case("k-means of four clouds", clouds, KMeans(4, n_init=10, random_state=0).fit_predict(clouds)),
    case("HDBSCAN of two moons and strays", moons, HDBSCAN(min_cluster_size=10, min_samples=5).fit_predict(moons)),
    case("labels at random", clouds, rng.integers(0, 3, 120)),
]
pairs = []
for name, a, b in [
    ("the same", [0, 0, 1, 1, 2], [1, 1, 2, 2, 0]),
    ("one split", [0, 0, 1, 1], [0, 0, 1, 2]),
    ("crossed", [0, 1, 0, 1], [0, 0, 1, 1]),
    ("all apart and all together", [0, 1, 2, 3], [0, 0, 0, 0]),
    ("at random", rng.integers(0, 4, 60).tolist(), rng.integers(0, 3, 60).tolist()),
    ("many groups at random", rng.integers(0, 30, 80).tolist(), rng.integers(0, 25, 80).tolist()),
    ("with noise", rng.integers(-1, 3, 70).tolist(), None),
]:
    if b is None:
        b = [v if rng.random() < 0.8 else int(rng.integers(-1, 3)) for v in a]
    pairs.append({"name": name, "a": a, "b": b, "ari": adjusted_rand_score(a, b), "ami": adjusted_mutual_info_score(a, b)})
print(json.dumps({"cases": cases, "pairs": pairs}))
