"""Numbers for test/insight/why/tree.test.ts made by scikit-learn 1.9: python3 test/golden/segment-rules.py > test/golden/segment-rules.json"""
import json
import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier

rng = np.random.default_rng(11)
n, cols = 400, 5
x = np.round(rng.normal(size=(n, cols)) * [1, 5, 20, 2, 9], 1)  # fewer than 256 distinct values a column
x[:, 4] = rng.integers(0, 60, n)
inside = ((x[:, 0] > 0.2) & (x[:, 1] < 3)) | (x[:, 4] > 50)
y = (inside ^ (rng.random(n) < 0.08)).astype(int)
trees = []
for depth, least, weight in [(1, 1, 1.0), (2, 5, 1.0), (3, 5, 1.0), (3, 20, 1.0), (3, 5, 2.5), (4, 3, 0.5)]:
    tree = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=least, class_weight={0: 1.0, 1: weight}, random_state=0).fit(x, y)
    leaf = tree.apply(x)
    leaves = sorted(([int((leaf == l).sum()), int(y[leaf == l].sum())] for l in np.unique(leaf)))
    root = tree.tree_
    trees.append({"depth": depth, "least": least, "weight": weight, "leaves": leaves, "first": [int(root.feature[0]), float(root.threshold[0])]})
print(json.dumps({"made": "scikit-learn " + sklearn.__version__, "x": x.tolist(), "y": y.tolist(), "trees": trees}))
