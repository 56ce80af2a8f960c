"""Splink (UK Ministry of Justice) on records that Tessera has normalised, as its documentation shows it. Prints one line of JSON.

Usage: resolve.py records.csv people.csv
records.csv: unique_id,given,family,email,phone,birth,address,postcode,city, empty where missing
people.csv: written; unique_id, then its cluster at each of THRESHOLDS
"""

import csv
import json
import logging
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

THRESHOLDS = [0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999]

logging.getLogger("splink").setLevel(logging.ERROR)
source, target = sys.argv[1:]
started = time.perf_counter()

connection = duckdb.connect()
connection.execute("SET threads = 1")
connection.execute(
    "CREATE TABLE records AS SELECT * FROM read_csv(?, header = true, all_varchar = true, nullstr = '')",
    [source],
)
api = DuckDBAPI(connection)
records = api.register("records")
settings = SettingsCreator(
    link_type="dedupe_only",
    blocking_rules_to_generate_predictions=[
        block_on("email"),
        block_on("phone"),
        block_on("family", "birth"),
        block_on("given", "birth"),
        block_on("given", "family"),
        block_on("given", "postcode"),
        block_on("family", "postcode"),
    ],
    comparisons=[
        cl.NameComparison("given").configure(term_frequency_adjustments=True),
        cl.NameComparison("family").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("birth", input_is_string=True, invalid_dates_as_null=True),
        cl.EmailComparison("email"),
        cl.DamerauLevenshteinAtThresholds("phone", 1),
        cl.JaroWinklerAtThresholds("address", [0.92]),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
    ],
)
linker = Linker(records, settings)
training = linker.training
training.estimate_probability_two_random_records_match(
    [block_on("email"), block_on("given", "family", "birth")], recall=0.8
)
training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
for rule in (block_on("birth"), block_on("given", "family"), block_on("postcode")):
    training.estimate_parameters_using_expectation_maximisation(rule)
predictions = linker.inference.predict(threshold_match_probability=0.5)
people = {}
for threshold in THRESHOLDS:
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predictions, threshold_match_probability=threshold
    )
    if threshold == THRESHOLDS[0]:
        ms = 1000 * (time.perf_counter() - started)
    for row in clusters.as_record_list():
        people.setdefault(row["unique_id"], []).append(row["cluster_id"])
with open(target, "w", newline="") as file:
    csv.writer(file).writerows((record, *found) for record, found in people.items())
print(json.dumps({"ms": ms, "thresholds": THRESHOLDS}))
