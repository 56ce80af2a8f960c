import { wrap } from 'comlink';
import engineWorker from '../../../workers/engine.worker.ts?worker&url';
import fileWorker from '../../../workers/file.worker.ts?worker&url';
import { engineUrl } from '../../../src/db/engine-url.ts';
import { openEngine } from '../../../src/db/open.ts';
import { memoryLimit } from '../../../src/db/settings.ts';
import { openSource } from '../../../src/files/source.ts';
import type { FileApi } from '../../../src/files/worker-api.ts';
import { callJob } from '../../../src/lib/job.ts';
import { sql } from '../../../src/lib/sql.ts';
import { buildDataset } from '../../../src/tables/build.ts';
import { describeColumns } from '../../../src/tables/columns.ts';
import { profile } from '../../../src/tables/profile.ts';
import { makeRaw, planColumns } from '../../../src/tables/raw.ts';

/** One import, step by step, in ms. `import` ends when table `raw` stands and every record is accounted for. */
export type Steps = {
  readonly open: number;
  readonly raw: number;
  /** From its start, beside the others. */
  readonly scan: number;
  readonly import: number;
  readonly profile: number;
  readonly clean: number;
  readonly records: number;
  readonly kept: number;
};

const start = (url: string) => new Worker(new URL(url, document.baseURI), { type: 'module' });
const engine = openEngine({
  startWorker: () => start(engineWorker),
  wasmUrl: engineUrl,
  memoryLimit: memoryLimit(undefined),
});
const service = {
  api: wrap<FileApi>(start(fileWorker)) as unknown as FileApi, // comlink's Remote<Api> is Api: every method is async already
  dead: new AbortController().signal,
};

/** Starts the engine: not part of the import, as the native one is open too. */
async function ready(): Promise<void> {
  await engine.query(sql`SELECT 1`);
}

/** Imports the file in the field on the page. */
async function importFile(): Promise<Steps> {
  const file = document.querySelector('input')?.files?.[0];
  if (!file) throw new Error('no file was chosen');
  const times = [performance.now()];
  const lap = () => times.push(performance.now());
  const opened = await callJob(service, (api, port) => api.open(file, {}, port));
  let scanned = 0;
  const source = await openSource(file, opened, {
    db: engine,
    scan: (input) => callJob(service, (api, port) => api.scan(input, port)),
  });
  lap();
  void source.scan.then(() => (scanned = performance.now()));
  const plan = planColumns(source);
  const { scan, rows } = await makeRaw(engine, source, plan.columns, {});
  if (rows !== scan.kept) throw new Error(`${rows} rows, ${scan.kept} counted`);
  lap();
  const profiles = await profile(engine.query, plan.columns);
  lap();
  const raw = { source, scan, ...plan, profiles };
  const dataset = await buildDataset(engine, raw, describeColumns(raw, {}));
  lap();
  const step = (i: number) => times[i]! - times[i - 1]!;
  return {
    open: step(1),
    raw: step(2),
    scan: scanned - times[1]!,
    import: times[2]! - times[0]!,
    profile: step(3),
    clean: step(4),
    records: scan.records,
    kept: dataset.ledger.kept,
  };
}


import { rawTable } from '../../../src/tables/import.sql.ts';
import { warmUp } from '../../../src/tables/warm-up.ts';
async function probe2() { const t = performance.now(); const r: number[] = []; await warmUp(engine); r.push(performance.now() - t); const a = await importFile(); const b = await importFile(); return [r, a, b]; }
async function probe() {
  const file = document.querySelector('input')!.files![0]!;
  const opened = await callJob(service, (api, port) => api.open(file, {}, port));
  const out: Record<string, number[]> = {};
  const time = async (n: string, f: () => Promise<unknown>) => { const t = performance.now(); await f(); (out[n] ??= []).push(Math.round(performance.now() - t)); };
  const never = async () => new Promise<never>(() => {});
  const source = await openSource(file, opened, { db: engine, scan: never });
  const memory = new File([await file.arrayBuffer()], 'm');
  const msource = await openSource(memory, opened, { db: engine, scan: never });
  const plan = planColumns(source);
  const reading = (s: typeof source) => ({ path: s.path, dialect: s.dialect, columns: plan.columns, strict: true });
  for (let i = 0; i < 4; i++) {
    await time('raw sliced disk', () => engine.make('raw', rawTable(reading(source))));
    await time('raw memory blob', () => engine.make('raw', rawTable(reading(msource))));
    await time('count star', () => engine.query(sql`SELECT count(*) FROM (${rawTable(reading(source))})`));
    await time('count rows', () => engine.query(sql`SELECT count(*)::DOUBLE AS rows FROM raw`));
    await time('arrayBuffer', () => file.slice(100).arrayBuffer());
    await time('stream', async () => { const r = file.stream().getReader(); let n = 0; for (;;) { const { done, value } = await r.read(); if (done) break; n += value.length; } });
    await time('scan', () => callJob(service, (api, port) => api.scan({ original: file, copy: null, offset: opened.offset, marks: opened.dialect, columns: 9, above: 1, blankAbove: 0 }, port)));
  }
  return out;
}
Object.assign(globalThis, { ready, importFile, probe, probe2, warm: () => warmUp(engine) });
