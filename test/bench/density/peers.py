"""Peer of hdbscan.ts and dbscan.ts: answers one JSON line for each JSON line that it is asked, data read before."""
import json, sys, time, warnings
import numpy as np
from sklearn.cluster import DBSCAN

warnings.filterwarnings("ignore")


def made(rows, cols, seed):
    """Twelve clouds of unequal spread, and a tenth of the rows anywhere."""
    rng = np.random.default_rng(seed)
    middles = rng.uniform(-10, 10, (12, cols))
    cloud = rng.integers(0, 12, rows)
    spread = rng.uniform(0.3, 1.2, 12)
    x = middles[cloud] + rng.normal(size=(rows, cols)) * spread[cloud][:, None]
    x[: rows // 10] = rng.uniform(-12, 12, (rows // 10, cols))
    rng.shuffle(x)
    return x.astype(np.float32)


def timed(fit):
    begin = time.perf_counter()
    labels = fit(x).labels_
    return {"ms": 1000 * (time.perf_counter() - begin), "labels": labels.tolist()}


for line in sys.stdin:
    ask = json.loads(line)
    if ask["do"] == "make":
        x = made(ask["rows"], ask["cols"], ask["seed"])
        x.tofile(ask["path"])
        x = x.astype(np.float64)
        answer = {}
    elif ask["do"] == "dbscan":
        answer = timed(DBSCAN(eps=ask["radius"], min_samples=ask["neighbours"], n_jobs=-1).fit)
    elif ask["do"] == "hdbscan":
        import hdbscan

        answer = timed(hdbscan.HDBSCAN(min_cluster_size=ask["smallest"], min_samples=ask["neighbours"], core_dist_n_jobs=-1).fit)
    else:
        import fast_hdbscan

        fit = fast_hdbscan.HDBSCAN(min_cluster_size=ask["smallest"], min_samples=ask["neighbours"]).fit
        if ask["do"] == "warm":
            fit(x[:3000])
            answer = {}
        else:
            answer = timed(fit)
    print(json.dumps(answer), flush=True)
