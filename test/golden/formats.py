"""Files of every format that is read, with the cells that must come out of them: test/fixtures/formats and formats.json.

The cells are planted here as text, so they are what was meant and not what some reader made of it.
pip install pandas==3.1.1 pyarrow==26.0.1 openpyxl==3.1.5 xlsxwriter==3.3.1
"""

import datetime as dt
import decimal
import io
import json
import pathlib
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import xlsxwriter

D = decimal.Decimal
here = pathlib.Path(__file__).parent
out = here.parent / "fixtures" / "formats"
out.mkdir(parents=True, exist_ok=True)
golden = []


def expect(file, headers, rows, part=None, notes=()):
    golden.append({"file": file, "part": part, "headers": headers, "rows": rows, "notes": list(notes)})


# --- Excel ---------------------------------------------------------------------------------------------------------------
book = xlsxwriter.Workbook(str(out / "plain.xlsx"))
sheet = book.add_worksheet("Orders")
day = book.add_format({"num_format": "dd.mm.yyyy"})
moment = book.add_format({"num_format": "m/d/yy h:mm"})
clock = book.add_format({"num_format": "hh:mm:ss"})
span = book.add_format({"num_format": "[h]:mm:ss"})
euro = book.add_format({"num_format": '#,##0.00 "EUR"'})
post = book.add_format({"num_format": "00000"})
bold = book.add_format({"bold": True})
head = ["customer_id", "day", "at", "time", "spent", "amount", "share", "postcode", "paid", "note", "__proto__"]
for c, name in enumerate(head):
    sheet.write_string(0, c, name)
lines = [
    ("00123", dt.date(2024, 1, 31), dt.datetime(2024, 1, 31, 17, 45, 30), dt.time(9, 5), 1.0625, 1234.5, 0.25, 1099, True, 'said "hi", twice', "a"),
    ("00124", dt.date(1999, 12, 31), dt.datetime(2024, 2, 29, 0, 0, 0), dt.time(0, 0, 1), 0.5, -7, 1e-9, 80331, False, "two\nlines", "b"),
    ("Ä-17", dt.date(2024, 12, 1), dt.datetime(2023, 7, 4, 23, 59, 59, 123000), dt.time(23, 59, 59), 0.0, 123456789012345, 1 / 3, 7, True, "  spaced  ", "c"),
    ("9", None, None, None, None, None, None, None, None, "日本語 & <tags>", "d"),
]
for r, (cid, d, at, t, s, amount, share, zip_, paid, note, p) in enumerate(lines, 1):
    sheet.write_string(r, 0, cid)
    if d:
        sheet.write_datetime(r, 1, d, day)
        sheet.write_datetime(r, 2, at, moment)
        sheet.write_datetime(r, 3, t, clock)
        sheet.write_number(r, 4, s, span)
        sheet.write_number(r, 5, amount, euro)
        sheet.write_number(r, 6, share)
        sheet.write_number(r, 7, zip_, post)
        sheet.write_boolean(r, 8, paid)
    sheet.write_string(r, 9, note)
    sheet.write_string(r, 10, p)
sheet.write_rich_string(5, 0, bold, "rich", " text")
sheet.write_formula(5, 5, "=1+1", euro, 2)
sheet.write_formula(5, 9, '="a"&"b"', None, "ab")
sheet.write_formula(5, 6, "=1/0", None, "#DIV/0!")
sheet.write_string(5, 10, "e")
book.close()
expect(
    "plain.xlsx",
    head,
    [
        ["00123", "2024-01-31", "2024-01-31 17:45:30", "09:05:00", "25:30:00", "1234.5", "0.25", "01099", "true", 'said "hi", twice', "a"],
        ["00124", "1999-12-31", "2024-02-29 00:00:00", "00:00:01", "12:00:00", "-7", "0.000000001", "80331", "false", "two\nlines", "b"],
        ["Ä-17", "2024-12-01", "2023-07-04 23:59:59.123", "23:59:59", "00:00:00", "123456789012345", "0.3333333333333333", "00007", "true", "  spaced  ", "c"],
        ["9", "", "", "", "", "", "", "", "", "日本語 & <tags>", "d"],
        ["rich text", "", "", "", "", "2", "", "", "", "ab", "e"],
    ],
    notes=["1 cell holds an error of Excel"],
)

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Umsatz 2024"
sheet["A1"] = "Sales report 2024"
sheet.merge_cells("A1:E1")
sheet["A2"] = "made on 2024-12-31 by the finance team"
sheet.append([])
sheet.append(["Region", "Order", "Customer", "Day", "Amount"])
rows = []
start = 5
for region, n in (("North", 4), ("South", 6)):
    for i in range(n):
        order, customer = f"{region[0]}{i:03d}", f"C{(i * 7) % 5}"
        date = dt.date(2024, 1 + i, 3)
        amount = D(i * 10) + D("0.25")
        sheet.append([region if i == 0 else None, order, customer, date, float(amount)])
        rows.append([region, order, customer, date.isoformat(), str(amount)])
    sheet.merge_cells(start_row=start, end_row=start + n - 1, start_column=1, end_column=1)
    start += n
sheet["E6"] = "#N/A"
sheet["E6"].data_type = "e"
rows[1][4] = ""
sheet["C7"] = "=B7"
rows[2][2] = ""
book.save(out / "titled.xlsx")
expect(
    "titled.xlsx",
    ["Region", "Order", "Customer", "Day", "Amount"],
    rows,
    notes=["The first 3 rows of the sheet are no part of the table and were left out: “Sales report 2024”", "8 merged cells were filled", "1 cell holds an error", "1 formula has no saved value"],
)

book = openpyxl.Workbook()
book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
sheet = book.active
sheet.append(["id", "day", "at", "n"])
sheet.append(["a", dt.date(1904, 1, 2), dt.datetime(2024, 5, 6, 7, 8, 9), 0.1])
sheet.append(["b", dt.date(2024, 2, 29), dt.datetime(1999, 12, 31, 12, 0), 2.5e-7])
book.save(out / "macintosh.xlsx")
expect("macintosh.xlsx", ["id", "day", "at", "n"], [["a", "1904-01-02", "2024-05-06 07:08:09", "0.1"], ["b", "2024-02-29", "1999-12-31 12:00:00", "0.00000025"]])

book = openpyxl.Workbook()
sheet = book.active
sheet.append(["id", "serial"])
for i, (serial, shown) in enumerate([(1, "1900-01-01"), (59, "1900-02-28"), (60, "1900-02-29"), (61, "1900-03-01"), (2958465, "9999-12-31"), (45292.5, "2024-01-01 12:00:00")]):
    sheet.append([f"s{i}", serial])
    sheet.cell(i + 2, 2).number_format = "yyyy-mm-dd"
book.save(out / "serials.xlsx")
expect("serials.xlsx", ["id", "serial"], [[f"s{i}", d] for i, d in enumerate(["1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01", "9999-12-31", "2024-01-01 12:00:00"])])

book = openpyxl.Workbook()
book.active.title = "Empty"
orders = book.create_sheet("Orders & more")
for c, name in enumerate(["order", "qty", "city"]):
    orders.cell(4, 3 + c, name)
for r in range(5):
    orders.cell(5 + r, 3, f"o{r}")
    orders.cell(5 + r, 4, r * 2)
    orders.cell(5 + r, 5, "Köln" if r != 2 else None)
people = book.create_sheet("Customers")
people.append(["id", "name"])
people.append(["1", "Anna"])
people.append(["2", "Bert"])
people.sheet_state = "hidden"
book.save(out / "sheets.xlsx")
expect("sheets.xlsx", ["order", "qty", "city"], [[f"o{r}", str(r * 2), "Köln" if r != 2 else ""] for r in range(5)], part=["Orders & more"], notes=["1 sheet is empty and was left out: Empty."])
expect("sheets.xlsx", ["id", "name"], [["1", "Anna"], ["2", "Bert"]], part=["Customers"], notes=["1 sheet is empty"])

book = xlsxwriter.Workbook(str(out / "inline.xlsx"), {"constant_memory": True})
sheet = book.add_worksheet()
for r in range(30):
    for c in range(4):
        sheet.write(r, c, f"col {c}" if r == 0 else (f"t{r}" if c == 0 else r * c / 4))
book.close()
expect("inline.xlsx", [f"col {c}" for c in range(4)], [[f"t{r}"] + [f"{r * c / 4:g}" for c in range(1, 4)] for r in range(1, 30)])

# --- typed tables: Parquet and Arrow -------------------------------------------------------------------------------------
rows_n = 7
utc = dt.timezone.utc
typed = pa.table(
    {
        "small": pa.array([1, -2, None, 127, 0, 5, 6], pa.int8()),
        "big": pa.array([9007199254740993, -9223372036854775808, None, 9223372036854775807, 0, 1, 2], pa.int64()),
        "huge": pa.array([18446744073709551615, 0, 1, None, 2, 3, 4], pa.uint64()),
        "f32": pa.array([0.1, -2.5, None, 16777216, 0, 1e-3, 3.25], pa.float32()),
        "f64": pa.array([0.1, 1 / 3, None, 1e15, -0.5, 12345.678, 2], pa.float64()),
        "money": pa.array([D("1234567.89"), D("-0.01"), None, D("0.10"), D("5.00"), D("99.99"), D("1.00")], pa.decimal128(9, 2)),
        "exact": pa.array([D("12345678901234567890.1234567890"), D("-0.0000000001"), None, D("0E-10"), D("1.0000000000"), D("2.0000000000"), D("3.5000000000")], pa.decimal128(38, 10)),
        "day": pa.array([dt.date(2024, 2, 29), dt.date(1969, 12, 31), None, dt.date(1900, 1, 1), dt.date(2100, 6, 1), dt.date(1970, 1, 1), dt.date(2000, 1, 1)], pa.date32()),
        "ms": pa.array([dt.datetime(2024, 1, 31, 17, 45, 30, 123000), dt.datetime(1969, 12, 31, 23, 59, 59), None] + [dt.datetime(2000, 1, 1)] * 4, pa.timestamp("ms")),
        "us": pa.array([dt.datetime(2024, 1, 31, 17, 45, 30, 123456), dt.datetime(1900, 1, 1, 0, 0, 1), None] + [dt.datetime(2000, 1, 1)] * 4, pa.timestamp("us")),
        "ns": pa.array([1706723130123456789, -1, None] + [946684800000000000] * 4, pa.timestamp("ns")),
        "zoned": pa.array([dt.datetime(2024, 7, 1, 10, 0, tzinfo=utc), dt.datetime(2024, 1, 1, 10, 0, tzinfo=utc), None] + [dt.datetime(2000, 1, 1, tzinfo=utc)] * 4, pa.timestamp("us", "Europe/Berlin")),
        "clock": pa.array([dt.time(9, 5), dt.time(23, 59, 59, 500000), None] + [dt.time(0, 0)] * 4, pa.time64("us")),
        "flag": pa.array([True, False, None, True, True, False, False], pa.bool_()),
        "text": pa.array(["a", 'quote " comma ,', None, "", "two\nlines", "日本", "007"], pa.string()),
        "kind": pa.array(["x", "y", None, "x", "x", "y", "z"], pa.string()).dictionary_encode(),
        "raw": pa.array([b"abc", b"\xff\x00", None, b"", b"d", b"e", b"f"], pa.binary()),
        "place": pa.array(
            [{"city": "Köln", "geo": {"lat": 50.9, "id": 1}}, {"city": None, "geo": None}, None] + [{"city": "Ulm", "geo": {"lat": 48.5, "id": 2}}] * 4,
            pa.struct([("city", pa.string()), ("geo", pa.struct([("lat", pa.float64()), ("id", pa.int64())]))]),
        ),
        "tags": pa.array([["a", "b"], [], None, ["c"], ["d", None], ["e"], ["f"]], pa.list_(pa.string())),
        "sums": pa.array([[9007199254740993], [1, 2], None, [], [3], [4], [5]], pa.list_(pa.int64())),
        "items": pa.array(
            [[{"sku": "A1", "price": D("1.50")}], [], None] + [[{"sku": "B", "price": D("2.00")}, {"sku": "C", "price": None}]] * 4,
            pa.list_(pa.struct([("sku", pa.string()), ("price", pa.decimal128(9, 2))])),
        ),
    }
)
typed_head = ["small", "big", "huge", "f32", "f64", "money", "exact", "day", "ms", "us", "ns", "zoned", "clock", "flag", "text", "kind", "raw", "place.city", "place.geo.lat", "place.geo.id", "tags", "sums", "items"]
y2k = "2000-01-01 00:00:00"
two_items = '[{"sku":"B","price":2.00},{"sku":"C","price":null}]'
typed_rows = [
    ["1", "9007199254740993", "18446744073709551615", "0.1", "0.1", "1234567.89", "12345678901234567890.1234567890", "2024-02-29", "2024-01-31 17:45:30.123", "2024-01-31 17:45:30.123456", "2024-01-31 17:45:30.123456789", "2024-07-01 10:00:00", "09:05:00", "true", "a", "x", "abc", "Köln", "50.9", "1", '["a","b"]', "[9007199254740993]", '[{"sku":"A1","price":1.50}]'],
    ["-2", "-9223372036854775808", "0", "-2.5", "0.3333333333333333", "-0.01", "-0.0000000001", "1969-12-31", "1969-12-31 23:59:59", "1900-01-01 00:00:01", "1969-12-31 23:59:59.999999999", "2024-01-01 10:00:00", "23:59:59.5", "false", 'quote " comma ,', "y", "ff00", "", "", "", "[]", "[1,2]", "[]"],
    ["", "", "1", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""],
    ["127", "9223372036854775807", "", "16777216", "1000000000000000", "0.10", "0.0000000000", "1900-01-01", y2k, y2k, y2k, y2k, "00:00:00", "true", "", "x", "", "Ulm", "48.5", "2", '["c"]', "[]", two_items],
    ["0", "0", "2", "0", "-0.5", "5.00", "1.0000000000", "2100-06-01", y2k, y2k, y2k, y2k, "00:00:00", "true", "two\nlines", "x", "d", "Ulm", "48.5", "2", '["d",null]', "[3]", two_items],
    ["5", "1", "3", "0.001", "12345.678", "99.99", "2.0000000000", "1970-01-01", y2k, y2k, y2k, y2k, "00:00:00", "false", "日本", "y", "e", "Ulm", "48.5", "2", '["e"]', "[4]", two_items],
    ["6", "2", "4", "3.25", "2", "1.00", "3.5000000000", "2000-01-01", y2k, y2k, y2k, y2k, "00:00:00", "false", "007", "z", "f", "Ulm", "48.5", "2", '["f"]', "[5]", two_items],
]
nested = ["Nested “place” became place.city, place.geo.lat, place.geo.id."]
for name, options in {
    "none": dict(compression="none", use_dictionary=False),
    "snappy": dict(compression="snappy", row_group_size=3),
    "gzip": dict(compression="gzip", data_page_version="2.0"),
    "zstd": dict(compression="zstd", row_group_size=2),
    "brotli": dict(compression="brotli"),
    "lz4": dict(compression="lz4"),
}.items():
    pq.write_table(typed, out / f"typed-{name}.parquet", **options)
    expect(f"typed-{name}.parquet", typed_head, typed_rows, notes=nested)
old = pa.table({"id": ["a", "b"], "at": pa.array([dt.datetime(2024, 1, 31, 17, 45, 30, 123456), dt.datetime(1900, 1, 1)], pa.timestamp("ns"))})
pq.write_table(old, out / "int96.parquet", use_deprecated_int96_timestamps=True)
expect("int96.parquet", ["id", "at"], [["a", "2024-01-31 17:45:30.123456"], ["b", "1900-01-01 00:00:00"]])

for name, codec in {"lz4": "lz4", "zstd": "zstd", "plain": "uncompressed"}.items():
    feather.write_feather(typed, out / f"typed-{name}.feather", compression=codec, chunksize=3)
    expect(f"typed-{name}.feather", typed_head, typed_rows, notes=nested)
with pa.OSFile(str(out / "typed.arrows"), "wb") as sink:
    with pa.ipc.new_stream(sink, typed.schema) as writer:
        writer.write_table(typed, max_chunksize=4)
expect("typed.arrows", typed_head, typed_rows, notes=nested)
words = pa.schema([("id", pa.int32()), ("word", pa.dictionary(pa.int32(), pa.string()))])
with pa.OSFile(str(out / "delta.arrows"), "wb") as sink:
    with pa.ipc.new_stream(sink, words, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)) as writer:
        for known in (["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]):
            column = pa.DictionaryArray.from_arrays(pa.array(range(len(known)), pa.int32()), pa.array(known))
            writer.write_batch(pa.record_batch([pa.array(range(len(known)), pa.int32()), column], schema=words))
expect("delta.arrows", ["id", "word"], [[str(i), w] for known in ("ab", "abc", "abcd") for i, w in enumerate(known)])

# --- JSON ----------------------------------------------------------------------------------------------------------------


def write(name, text, encoding="utf-8"):
    (out / name).write_bytes(text.encode(encoding))


write(
    "nested.json",
    """{"exported": "2024-12-31", "count": 3, "orders": [
  {"id": 12345678901234567890, "code": "007", "address": {"city": "Köln", "geo": {"lat": 50.9}}, "tags": ["a", "b"], "price": 0.1234567890123456789},
  {"id": 2, "code": "008", "address": {"city": "Ulm"}, "late": true, "__proto__": "kept", "tags": [], "price": 1.50},
  {"id": 3, "code": null, "address": null, "a.b": 1, "a": {"b": 2}, "text": "line\\nbreak \\u00e9 \\"q\\" [1,2] {x", "items": [{"n": 98765432109876543210}]}
], "meta": {"pages": [1, 2, 3]}}""",
)
expect(
    "nested.json",
    ["id", "code", "address.city", "address.geo.lat", "tags", "price", "late", "__proto__", "address", "a.b", "a.b", "text", "items"],
    [
        ["12345678901234567890", "007", "Köln", "50.9", '["a","b"]', "0.1234567890123456789", "", "", "", "", "", "", ""],
        ["2", "008", "Ulm", "", "[]", "1.5", "true", "kept", "", "", "", "", ""],
        ["3", "", "", "", "", "", "", "", "", "1", "2", 'line\nbreak é "q" [1,2] {x', '[{"n":98765432109876543210}]'],
    ],
    notes=["Nested “address” became address.city", "Lists inside “tags”, “items” are kept as text"],
)
frame = pd.DataFrame({"id": ["01", "02", "03"], "n": [1.5, 2.0, -3.25], "ok": [True, False, True]})
for orient in ("records", "split", "table"):
    frame.to_json(out / f"pandas-{orient}.json", orient=orient, index=orient != "records")
expect("pandas-records.json", ["id", "n", "ok"], [["01", "1.5", "true"], ["02", "2", "false"], ["03", "-3.25", "true"]])
expect("pandas-split.json", ["id", "n", "ok"], [["01", "1.5", "true"], ["02", "2", "false"], ["03", "-3.25", "true"]])
expect("pandas-table.json", ["index", "id", "n", "ok"], [["0", "01", "1.5", "true"], ["1", "02", "2", "false"], ["2", "03", "-3.25", "true"]], part=["data"])
frame.to_json(out / "pandas.ndjson", orient="records", lines=True)
expect("pandas.ndjson", ["id", "n", "ok"], [["01", "1.5", "true"], ["02", "2", "false"], ["03", "-3.25", "true"]])
write("columns.json", json.dumps({"id": ["a", "b"], "n": [1, None], "tags": [[1], [2]]}))
expect("columns.json", ["id", "n", "tags"], [["a", "1", "[1]"], ["b", "", "[2]"]], notes=["Lists inside “tags” are kept as text (JSON)."])
write("lists.json", json.dumps([["id", "name", "n"], ["1", "Anna, B.", 2.5], ["2", None, 3]]))
expect("lists.json", ["id", "name", "n"], [["1", "Anna, B.", "2.5"], ["2", "", "3"]])
write("one-after-another.json", '{\n  "id": 1,\n  "v": "a"\n}\n{\n  "id": 2,\n  "v": "b"\n}\n')
expect("one-after-another.json", ["id", "v"], [["1", "a"], ["2", "b"]])
write("broken.ndjson", '{"id":1,"v":"a"}\n{"id":2,"v":\n\n{"id":3,"v":"c"}\nnot json\n{"id":4,"v":"d","w":{"x":1}}\n')
expect("broken.ndjson", ["id", "v", "w.x"], [["1", "a", ""], ["3", "c", ""], ["4", "d", "1"]], notes=["Nested “w” became w.x."])
write("utf16.json", json.dumps([{"name": "Zoë", "n": 1}, {"name": "日本", "n": 2}], ensure_ascii=False), "utf-16")
expect("utf16.json", ["name", "n"], [["Zoë", "1"], ["日本", "2"]])

# --- archives ------------------------------------------------------------------------------------------------------------
with zipfile.ZipFile(out / "many.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("data/", "")
    z.writestr("README.txt", "These are the orders of 2024.\nAsk Anna, if in doubt.\n")
    z.writestr("__MACOSX/data/._orders.csv", b"\x00\x05\x16\x07")
    z.writestr("data/.DS_Store", b"\x00\x00\x00\x01Bud1")
    z.writestr("data/orders.csv", "id;amount\n1;2,50\n2;3,75\n")
    z.writestr("data/logo.png", b"\x89PNG\r\n\x1a\n")
    z.writestr("data/events.ndjson", '{"id":1,"e":"view"}\n{"id":2,"e":"buy"}\n')
    z.write(out / "sheets.xlsx", "sheets.xlsx")
    z.write(out / "typed-snappy.parquet", "typed.parquet")
expect("many.zip", ["id", "amount"], [["1", "2,50"], ["2", "3,75"]], notes=["2 files are no table and were left out: README.txt, data/logo.png."])
expect("many.zip", ["id", "e"], [["1", "view"], ["2", "buy"]], part=["data/events.ndjson"])
expect("many.zip", ["id", "name"], [["1", "Anna"], ["2", "Bert"]], part=["sheets.xlsx", "Customers"])
expect("many.zip", typed_head, typed_rows, part=["typed.parquet"], notes=nested)

(here / "formats.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n")
print(len(golden), "tables,", sum(f.stat().st_size for f in out.iterdir()), "bytes")
