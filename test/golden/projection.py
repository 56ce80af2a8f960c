"""Numbers of UMAP's parts for test/segments/map-parts.test.ts: python3 test/golden/projection.py > test/golden/projection.json

umap-learn 0.5.12, scikit-learn 1.9.1, numpy 2.4.6
"""
import json

import numpy as np
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from umap.umap_ import find_ab_params, fuzzy_simplicial_set

draw = np.random.default_rng(7)
middles = draw.normal(size=(3, 4)) * 4
x = np.concatenate([m + draw.normal(size=(60, 4)) for m in middles]).round(3).astype(np.float32)
graph, sigmas, rhos = fuzzy_simplicial_set(
    x, n_neighbors=15, random_state=np.random.RandomState(0), metric="euclidean"
)[:3]
coo = graph.tocoo()
flat = PCA(2).fit_transform(x).round(4).astype(np.float32)
anywhere = draw.normal(size=(180, 2)).round(4).astype(np.float32)

print(
    json.dumps(
        {
            "x": [[round(float(v), 3) for v in row] for row in x],
            "sigmas": [round(float(v), 6) for v in sigmas],
            "rhos": [round(float(v), 6) for v in rhos],
            "edges": [[int(i), int(j), round(float(w), 5)] for i, j, w in zip(coo.row, coo.col, coo.data) if i < j],
            "curves": [
                [minimum, spread, *map(float, find_ab_params(spread, minimum))]
                for minimum, spread in [(0.1, 1), (0.001, 1), (0.5, 1), (0.25, 2), (0.8, 1)]
            ],
            "pictures": [
                {
                    "at": [[round(float(v), 4) for v in row] for row in picture],
                    "trustworthiness": [[k, trustworthiness(x, picture, n_neighbors=k)] for k in (5, 15)],
                }
                for picture in (flat, anywhere)
            ],
        }
    )
)
