import { readFileSync } from 'node:fs';
import { testDatabase } from './support/duckdb.ts';
import { open } from './support/import.ts';
import { makeRaw, planColumns } from '../src/tables/raw.ts';
import { profile } from '../src/tables/profile.ts';
import { describeColumns } from '../src/tables/columns.ts';
import { buildDataset } from '../src/tables/build.ts';
import { openFile } from '../src/files/open.ts';
const { database: db0 } = await testDatabase();
const db = { ...db0, query: async (s: any, g: any) => { const t = performance.now(); const r = await db0.query(s, g); const d = performance.now()-t; if (d > 50) console.log('   q', Math.round(d), s.text.replace(/\s+/g,' ').slice(0,110)); return r; }, make: async (n: any, s: any) => { const t = performance.now(); await db0.make(n, s); console.log('   make', n, Math.round(performance.now()-t)); } };
for (let i = 0; i < 2; i++) for (const p of ['/work/shared/data/online-retail/online_retail.csv.gz', '/tmp/exp/big.csv']) {
  const file = new File([readFileSync(p)], 'x');
  const t = [performance.now()];
  const mark = (n: string) => { t.push(performance.now()); console.log(n, Math.round(t.at(-1)! - t.at(-2)!)); };
  await openFile(file); mark('open');
  const source = await open(db as any, file); mark('open+register');
  await source.scan; mark('scan');
  const plan = planColumns(source); mark('plan');
  const { scan } = await makeRaw(db as any, source, plan.columns, {}); mark('raw');
  const profiles = await profile(db.query as any, plan.columns); mark('profile');
  const raw = { source, scan, ...plan, profiles };
  const d = describeColumns(raw, {}); mark('describe');
  await buildDataset(db as any, raw, d); mark('clean');
}
