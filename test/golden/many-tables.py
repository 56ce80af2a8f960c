"""Facts about the tables of Olist (a sample of 3,000 orders) and The Complete Journey, put together by pandas.

Run with the folder of the data sets: python many-tables.py ../../../shared/data > many-tables.json
pandas 2.x or newer. Every number is computed here from the files alone.
"""

import json
import sys
from pathlib import Path

import pandas as pd

data = Path(sys.argv[1])


def read(path: str) -> pd.DataFrame:
    return pd.read_csv(data / path, dtype=str, keep_default_na=False, na_values=[''])


def joined(left: pd.DataFrame, right: pd.DataFrame, key: str) -> pd.DataFrame:
    out = left.merge(right, on=key, how='left', validate='many_to_one', indicator=f'found_{key}')
    assert len(out) == len(left)
    return out


def facts(rows: pd.DataFrame, customer: str, order: str, amount: str) -> dict:
    rows = rows.assign(amount=rows[amount].astype(float))
    sums = rows.groupby(customer)['amount'].sum().round(2)
    ids = sorted(sums.index)
    few = [ids[0], ids[len(ids) // 2], ids[-1], sums.idxmax()]
    return {
        'rows': len(rows),
        'customers': int(rows[customer].nunique()),
        'orders': int(rows[order].nunique()),
        'amount': round(float(rows['amount'].sum()), 2),
        'sums': [[each, float(sums[each]), int((rows[customer] == each).sum())] for each in few],
    }


folder = 'olist/sample-3000-orders/'
customers, items, orders, products, sellers, payments, reviews, places = (
    read(f'{folder}olist_{name}_dataset.csv')
    for name in (
        'customers', 'order_items', 'orders', 'products', 'sellers', 'order_payments', 'order_reviews', 'geolocation',
    )
)
words = read(folder + 'product_category_name_translation.csv')
lines = joined(joined(joined(items, orders, 'order_id'), customers, 'customer_id'), products, 'product_id')
lines = joined(joined(lines, words, 'product_category_name'), sellers, 'seller_id')
olist = facts(lines, 'customer_unique_id', 'order_id', 'price')
olist['freight'] = round(float(lines['freight_value'].astype(float).sum()), 2)
olist['ordersWithoutLines'] = int((~orders['order_id'].isin(items['order_id'])).sum())
olist['linesWithoutCategory'] = int(lines['product_category_name_english'].isna().sum())
olist['states'] = lines['customer_state'].value_counts().head(3).to_dict()
olist['categories'] = lines['product_category_name_english'].value_counts().head(3).to_dict()
olist['from'] = lines['order_purchase_timestamp'].min()
olist['to'] = lines['order_purchase_timestamp'].max()
by_zip = places.groupby('geolocation_zip_code_prefix').size()
met = customers['customer_zip_code_prefix'].map(by_zip).dropna()
olist['zip'] = {'most': int(met.max()), 'mean': float(met.mean()), 'orphans': int(len(customers) - len(met))}
olist['paymentsPerOrder'] = {
    'most': int(payments.groupby('order_id').size().max()),
    'mean': float(payments.groupby('order_id').size().mean()),
}

folder = 'completejourney/'
sales, people, goods, contacts, used, coupons, shown = (
    read(folder + name)
    for name in (
        'transactions_sample.csv', 'demographics.csv', 'products.csv.gz', 'campaigns.csv', 'coupon_redemptions.csv',
        'coupons.csv.gz', 'promotions_sample.csv.gz',
    )
)
lines = joined(joined(sales, goods, 'product_id'), people, 'household_id')
journey = facts(lines, 'household_id', 'basket_id', 'sales_value')
journey['withoutProduct'] = int((lines['found_product_id'] == 'left_only').sum())
journey['withoutDemographics'] = int((lines['found_household_id'] == 'left_only').sum())
journey['categories'] = lines['product_category'].value_counts().head(3).to_dict()
key = ['coupon_upc', 'campaign_id']
size = coupons.groupby(key).size()
met = pd.MultiIndex.from_frame(used[key]).map(size.get)
journey['couponFanOut'] = {'most': int(max(met)), 'mean': float(sum(met) / len(met))}
key = ['campaign_id', 'household_id']
journey['redemptionsOfContacted'] = int(pd.MultiIndex.from_frame(used[key]).isin(pd.MultiIndex.from_frame(contacts[key])).sum())
key = ['product_id', 'store_id', 'week']
journey['linesPromoted'] = int(pd.MultiIndex.from_frame(sales[key]).isin(pd.MultiIndex.from_frame(shown[key])).sum())

print(json.dumps({'olist': olist, 'journey': journey}, indent=1, ensure_ascii=False))
