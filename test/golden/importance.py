"""Numbers for test/insight/why/importance.test.ts made by numpy 2.4, by brute force over all orders:
python3 test/golden/importance.py > test/golden/importance.json"""
import json
from itertools import permutations
import numpy as np

rng = np.random.default_rng(3)
n = 300
base = rng.normal(size=(n, 3))
x = np.column_stack([base[:, 0], base[:, 0] + 0.5 * base[:, 1], base[:, 1] - base[:, 2], rng.normal(size=n), (rng.random(n) < 0.3), (rng.random(n) < 0.5)]).round(3)
y = (1.5 * x[:, 0] + 0.7 * x[:, 2] + 0.8 * x[:, 4] - 0.4 * x[:, 5] + rng.normal(size=n)).round(3)
groups = [[0], [1], [2], [3], [4, 5]]


def r2(cols):
    if not cols:
        return 0.0
    a = np.column_stack([np.ones(n), x[:, cols]])
    fit = a @ np.linalg.lstsq(a, y, rcond=None)[0]
    return float(1 - ((y - fit) ** 2).sum() / ((y - y.mean()) ** 2).sum())


orders = list(permutations(range(len(groups))))
lmg = np.zeros(len(groups))
for order in orders:
    cols, before = [], 0.0
    for g in order:
        cols = cols + groups[g]
        after = r2(cols)
        lmg[g] += (after - before) / len(orders)
        before = after
values, vectors = np.linalg.eigh(np.corrcoef(x.T))
link = vectors @ np.diag(np.sqrt(values)) @ vectors.T
beta = np.linalg.inv(link) @ np.array([np.corrcoef(c, y)[0, 1] for c in x.T])
johnson = (link**2) @ beta**2
print(json.dumps({"x": x.tolist(), "y": y.tolist(), "groups": groups, "lmg": lmg.tolist(), "johnson": [float(johnson[g].sum()) for g in groups], "r2": r2(list(range(6)))}))
