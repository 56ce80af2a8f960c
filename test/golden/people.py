"""Golden numbers for src/tables/people: Jaro-Winkler and Soundex by jellyfish 1.3.0, EM by numpy 2.

Run: python people.py > people.json   (pip install jellyfish==1.3.0 numpy)
"""

import itertools
import json

import jellyfish
import numpy as np

names = """martha marhta dwayne duane dixon dicksonx jones johnson smith smyth schmidt robert rupert ashcraft ashcroft tymczak
pfister honeyman catherine katherine michael micheal elisabeth elizabeth vandermeer meer anna ana li lee o jon john abcvwxyz
cabvwxyz zimmermann zimmerman gutierrez gutiérrez garcia garica nguyen""".split()
pairs = list(zip(names[::2], names[1::2])) + list(itertools.islice(itertools.combinations(names, 2), 0, 900, 11))
jaro_winkler = [[a, b, jellyfish.jaro_winkler_similarity(a, b)] for a, b in pairs]
soundex = [[name, jellyfish.soundex(name)] for name in names if name.isascii()]

# One comparison a row: given, family, email, phone, birth, place. Expected shares before anything is learnt, best level first.
SAME = [
    [0.76, 0.1, 0.05, 0.05, 0.02, 0.02],
    [0.86, 0.02, 0.06, 0.02, 0.04],
    [0.6, 0.05, 0.05, 0.3],
    [0.6, 0.05, 0.35],
    [0.88, 0.03, 0.05, 0.02, 0.02],
    [0.6, 0.1, 0.08, 0.1, 0.12],
]
STRANGERS = [
    [0.006, 0.003, 0.01, 0.003, 0.02, 0.958],
    [0.002, 0.0005, 0.001, 0.02, 0.9765],
    [0.00001, 0.00002, 0.0001, 0.99987],
    [0.00002, 0.00002, 0.99996],
    [0.00005, 0.00003, 0.0008, 0.018, 0.98112],
    [0.00002, 0.00003, 0.0005, 0.02, 0.97945],
]
HOUSEHOLD = [
    STRANGERS[0],
    [0.85, 0.02, 0.03, 0.02, 0.08],
    [0.08, 0.01, 0.01, 0.9],
    [0.4, 0.02, 0.58],
    [0.02, 0.001, 0.009, 0.05, 0.92],
    [0.8, 0.1, 0.04, 0.03, 0.03],
]
PRIOR_PAIRS = 10
RAREST = 5e-7
STRANGER_ROUNDS = 5
MISSING = 7
LEVELS = [len(row) for row in SAME]
WIDTH = max(LEVELS)


def padded(rows):
    return np.array([row + [0.0] * (WIDTH - len(row)) for row in rows])


def likelihood(shares, patterns):
    """[patterns]: product over the comparisons that are not missing."""
    picked = np.ones(patterns.shape)
    for c in range(patterns.shape[1]):
        seen = patterns[:, c] != MISSING
        picked[seen, c] = shares[c, patterns[seen, c]]
    return picked.prod(axis=1)


def learnt(prior, patterns, weights):
    sums = PRIOR_PAIRS * padded(prior)
    for c in range(patterns.shape[1]):
        for level in range(LEVELS[c]):
            sums[c, level] += weights[patterns[:, c] == level].sum()
    shares = sums / sums.sum(axis=1, keepdims=True)
    real = padded([[1.0] * n for n in LEVELS]) > 0
    return np.where(real, np.maximum(shares, RAREST), 0.0)


def em(candidates, counts, strangers, stranger_counts, all_pairs, rounds):
    same, household, different = padded(SAME), padded(HOUSEHOLD), padded(STRANGERS)
    records = (1 + np.sqrt(1 + 8 * all_pairs)) / 2
    p_same = min(0.2, records / all_pairs)
    p_household = p_same / 2

    def posterior(patterns):
        terms = np.stack(
            [
                p_same * likelihood(same, patterns),
                p_household * likelihood(household, patterns),
                (1 - p_same - p_household) * likelihood(different, patterns),
            ]
        )
        return terms / terms.sum(axis=0)

    for done in range(rounds):
        now, then = posterior(candidates), posterior(strangers)
        same = learnt(SAME, candidates, counts * now[0])
        household = learnt(HOUSEHOLD, candidates, counts * now[1])
        if done < STRANGER_ROUNDS:
            different = learnt(STRANGERS, strangers, stranger_counts * (1 - then[0] - then[1]))
        household[0] = different[0]
        p_same = (counts * now[0]).sum() / all_pairs
        p_household = (counts * now[1]).sum() / all_pairs
    trim = lambda shares: [[float(x) for x in shares[c, : LEVELS[c]]] for c in range(len(LEVELS))]
    return {
        "same": trim(same),
        "household": trim(household),
        "different": trim(different),
        "samePairs": float(p_same),
        "householdPairs": float(p_household),
        "posterior": [float(x) for x in posterior(candidates)[0]],
    }


def drawn(rng, rows, n):
    """n patterns drawn from the shares of `rows`; a seventh of the fields missing."""
    patterns = np.stack([rng.choice(len(row), n, p=np.array(row) / sum(row)) for row in rows], axis=1)
    return np.where(rng.random(patterns.shape) < 1 / 7, MISSING, patterns)


rng = np.random.default_rng(7)
mixed = np.concatenate([drawn(rng, SAME, 60), drawn(rng, HOUSEHOLD, 40), drawn(rng, STRANGERS, 30)])
candidates, counts = np.unique(mixed, axis=0, return_counts=True)
strangers, stranger_counts = np.unique(drawn(rng, STRANGERS, 3000), axis=0, return_counts=True)
ALL_PAIRS = 4950  # of 100 records
ROUNDS = 25

print(
    json.dumps(
        {
            "jaroWinkler": jaro_winkler,
            "soundex": soundex,
            "em": {
                "allPairs": ALL_PAIRS,
                "rounds": ROUNDS,
                "candidates": candidates.tolist(),
                "counts": counts.tolist(),
                "strangers": strangers.tolist(),
                "strangerCounts": stranger_counts.tolist(),
                **em(candidates, counts, strangers, stranger_counts, ALL_PAIRS, ROUNDS),
            },
        }
    )
)
