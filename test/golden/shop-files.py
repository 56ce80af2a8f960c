"""Makes the files of a small shop for the journeys: python shop-files.py (openpyxl 3.1, pyarrow 22). Same bytes of data every time."""
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

here = Path(__file__).resolve().parent.parent / "fixtures" / "formats"
orders = []
for c in range(60):
    kind = c % 3
    for o in range([2, 8, 16][kind] + c % 2):
        day = date(2025, 1, 5) + timedelta(days=(c * 7 + o * (60 if kind == 0 else 19)) % 330)
        orders.append((1000 + len(orders), f"{c:05d}", day, round([8, 25, 90][kind] + (c + o) % 5 + 0.5, 2)))

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Orders"
for title in ("The corner shop", "All orders of 2025", "made on 31 Dec 2025"):
    sheet.append([title])
sheet.append(["order_id", "customer_id", "date", "amount"])
for row in orders:
    sheet.append(row)
people = book.create_sheet("Customers")
people.append(["customer_id", "city", "email"])
for c in range(60):
    people.append([f"{c:05d}", ["York", "Bath", "Leeds"][c % 3], f"c{c}@shop.example"])
book.save(here / "shop.xlsx")

names = ["order_id", "customer_id", "date", "amount"]
table = pa.table({name: [row[i] for row in orders] for i, name in enumerate(names)})
pq.write_table(table, here / "shop-snappy.parquet", compression="snappy")
