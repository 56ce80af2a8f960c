"""Features of a made table of orders by pandas: python3 test/golden/features.py > test/golden/features.json"""
import json
import numpy as np
import pandas as pd

rng = np.random.default_rng(11)
n = 600
made = pd.DataFrame({
    "customer": rng.choice([f"c{i:02d}" for i in range(40)], n, p=(w := rng.dirichlet(np.ones(40)))),
    "at": pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 300 * 24 * 60, n), unit="min"),
    "product": rng.choice(list("ABCDEFGH"), n), "category": rng.choice(["x", "y", "z"], n), "channel": rng.choice(["web", "shop"], n),
    "quantity": rng.integers(1, 9, n).astype(float), "discount": rng.choice([0.0, 0.0, 1.5], n), "price": np.round(rng.uniform(1, 30, n), 2),
})
made["order"] = "o" + (made.index // 2).astype(str)
made["isReturn"] = rng.random(n) < 0.06
made.loc[made.isReturn, "quantity"] *= -1
made["amount"] = np.round(made.quantity * made.price, 2)
as_of = made["at"].max().normalize()
rows = []
for customer, lines in made.groupby("customer"):
    bought = lines[~lines.isReturn]
    begun = bought.groupby("order")["at"].min()
    orders = len(begun)
    days = bought["at"].dt.normalize().drop_duplicates().sort_values()
    since = lambda d: bought["at"] >= as_of - pd.Timedelta(days=d - 1)
    late, early = bought[since(90)].amount.sum(), bought[~since(90) & since(180)].amount.sum()
    last = (bought if len(bought) else lines)["at"].max().normalize()
    rows.append({
        "customer": customer, "recency_days": (as_of - last).days, "orders": orders, "spend": lines.amount.sum(),
        "average_order": bought.amount.sum() / orders if orders else 0, "tenure_days": (as_of - lines["at"].min().normalize()).days,
        "days_between_orders": days.diff().dt.days.mean() if len(days) > 1 else np.nan,
        "items_per_order": bought.quantity.sum() / orders if orders else 0,
        "average_price": bought.amount.sum() / bought.quantity.sum() if len(bought) else np.nan,
        "products": bought["product"].nunique(), "categories": bought.category.nunique(), "channels": bought.channel.nunique(),
        "returns_share": lines.isReturn.mean(), "discount_share": (bought.discount != 0).mean() if len(bought) else 0,
        "weekend_share": (begun.dt.day_of_week >= 5).mean() if orders else 0,
        "morning_share": (begun.dt.hour < 12).mean() if orders else 0, "evening_share": (begun.dt.hour >= 18).mean() if orders else 0,
        "trend": (late - early) / (late + early) if late + early > 0 else 0,
    })
out = pd.DataFrame(rows)
gaps = out.isna().sum()
out = out.fillna(out.median(numeric_only=True))
made["at"] = made["at"].dt.strftime("%Y-%m-%d %H:%M:%S")
print(json.dumps({"asOf": str(as_of.date()), "lines": made.drop(columns="price").to_dict("records"), "features": out.to_dict("records"), "gaps": {k: int(v) for k, v in gaps.items() if v}}))
