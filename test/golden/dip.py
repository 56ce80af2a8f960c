"""
The dip by another implementation, and the upper percentage points of √n · dip for uniform rows (the table in src/lib/stats/dip.ts), simulated:
python3 test/golden/dip.py > test/golden/dip.json      (numpy 2.5, diptest 0.12)
python3 test/golden/dip.py table                       (prints the table; 20,000 draws a line, some minutes)
"""
import json
import sys
import numpy as np
from diptest import dipstat, diptest

rng = np.random.default_rng(5)
if sys.argv[1:] == ["table"]:
    levels = [0.9, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]
    for n in [10, 20, 50, 100, 200, 500, 2000, 5000]:
        draws = np.array([dipstat(np.sort(rng.random(n))) for _ in range(20000)]) * np.sqrt(n)
        print(n, [round(float(np.quantile(draws, 1 - p)), 4) for p in levels])
    sys.exit()
cases = {
    "normal": rng.normal(size=200),
    "two humps": np.concatenate([rng.normal(size=60), rng.normal(5, 1, 80)]),
    "three humps": np.concatenate([rng.normal(size=60), rng.normal(6, 1, 40), rng.normal(11, 1, 50)]),
    "long tail": rng.exponential(size=150),
    "whole numbers": rng.integers(0, 7, 90),
    "hump and a heap": np.concatenate([np.zeros(50), rng.normal(4, 1, 70)]),
    "four": [1, 2, 5, 9],
    "ties": [1, 1, 1, 2, 2, 2, 2, 3, 9, 9, 9, 10],
}
out = []
for name, values in cases.items():
    values = np.round(np.asarray(values, dtype=float), 4)
    dip, p = diptest(values)
    out.append({"name": name, "values": values.tolist(), "dip": float(dip), "p": float(p)})
print(json.dumps(out))
