"""The peer of the journey: the same job as a pandas + scikit-learn script. Prints one line of JSON.

Read, set aside what has no customer, measure recency, frequency and monetary value, log and scale, k-means for
k = 2 … 10 with ten starts each, and the full silhouette of each.
"""

import json
import sys
import time

start = time.perf_counter()

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler

imported = time.perf_counter()

lines = pd.read_csv(sys.argv[1], parse_dates=["InvoiceDate"], encoding="utf-8")
lines["amount"] = lines["Quantity"] * lines["UnitPrice"]
kept = lines.dropna(subset=["CustomerID"])
read = time.perf_counter()

as_of = kept["InvoiceDate"].max()
customers = kept.groupby("CustomerID").agg(
    last=("InvoiceDate", "max"), frequency=("InvoiceNo", "nunique"), monetary=("amount", "sum")
)
customers["recency"] = (as_of - customers["last"]).dt.days
rfm = customers[["recency", "frequency", "monetary"]]
scaled = StandardScaler().fit_transform(np.sign(rfm) * np.log1p(rfm.abs()))
measured = time.perf_counter()

curve = {}
for k in range(2, 11):
    labels = KMeans(n_clusters=k, n_init=10, random_state=1).fit_predict(scaled)
    curve[k] = float(silhouette_score(scaled, labels))
done = time.perf_counter()

print(
    json.dumps(
        {
            "ms": 1000 * (done - imported),
            "importMs": 1000 * (imported - start),
            "readMs": 1000 * (read - imported),
            "featuresMs": 1000 * (measured - read),
            "sweepMs": 1000 * (done - measured),
            "lines": len(lines),
            "setAside": len(lines) - len(kept),
            "customers": len(customers),
            "total": round(float(lines["amount"].sum()), 3),
            "k": max(curve, key=curve.get),
            "curve": curve,
        }
    )
)
