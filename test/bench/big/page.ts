import { wrap } from 'comlink';
import engineWorker from '../../../workers/engine.worker.ts?worker&url';
import fileWorker from '../../../workers/file.worker.ts?worker&url';
import segmentWorker from '../../../workers/segment.worker.ts?worker&url';
import { engineUrl } from '../../../src/db/engine-url.ts';
import { openEngine } from '../../../src/db/open.ts';
import { memoryLimit } from '../../../src/db/settings.ts';
import { measureFeatures } from '../../../src/features/build.ts';
import { estimate, MEASURED_RATE, type Estimate } from '../../../src/files/estimate.ts';
import { fitWords, sampleWords } from '../../../src/files/fit-words.ts';
import { estimatePortion, offers, type Portion } from '../../../src/files/fit.ts';
import type { Opened } from '../../../src/files/open.ts';
import { probe } from '../../../src/files/probe.ts';
import { openSource } from '../../../src/files/source.ts';
import type { FileApi } from '../../../src/files/worker-api.ts';
import { explain } from '../../../src/lib/errors.ts';
import { callJob } from '../../../src/lib/job.ts';
import { loadingWords, PaceMeter } from '../../../src/lib/pace.ts';
import { sql } from '../../../src/lib/sql.ts';
import type { SegmentApi } from '../../../src/segments/worker-api.ts';
import { buildDataset } from '../../../src/tables/build.ts';
import { describeColumns } from '../../../src/tables/columns.ts';
import { expectTables } from '../../../src/tables/expected.ts';
import { partialTable, partOf, recordsRead } from '../../../src/tables/partial.ts';
import { number, profile } from '../../../src/tables/profile.ts';
import { planColumns } from '../../../src/tables/raw.ts';
import { watchReading } from '../../../src/tables/watch-reading.ts';

/** What is said before anything is loaded. */
export type Said = {
  readonly estimate: Estimate;
  readonly words: string;
  readonly suggested: Portion;
  readonly suggestedWords: string;
  readonly suggestedEstimate: Estimate;
  readonly ms: number;
};
/** How a load ended: all in ms and bytes, or the sentence that the person reads. */
export type Ended = {
  readonly sentence: string | null;
  readonly detail: string;
  readonly rows: number;
  readonly records: number;
  readonly customers: number;
  readonly rawMs: number;
  readonly checkMs: number;
  readonly allMs: number;
  readonly heldBytes: number;
  readonly deaths: number;
  /** Every tenth of what was shown while it loaded. */
  readonly shown: readonly string[];
};

const start = (url: string) => new Worker(new URL(url, document.baseURI), { type: 'module' });
const limitBytes = memoryLimit((navigator as Navigator & { deviceMemory?: number }).deviceMemory); // Chromium only
const engine = openEngine({
  startWorker: () => start(engineWorker),
  wasmUrl: engineUrl,
  memoryLimit: limitBytes,
});
const service = <Api>(url: string) => ({
  api: wrap<Api>(start(url)) as unknown as Api, // comlink's Remote<Api> is Api: every method is async already
  dead: new AbortController().signal,
});
const files = service<FileApi>(fileWorker);
const segments = service<SegmentApi>(segmentWorker);

async function opened(): Promise<{ file: File; opened: Opened }> {
  const file = document.querySelector('input')?.files?.[0];
  if (!file) throw new Error('no file was chosen');
  return { file, opened: await callJob(files, (api, port) => api.open(file, {}, port)) };
}

/** What the person is told of the file in the field. */
async function look(): Promise<Said> {
  const before = performance.now();
  const it = await opened();
  const seen = await probe(it.file, it.opened);
  const expected = expectTables(it.opened, seen);
  const device = { limitBytes, heldBytes: 0, bytesPerSecond: MEASURED_RATE };
  const said = estimate(seen, expected, device);
  const { suggested, customers } = offers(seen, expected, device);
  const suggestedEstimate = estimatePortion({ seen, expected, device }, suggested);
  const without = suggested.columns ? `columns ${suggested.columns.join(', ')}. ` : '';
  return {
    estimate: said,
    words: fitWords(said),
    suggested,
    suggestedWords:
      without +
      (suggested.sample ? sampleWords(suggested.sample, customers) : '') +
      ' ' +
      fitWords(suggestedEstimate),
    suggestedEstimate,
    ms: performance.now() - before,
  };
}

/** Loads a portion of the file, as far as the measures of every customer. */
async function load(portion: Portion): Promise<Ended> {
  const begun = performance.now();
  const [shown, meter] = [[] as string[], new PaceMeter()];
  let [rows, records, customers, rawMs, checkMs] = [0, 0, 0, 0, 0];
  const end = async (error: unknown): Promise<Ended> => ({
    sentence: error === null ? null : explain(error),
    detail: error instanceof Error ? error.message.slice(0, 200) : '',
    ...{ rows, records, customers, rawMs, checkMs },
    allMs: performance.now() - begun,
    heldBytes: await engine.memory(),
    deaths: engine.deaths,
    shown: shown.filter((_, i) => i % Math.ceil(shown.length / 10) === 0),
  });
  try {
    const it = await opened();
    const source = await openSource([it.file], [it.opened], {
      id: 't1',
      db: engine,
      passes: {
        count: (input) => callJob(files, (api, port) => api.count(input, port)),
        fingerprint: async () => '',
      },
    });
    const part = partOf(source, portion);
    const plan = planColumns(part.source);
    const where = { cells: part.cells, width: source.columns };
    const reading = {
      path: source.path,
      dialect: source.dialect,
      columns: plan.columns,
      strict: true,
    };
    const { rows: about } = await probe(it.file, it.opened);
    const rowBytes = source.body.size / about.about;
    watchReading(engine, source, {
      stage: 'Reading the records',
      onProgress: (progress) =>
        shown.push(
          loadingWords(meter.see(progress, performance.now()), { rowBytes, isExact: false }),
        ),
    });
    const before = performance.now();
    await engine.make('raw', partialTable(reading, portion, where));
    rawMs = performance.now() - before;
    const count = await source.counted;
    records = count.records;
    const read = number(await engine.query(recordsRead(reading, where)), 'rows');
    checkMs = performance.now() - before - rawMs;
    if (read !== count.kept) throw new Error(`${read} records read of ${count.kept}`);
    const profiles = await profile(engine.query, plan.columns);
    rows = profiles.rows;
    const raw = { source: part.source, count, ...plan, profiles };
    const dataset = await buildDataset(engine, raw, describeColumns(raw, {}));
    customers = dataset.customers;
    const table = await measureFeatures(dataset, {}, { query: engine.query, worker: segments }, {});
    if (table.features.length === 0) throw new Error('no features');
    return await end(null);
  } catch (error) {
    return end(error);
  }
}

/** Whether the engine answers. */
const answers = async (): Promise<boolean> =>
  number(await engine.query(sql`SELECT 42::DOUBLE AS n`), 'n') === 42;

Object.assign(globalThis, { look, load, answers });
