"""
Two samples compared by scipy, statsmodels and plain pairs: what test/insight/compare holds compare.ts against.
python3 test/golden/compare.py > test/golden/compare.json      (numpy 2.4, scipy 1.17, statsmodels 0.15)
"""

import json
import sys

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

rng = np.random.default_rng(7)
Z = 1.959963984540054


def cliff(a, b):
    """Every pair, as Cliff (1993) defines it; interval of Feng & Cliff (2004)."""
    d = np.sign(a[:, None] - b[None, :])
    n, m = d.shape
    delta = d.mean()
    s2 = (
        m**2 * ((d.mean(1) - delta) ** 2).sum()
        + n**2 * ((d.mean(0) - delta) ** 2).sum()
        - ((d - delta) ** 2).sum()
    ) / (n * m * (n - 1) * (m - 1))
    s2 = max(s2, (1 - delta**2) / (n * m - 1))
    half = Z * np.sqrt(s2) * np.sqrt((1 - delta**2) ** 2 + Z**2 * s2)
    under = 1 - delta**2 + Z**2 * s2
    return [delta, (delta - delta**3 - half) / under, (delta - delta**3 + half) / under]


def hedges(a, b):
    n, m = len(a), len(b)
    free = n + m - 2
    pooled = np.sqrt(((n - 1) * a.var(ddof=1) + (m - 1) * b.var(ddof=1)) / free)
    d = (a.mean() - b.mean()) / pooled
    j = 1 - 3 / (4 * free - 1)
    error = j * np.sqrt((n + m) / (n * m) + d**2 / (2 * (n + m)))
    return [j * d, j * d - Z * error, j * d + Z * error]


def median_interval(x):
    """Order statistics, normal approximation (Conover 1999)."""
    x = np.sort(x)
    n = len(x)
    reach = Z * np.sqrt(n) / 2
    low = max(0, int(np.floor(n / 2 - reach)) - 1)
    high = min(n - 1, int(np.ceil(n / 2 + reach)))
    return np.median(x), x[low], x[high]


def median_difference(a, b):
    (ma, la, ua), (mb, lb, ub) = median_interval(a), median_interval(b)
    d = ma - mb
    return [d, d - np.hypot(ma - la, ub - mb), d + np.hypot(ua - ma, mb - lb)]


samples = {
    "normal, shifted": (rng.normal(0, 1, 60), rng.normal(0.6, 1, 45)),
    "skewed money": (np.exp(rng.normal(3, 1, 80)), np.exp(rng.normal(3.4, 1.3, 120))),
    "counts with ties": (rng.poisson(2, 70), rng.poisson(3, 50)),
    "hardly any overlap": (rng.normal(0, 1, 30), rng.normal(2.5, 1, 30)),
    "heaps of zero": (
        rng.poisson(1, 90) * (rng.random(90) < 0.3),
        rng.poisson(1, 40) * (rng.random(40) < 0.5),
    ),
    "few": (rng.normal(0, 1, 7), rng.normal(0, 2, 8)),
}
numbers = []
for name, (a, b) in samples.items():
    a, b = (np.float32(x).astype(float) for x in (a, b))
    test = stats.mannwhitneyu(a, b, use_continuity=False, method="asymptotic")
    numbers.append(
        {
            "name": name,
            "a": a.tolist(),
            "b": b.tolist(),
            "p": test.pvalue,
            "delta": cliff(a, b),
            "g": hedges(a, b),
            "difference": median_difference(a, b),
        }
    )

shares = []
for hits_a, n, hits_b, m in [(12, 40, 30, 60), (0, 25, 4, 31), (19, 20, 200, 400), (7, 7, 0, 9)]:
    low, high = confint_proportions_2indep(hits_a, n, hits_b, m, method="newcomb", compare="diff")
    shares.append(
        {
            "counts": [hits_a, n, hits_b, m],
            "difference": [hits_a / n - hits_b / m, low, high],
            "p": proportions_ztest([hits_a, hits_b], [n, m])[1],
        }
    )

ps = [0.01, 0.04, 0.03, 0.005, 0.8, 0.005, 1.0, 0.2]
tails = [0.0, 0.1, 1.0, 1.959963984540054, 2.9999, 3.0, 4.5, 8.0, 20.0, 37.0, -1.5]
json.dump(
    {
        "made": f"numpy {np.__version__}, scipy {scipy.__version__}, statsmodels {statsmodels.__version__}",
        "numbers": numbers,
        "shares": shares,
        "holm": {"p": ps, "corrected": multipletests(ps, method="holm")[1].tolist()},
        "tail": [[z, stats.norm.sf(z)] for z in tails],
    },
    sys.stdout,
    separators=(",", ":"),
)
