"""Peer of nearest.ts: answers one JSON line for each JSON line that it is asked, data read before."""
import json, sys, time
import numpy as np
from sklearn.neighbors import NearestNeighbors

for line in sys.stdin:
    ask = json.loads(line)
    if ask["do"] == "make":
        rng = np.random.default_rng(ask["seed"])
        x = rng.normal(size=(ask["rows"], ask["cols"])).astype(np.float32)
        x.tofile(ask["path"])
        fit = NearestNeighbors(n_neighbors=ask["k"] + 1, algorithm="brute").fit(x)
        answer = {"rows": len(x)}
    else:
        begin = time.perf_counter()
        _, rows = fit.kneighbors(x[ask["row"] : ask["row"] + 1])
        ms = 1000 * (time.perf_counter() - begin)
        answer = {"ms": ms, "rows": [int(r) for r in rows[0] if r != ask["row"]]}
    print(json.dumps(answer), flush=True)
