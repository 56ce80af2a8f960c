import engineWorker from '../../../workers/engine.worker.ts?worker&url';
import { engineUrl } from '../../../src/db/engine-url.ts';
import { openEngine } from '../../../src/db/open.ts';
import { memoryLimit } from '../../../src/db/settings.ts';
import { Finder } from '../../../src/insight/find/finder.ts';
import { sql } from '../../../src/lib/sql.ts';
import { random } from '../../../src/lib/random.ts';

/** As many as the list of the palette asks for. */
const MOST = 50;
const first =
  'Anna Ben Clara David Elif Finn Greta Hugo Ida Jonas Kim Lena Mia Noah Olga Paul'.split(' ');
const last =
  'Schmidt Miller Rossi Dubois Novak Jansen Silva Kowalski Müller García Petrov Nguyen Khan Sato'.split(
    ' ',
  );
const cities = 'Berlin Paris Madrid Rome Vienna Prague Oslo Lisbon Dublin Warsaw'.split(' ');

const engine = openEngine({
  startWorker: () => new Worker(new URL(engineWorker, document.baseURI), { type: 'module' }),
  wasmUrl: engineUrl,
  memoryLimit: memoryLimit(8),
});
let finder: Finder;
let lowered: string[] = [];

/** Customers of an id, a name and a city; how long it took to learn them, ms. */
async function make(rows: number): Promise<number> {
  const next = random(5);
  const pick = (of: readonly string[]) => of[Math.floor(next() * of.length)]!;
  const ids = Array.from({ length: rows }, () =>
    String(Math.floor(next() * 1e9)).padStart(9, '0'),
  ).sort(); // as customers stand in the feature table
  const texts = ids.map(() => `${pick(first)} ${pick(last)} ${pick(cities)}`);
  lowered = ids.map((id, r) => `${id} ${texts[r]!}`.toLowerCase());
  const file = new File(
    ids.map((id, r) => `${id} ${texts[r]!}\n`),
    'who.csv',
  );
  const path = await engine.register(file);
  await engine.make(
    'who',
    sql`SELECT text FROM read_csv(${path}, columns = {'text': 'VARCHAR'}, header = false, delim = ${'\t'})`,
  );
  const began = performance.now();
  finder = await Finder.of(ids, texts);
  return performance.now() - began;
}

/** What each takes for what is typed, ms, and how many it finds. */
async function typed(text: string) {
  const timed = async (work: () => number | Promise<number>) => {
    const began = performance.now();
    const found = await work();
    return { ms: performance.now() - began, found };
  };
  const word = text.toLowerCase();
  return {
    ours: await timed(() => finder.find(text, MOST).rows.length),
    plain: await timed(() => {
      let found = 0;
      for (const line of lowered) if (line.includes(word) && ++found === MOST) break;
      return found;
    }),
    duckdb: await timed(async () => {
      const table = await engine.query(
        sql`SELECT text FROM who WHERE text ILIKE ${`%${text}%`} LIMIT ${MOST}`,
      );
      return table.numRows;
    }),
  };
}

Object.assign(globalThis, { make, typed });
