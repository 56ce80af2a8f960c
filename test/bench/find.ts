/** Searches among a million customers as one types, key by key: our finder, DuckDB's ILIKE and a plain filter of lower-cased texts. */
import { fileURLToPath } from 'node:url';
import { openAppPage } from '../support/app-page.ts';
import { machine, printTable } from '../support/figures.ts';

const rows = 1_000_000;
const goal = 50;
const rounds = 3;
/** Typed from the first key to the last; ids that are there and are not, names, cities, a part of a word, nobody. */
const words = [
  '123456789',
  '000',
  '99x',
  'Anna Schmidt',
  'müller',
  'Kowalski Oslo',
  'isbon',
  'zzz',
];

type Timed = { readonly ms: number; readonly found: number };
type Key = Readonly<Record<'ours' | 'plain' | 'duckdb', Timed>>;

const app = await openAppPage(fileURLToPath(new URL('./find/', import.meta.url)), 'typed');
try {
  const learnt = await app.page.evaluate<number>(`make(${rows})`);
  const keys: Key[] = [];
  for (let round = 0; round < rounds; round++)
    for (const word of words)
      for (let length = 1; length <= word.length; length++)
        keys.push(await app.page.evaluate<Key>(`typed(${JSON.stringify(word.slice(0, length))})`));
  const wrong = keys.filter(({ plain, duckdb }) => plain.found !== duckdb.found);
  if (wrong.length > 0) throw new Error(`${wrong.length} keys find otherwise in DuckDB`);
  const at = (who: keyof Key, p: number) => {
    const sorted = keys.map((key) => key[who].ms).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
  };
  console.log(
    `${rows} customers with id, name and city, learnt in ${learnt.toFixed(0)} ms; ${keys.length} keys; Chromium ${app.browser}; ${machine()}`,
  );
  const named = { ours: 'finder', plain: 'plain filter', duckdb: 'DuckDB ILIKE' };
  const line = (who: keyof Key) => [
    named[who],
    ...[0.5, 0.95, 1].map((p) => `${at(who, p).toFixed(1)} ms`),
  ];
  printTable([
    ['', 'median', '95th percentile', 'longest'],
    line('ours'),
    line('plain'),
    line('duckdb'),
  ]);
  const ours = at('ours', 0.95);
  const beside = (who: keyof Key) => (at(who, 0.95) / ours).toFixed(1);
  console.log(
    `find: ${ours.toFixed(1)} ms a key at the 95th percentile, ${beside('plain')}× a plain filter, ${beside('duckdb')}× DuckDB (goal ${goal} ms) ${ours <= goal ? 'PASS' : 'MISS'}`,
  );
  process.exitCode = ours <= goal ? 0 : 1;
} finally {
  await app.close();
}
