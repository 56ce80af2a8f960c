"""Features of Online Retail by pandas: python3 test/golden/online-retail.py ONLINE_RETAIL.csv.gz > test/golden/online-retail.json"""
import json
import sys
import pandas as pd

read = pd.read_csv(sys.argv[1], dtype={"CustomerID": str, "InvoiceNo": str, "StockCode": str}, parse_dates=["InvoiceDate"])
lines = read[read.CustomerID.notna()].copy()
lines["amount"] = lines.Quantity * lines.UnitPrice
lines["returned"] = (lines.Quantity < 0) | lines.InvoiceNo.str.startswith("C")
bought = lines[~lines.returned]
as_of = lines.InvoiceDate.max().normalize()
each, buys = lines.groupby("CustomerID"), bought.groupby("CustomerID")
out = pd.DataFrame({"spend": each.amount.sum(), "tenure_days": (as_of - each.InvoiceDate.min().dt.normalize()).dt.days})
last = buys.InvoiceDate.max().reindex(out.index).fillna(each.InvoiceDate.max())
out["recency_days"] = (as_of - last.dt.normalize()).dt.days
out["orders"] = buys.InvoiceNo.nunique()
out["products"] = buys.StockCode.nunique()
out["returns_share"] = each.returned.mean()
begun = bought.groupby(["CustomerID", "InvoiceNo"]).InvoiceDate.min()
out["morning_share"] = (begun.dt.hour < 12).groupby("CustomerID").mean()
out["weekend_share"] = (begun.dt.day_of_week >= 5).groupby("CustomerID").mean()
out = out.fillna(0)
days = bought.assign(day=bought.InvoiceDate.dt.normalize()).drop_duplicates(["CustomerID", "day"]).groupby("CustomerID").day
out["days_between_orders"] = ((days.max() - days.min()).dt.days / (days.count() - 1))[days.count() > 1]
gaps = int(out.days_between_orders.isna().sum())
out = out.fillna(out.days_between_orders.median())
some = ["12346.0", "12347.0", "12748.0", "18287.0"]
print(json.dumps({"customers": len(out), "gaps": gaps, "sums": out.sum().to_dict(), "some": out.loc[some].to_dict("index")}, indent=1))
