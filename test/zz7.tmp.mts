import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabase } from './support/duckdb.ts';
import { importFile } from './support/import.ts';
import { TesseraError } from '../src/lib/errors.ts';
const D = '/work/shared/data/bad-input';
let { database } = await testDatabase();
const files = readdirSync(D, { recursive: true, encoding: 'utf8' }).map(f => join(D, f)).filter(f => statSync(f).isFile() && statSync(f).size < 3e6);
const tally: Record<string, number> = {}; let slow: [number, string][] = [];
for (const f of files) {
  const t = performance.now();
  try {
    const d = await importFile(database, new File([readFileSync(f)], f));
    const sum = d.ledger.kept + d.ledger.setAside.reduce((s, x) => s + x.rows, 0);
    tally.ok = (tally.ok ?? 0) + 1;
    if (sum !== d.ledger.read) console.log('LEDGER', f);
    if (d.ledger.read !== d.scan.records) console.log('COUNT', f, d.ledger.read, d.scan.records);
    for (const x of d.ledger.setAside) if (x.reason === 'other') console.log('OTHER', f, x.rows);
  } catch (e) {
    if (!(e instanceof TesseraError)) { console.log('CRASH', f, (e as Error).stack?.slice(0, 500)); ({ database } = await testDatabase()); tally.crash = (tally.crash ?? 0) + 1; }
    else { tally[e.code] = (tally[e.code] ?? 0) + 1; if (['file-unreadable', 'query-failed', 'out-of-memory', 'no-rows', 'unexpected'].includes(e.code)) console.log(e.code, f.slice(D.length), e.message.slice(0, 200)); if (process.env.V) console.log(e.code, f.slice(D.length)); }
  }
  slow.push([Math.round(performance.now() - t), f.slice(D.length)]);
}
console.log(files.length, tally, slow.sort((a, b) => b[0] - a[0]).slice(0, 8));
