import { wrap } from 'comlink';
import engineWorker from '../../../workers/engine.worker.ts?worker&url';
import fileWorker from '../../../workers/file.worker.ts?worker&url';
import { engineUrl } from '../../../src/db/engine-url.ts';
import { openEngine } from '../../../src/db/open.ts';
import { memoryLimit } from '../../../src/db/settings.ts';
import { madeUpFile } from '../../../src/files/made-up.ts';
import { openSource } from '../../../src/files/source.ts';
import type { FileApi } from '../../../src/files/worker-api.ts';
import { callJob } from '../../../src/lib/job.ts';
import { sql } from '../../../src/lib/sql.ts';
import { buildDataset } from '../../../src/tables/build.ts';
import { describeColumns } from '../../../src/tables/columns.ts';
import { profile } from '../../../src/tables/profile.ts';
import { makeRaw } from '../../../src/tables/make-raw.ts';
import { planColumns } from '../../../src/tables/raw.ts';
import { warmUp } from '../../../src/tables/warm-up.ts';

/** One import, step by step, in ms. `import` ends when table `raw` stands and every record is accounted for. */
export type Steps = {
  readonly open: number;
  readonly raw: number;
  /** From its start, beside the others. */
  readonly count: number;
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

/** Starts the engine, as the app does while a person still looks for their file; `warm`: with the app's warm-up. */
async function ready(warm: boolean): Promise<void> {
  await engine.query(sql`SELECT 1`);
  if (!warm) return;
  const file = madeUpFile();
  const opened = await callJob(service, (api, port) => api.open(file, {}, port));
  await warmUp(engine, file, opened);
}

/** Imports the file in the field on the page. */
async function importFile(): Promise<Steps> {
  const file = document.querySelector('input')?.files?.[0];
  if (!file) throw new Error('no file was chosen');
  const times = [performance.now()];
  const lap = () => times.push(performance.now());
  const opened = await callJob(service, (api, port) => api.open(file, {}, port));
  let counted = 0;
  const source = await openSource([file], [opened], {
    id: 't1',
    db: engine,
    passes: {
      count: (input) => callJob(service, (api, port) => api.count(input, port)),
      fingerprint: (whole) => callJob(service, (api, port) => api.fingerprint(whole, port)),
    },
  });
  lap();
  void source.counted.then(() => (counted = performance.now()));
  const plan = planColumns(source);
  const { count, read } = await makeRaw(engine, source, plan.columns, {});
  if (read !== count.kept) throw new Error(`${read} rows, ${count.kept} counted`);
  lap();
  const profiles = await profile(engine.query, plan.columns);
  lap();
  const raw = { source, count, ...plan, profiles };
  const dataset = await buildDataset(engine, raw, describeColumns(raw, {}));
  lap();
  const step = (i: number) => times[i]! - times[i - 1]!;
  return {
    open: step(1),
    raw: step(2),
    count: counted - times[1]!,
    import: times[2]! - times[0]!,
    profile: step(3),
    clean: step(4),
    records: count.records,
    kept: dataset.ledger.kept,
  };
}

Object.assign(globalThis, { ready, importFile });
