"""Numbers for test/lib/stats/hungarian.test.ts made by scipy 1.17: python3 test/golden/hungarian.py > test/golden/hungarian.json"""
import json
import numpy as np
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(11)
shapes = [(1, 1), (1, 6), (6, 1), (2, 2), (3, 3), (4, 7), (7, 4), (8, 8), (12, 12), (20, 13), (13, 20), (30, 30), (40, 25)]
cases = []
for kind in ("counts", "ties", "real", "signed"):
    for rows, cols in shapes:
        overlap = {
            "counts": lambda: rng.integers(0, 1000, (rows, cols)),
            "ties": lambda: rng.integers(0, 3, (rows, cols)),
            "real": lambda: np.round(rng.lognormal(0, 2, (rows, cols)), 4),
            "signed": lambda: np.round(rng.normal(0, 1, (rows, cols)), 4),
        }[kind]()
        r, c = linear_sum_assignment(overlap, maximize=True)
        columns = np.full(rows, -1)
        columns[r] = c
        cases.append({"kind": kind, "rows": rows, "cols": cols, "overlap": overlap.ravel().tolist(), "total": float(overlap[r, c].sum()), "columns": columns.tolist()})
print(json.dumps(cases, separators=(",", ":")))
