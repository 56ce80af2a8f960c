"""Numbers for test/segments/nearest.test.ts made by scikit-learn 1.9: python3 test/golden/nearest.py > test/golden/nearest.json"""
import json
import numpy as np
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(3)
x = np.round(rng.normal(size=(300, 5)) * rng.choice([1, 3], (300, 1)), 3).astype(np.float32)
distances, rows = NearestNeighbors(n_neighbors=11, algorithm="brute").fit(x.astype(float)).kneighbors()
fifth = distances[:, 4]
cases = [{
    "row": row, "rows": rows[row].tolist(), "distances": distances[row].tolist(),
    "nearer": int((fifth < fifth[row]).sum()),
    "median": float(np.median(np.delete(np.linalg.norm(x.astype(float) - x[row], axis=1), row))),
} for row in (0, 17, 99, int(fifth.argmax()), 299)]
print(json.dumps({"x": x.astype(float).round(6).tolist(), "cases": cases}, separators=(",", ":")))
