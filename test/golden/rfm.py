"""Scores for test/segments/rfm.test.ts made by pandas 3.1: python3 test/golden/rfm.py > test/golden/rfm.json"""
import json
import numpy as np
import pandas as pd

rng = np.random.default_rng(5)


def ntile(values, bands):
    """SQL's ntile from the worst up (array_split makes the first parts larger too); equal values share the lowest of theirs."""
    place = pd.Series(values).rank(method="first").astype(int) - 1
    bands_of = np.concatenate([np.full(len(part), i + 1) for i, part in enumerate(np.array_split(np.arange(len(values)), bands))])
    return pd.Series(bands_of[place]).groupby(pd.Series(values)).transform("min").tolist()


cases = []
for n, bands in [(1, 5), (3, 5), (7, 3), (10, 4), (53, 5), (200, 5), (200, 10), (123, 7)]:
    days = rng.integers(0, 120, n)
    orders = 1 + rng.poisson(0.7, n)
    spend = np.round(rng.lognormal(3, 1, n), 2).astype(np.float32).astype(float)
    cases.append({
        "bands": bands, "days": days.tolist(), "orders": orders.tolist(), "spend": spend.tolist(),
        "recency": ntile(-days, bands), "frequency": ntile(orders, bands), "monetary": ntile(spend, bands),
    })
print(json.dumps(cases, separators=(",", ":")))
