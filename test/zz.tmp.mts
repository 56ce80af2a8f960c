import { readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { testDatabase } from './support/duckdb.ts';
import { importFile, fileOf } from './support/import.ts';
const { database } = await testDatabase();
const D = '/work/shared/data/';
for (const p of ['online-retail/online_retail.csv.gz','telco-churn/Telco-Customer-Churn.csv','mall-customers/Mall_Customers.csv','wholesale-customers/Wholesale customers data.csv','customer-personality/marketing_campaign.csv','cdnow/cdnow_customers_summary.csv','completejourney/transactions_sample.csv','completejourney/demographics.csv','completejourney/coupon_redemptions.csv','completejourney/campaigns.csv','olist/sample-3000-orders/olist_orders_dataset.csv','olist/sample-3000-orders/olist_customers_dataset.csv','olist/sample-3000-orders/olist_order_items_dataset.csv','hillstrom/hillstrom.csv','adult/adult.data.gz','movielens-latest-small/ratings.csv','womens-clothing-reviews/reviews.csv.gz','groceries/groceries.csv', ...readdirSync(D+'cdnow').map(f=>'cdnow/'+f)]) {
  const t = performance.now();
  try {
    const d = await importFile(database, new File([readFileSync(D + p)], p.split('/').at(-1)!));
    console.log('\n##', p, Math.round(performance.now()-t), 'ms', d.kind, d.customers, JSON.stringify({ ...d.ledger, setAside: d.ledger.setAside.map(s => [s.reason, s.rows, s.amount, s.sample[0]]) }), d.from, d.to, d.source.reason, d.source.confidence);
    console.log(d.scan.records, d.scan.lines, d.scan.blankLines);
    for (const c of d.columns.slice(0, 14)) console.log('  ', c.name, c.type, c.role, c.confidence, c.reason, '|', c.gaps, c.unreadable, c.distinct, c.low, c.median, c.high, c.bins.length);
    console.log('  F', d.findings.map(f => f.code + ':' + f.words).join('\n    '));
  } catch (e) { console.log('\n##', p, (e as any).code, (e as Error).message.slice(0, 300), (e as any).code ? '' : (e as Error).stack); }
}
