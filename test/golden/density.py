"""Golden values of the density methods, made by other people's programs.

    python -m venv v && v/bin/pip install scikit-learn==1.9.1 hdbscan==0.8.44 genieclust==1.3.0 && v/bin/python test/golden/density.py

Values are rounded to 4 places and then to float32, as Tessera stores them, before anyone sees them.
"""

import json
from pathlib import Path

import numpy as np
from genieclust import Genie
from hdbscan import HDBSCAN
from sklearn.cluster import DBSCAN
from sklearn.datasets import make_circles, make_moons
from sklearn.metrics import adjusted_rand_score

rng = np.random.default_rng(7)


def clouds(sizes, centres, spreads):
    """Round clouds; `truth` is the cloud."""
    x = np.vstack([c + rng.normal(size=(n, len(c))) * s for n, c, s in zip(sizes, np.array(centres, float), spreads)])
    return x, np.repeat(np.arange(len(sizes)), sizes)


def with_noise(x, truth, rows, cols=0):
    """More rows anywhere (truth −1), and columns that say nothing."""
    low, high = x.min(0), x.max(0)
    x = np.vstack([x, rng.uniform(low - 1, high + 1, (rows, x.shape[1]))])
    truth = np.concatenate([truth, np.full(rows, -1)])
    return np.hstack([x, rng.normal(size=(len(x), cols)) * 0.6]), truth


shapes = {
    "clouds": clouds([90, 110, 100], [[0, 0], [8, 1], [3, 9]], [1, 1, 1]),
    "moons": make_moons(300, noise=0.06, random_state=1),
    "rings": make_circles(300, noise=0.03, factor=0.5, random_state=1),
    "unequal density": with_noise(*clouds([120, 120, 60], [[0, 0], [9, 0], [4, 10]], [0.3, 1.4, 0.7]), 20),
    "noise dimensions": with_noise(*clouds([100, 100, 100], [[0, 0, 0], [7, 0, 2], [0, 7, -3]], [0.8, 0.8, 0.8]), 10, 3),
}
radii = {"clouds": 0.9, "moons": 0.2, "rings": 0.2, "unequal density": 0.8, "noise dimensions": 2.2}
golden = []
for name, (x, truth) in shapes.items():
    order = rng.permutation(len(x))
    x, truth = np.round(x[order], 4).astype(np.float32).astype(np.float64), truth[order]
    eps = radii[name]
    dbscan = DBSCAN(eps=eps, min_samples=5).fit(x)
    runs = []
    for pick, one in (("excess-of-mass", "eom"), ("leaves", "leaf")):
        found = HDBSCAN(
            min_cluster_size=15, min_samples=5, cluster_selection_method=one, approx_min_span_tree=False, algorithm="prims_kdtree"
        ).fit(x)
        tree = found.condensed_tree_.to_numpy()
        splits = tree[tree["child_size"] > 1]
        runs.append(
            {
                "pick": pick,
                "labels": found.labels_.tolist(),
                "belongs": np.round(found.probabilities_, 6).tolist(),
                "oddness": np.round(np.nan_to_num(found.outlier_scores_), 6).tolist(),
                "splits": sorted([int(size), round(float(at), 6)] for size, at in zip(splits["child_size"], splits["lambda_val"])),
                "ari": adjusted_rand_score(truth, found.labels_),
            }
        )
    k = len(set(truth.tolist()) - {-1})
    genie = Genie(n_clusters=k, gini_threshold=0.3).fit(x)
    golden.append(
        {
            "name": name,
            "cols": x.shape[1],
            "x": np.round(x, 4).ravel().tolist(),
            "truth": truth.tolist(),
            "dbscan": {"radius": eps, "labels": dbscan.labels_.tolist(), "cores": dbscan.core_sample_indices_.tolist(), "ari": adjusted_rand_score(truth, dbscan.labels_)},
            "hdbscan": runs,
            "genie": {"k": k, "labels": genie.labels_.tolist(), "ari": adjusted_rand_score(truth, genie.labels_)},
        }
    )
    print(name, len(x), [g["ari"] for g in (golden[-1]["dbscan"], *runs, golden[-1]["genie"])], [r["splits"] for r in runs][:1])
Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
