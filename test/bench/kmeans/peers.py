"""Peer of kmeans.ts and kmeans-sweep.ts: answers one JSON line for each JSON line that it is asked, data read before."""
import json, sys, time, warnings
import numpy as np
from sklearn.cluster import KMeans, kmeans_plusplus

warnings.filterwarnings("ignore")
for line in sys.stdin:
    ask = json.loads(line)
    if ask["do"] == "make":
        rng = np.random.default_rng(ask["seed"])
        middles = rng.normal(size=(ask["groups"], ask["cols"])) * ask["apart"]
        x = (middles[rng.integers(0, ask["groups"], ask["rows"])] + rng.normal(size=(ask["rows"], ask["cols"]))).astype(np.float32)
        x.tofile(ask["path"])
        answer = {"rows": len(x)}
    elif ask["do"] == "start":
        start, _ = kmeans_plusplus(x[:50_000], ask["k"], random_state=ask["seed"])
        start.tofile(ask["path"])
        answer = {}
    elif ask["do"] == "fit":
        begin = time.perf_counter()
        fit = KMeans(ask["k"], init=start, n_init=1, max_iter=ask["rounds"], tol=0, algorithm="lloyd").fit(x)
        answer = {"ms": 1000 * (time.perf_counter() - begin), "inertia": float(fit.inertia_), "rounds": int(fit.n_iter_)}
    else:
        begin = time.perf_counter()
        fits = [KMeans(k, n_init=ask["restarts"], random_state=ask["seed"], algorithm="lloyd").fit(x) for k in range(2, ask["kTop"] + 1)]
        answer = {"ms": 1000 * (time.perf_counter() - begin), "inertias": [float(f.inertia_) for f in fits]}
    print(json.dumps(answer), flush=True)
