"""Numbers for test/insight/why/subgroups.test.ts made by pysubgroup 0.9 and scipy 1.17: python3 test/golden/subgroups.py > test/golden/subgroups.json"""
import json
import numpy as np
import pandas as pd
import pysubgroup as ps
from scipy import stats

rng = np.random.default_rng(8)
n = 600
x = np.column_stack([rng.integers(0, 8, n), rng.integers(0, 9, n), rng.integers(0, 4, n), rng.integers(0, 6, n)])
chance = 0.2 + 0.55 * ((x[:, 0] >= 5) & (x[:, 2] == 1)) + 0.12 * (x[:, 1] <= 2)
y = (rng.random(n) < chance).astype(int)
number = (x[:, 3] * 0.2 + 3 * ((x[:, 1] >= 6) & (x[:, 0] <= 3)) + rng.normal(size=n)).round(3)
frame = pd.DataFrame(x, columns=list("abcd")).assign(y=y == 1, number=number)
space = []
for name in "abd":
    values = sorted(frame[name].unique())
    for v in values[1:]:
        space += [ps.IntervalSelector(name, float("-inf"), v), ps.IntervalSelector(name, v, float("inf"))]
space += [ps.EqualitySelector("c", v) for v in range(4)]


def best(target, quality, depth, many):
    task = ps.SubgroupDiscoveryTask(frame, target, space, result_set_size=many, depth=depth, qf=quality)
    out = []
    for found in ps.SimpleDFS().execute(task).to_descriptions():
        quality_, rule = found[0], found[1]
        inside = rule.covers(frame)
        out.append({"quality": float(quality_), "size": int(inside.sum())})
    return out


print(json.dumps({
    "x": x.tolist(), "y": y.tolist(), "number": number.tolist(),
    "singles": best(ps.BinaryTarget("y", True), ps.WRAccQF(), 1, 6),
    "pair": best(ps.BinaryTarget("y", True), ps.WRAccQF(), 2, 1),
    "meanPair": best(ps.NumericTarget("number"), ps.StandardQFNumeric(0.5), 2, 1),
    "normal": [[float(z), float(2 * stats.norm.sf(z))] for z in [0, 0.1, 1, 1.96, 2.8, 2.9, 4, 6, 10, 30]],
    "p": (p := [0.001, 0.009, 0.04, 0.2, 0.011, 0.9, 0.04]), "adjusted": stats.false_discovery_control(p).tolist(),
}))
