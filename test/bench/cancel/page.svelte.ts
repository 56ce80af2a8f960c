import { wrap } from 'comlink';
import crewWorker from '../../../workers/crew.worker.ts?worker&url';
import engineWorker from '../../../workers/engine.worker.ts?worker&url';
import insightWorker from '../../../workers/insight.worker.ts?worker&url';
import segmentWorker from '../../../workers/segment.worker.ts?worker&url';
import { engineUrl } from '../../../src/db/engine-url.ts';
import { openEngine } from '../../../src/db/open.ts';
import { memoryLimit } from '../../../src/db/settings.ts';
import { Insight } from '../../../src/insight/insight.svelte.ts';
import type { InsightApi } from '../../../src/insight/worker-api.ts';
import { callJob } from '../../../src/lib/job.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { sql } from '../../../src/lib/sql.ts';
import type { Task } from '../../../src/lib/task.svelte.ts';
import { segmentDefaults } from '../../../src/segments/types.ts';
import { Segments } from '../../../src/segments/segments.svelte.ts';
import type { SegmentApi } from '../../../src/segments/worker-api.ts';
import { actsOf, type Act, type Stage } from './acts.ts';
import { customersOf, orderLines } from './customers.ts';

/** What one act did to the page; all in ms. */
export type Seen = {
  /** Until it ended, or was cancelled and had ended. */
  readonly tookMs: number;
  /** Until something was said of how far it is; null: nothing was. */
  readonly toldMs: number | null;
  /** From the cancel until all that worked for it was free again; null where nothing was cancelled. */
  readonly heardMs: number | null;
  /** The longest that the page could not answer. */
  readonly blockedMs: number;
  /** What it came to, in words: that something was done. */
  readonly words: string;
};

const start = (url: string) => new Worker(new URL(url, document.baseURI), { type: 'module' });
const dead = new AbortController().signal;
const insightService = {
  api: wrap<InsightApi>(start(insightWorker)) as unknown as InsightApi,
  dead,
}; // comlink's Remote<Api> is Api
const segmentThread = start(segmentWorker);
const segmentService = { api: wrap<SegmentApi>(segmentThread) as unknown as SegmentApi, dead }; // the same
const channel = new MessageChannel();
start(crewWorker).postMessage({ crew: channel.port2 }, [channel.port2]);
segmentThread.postMessage({ crew: [channel.port1] }, [channel.port1]);
const engine = openEngine({
  startWorker: () => start(engineWorker),
  wasmUrl: engineUrl,
  memoryLimit: memoryLimit(8),
});

let acts: readonly Act[] = [];

/** `rows` customers in eight segments, with three order lines each; the names of all acts. */
async function make(rows: number): Promise<readonly string[]> {
  await engine.make('orders', orderLines(rows));
  const table = customersOf(rows);
  const segments = new Segments(segmentService, engine.query);
  segments.settings = { ...segmentDefaults, k: 8, kMax: 8, restarts: 1 };
  await segments.run(table);
  if (segments.task.error) throw segments.task.error;
  segments.mapTask.cancel();
  const insight = new Insight(insightService, engine.query);
  const stage: Stage = { table, segments, insight, query: engine.query };
  acts = actsOf(stage);
  return acts.map(({ name }) => name);
}

/** All that may still work for an act has answered. */
async function free(): Promise<void> {
  const tiny = { features: [], raw: matrix(2, 0) };
  const who = (row: number) => ({ inside: Uint8Array.of(+(row === 0), +(row === 1)), words: '' });
  await Promise.all([
    callJob(insightService, (api, port) => api.compare(tiny, who(0), who(1), port)),
    callJob(segmentService, (api, port) => api.layOut(matrix(3, 1), 'pca', port)),
    engine.query(sql`SELECT 1`),
  ]);
}

/** Does an act, cancelled `afterMs` into it where that is told. */
async function act(name: string, afterMs: number | null): Promise<Seen> {
  const chosen = acts.find((each) => each.name === name)!;
  await chosen.before?.();
  const task: Task | null = chosen.task;
  let [told, blocked, cancelled] = [null as number | null, 0, null as number | null];
  const began = performance.now();
  let last = began;
  const tick = () => {
    const now = performance.now();
    blocked = Math.max(blocked, now - last);
    last = now;
    if (told === null && task?.progress) told = now - began;
    if (afterMs !== null && cancelled === null && now - began >= afterMs && task?.running) {
      cancelled = began + afterMs; // from when it was due: a page that is blocked does not hear a click either
      task.cancel();
    }
  };
  const clock = setInterval(tick, 1);
  try {
    const words = await chosen.run();
    if (cancelled !== null) await free();
    tick();
    const now = performance.now();
    if (task?.error) throw task.error;
    const heardMs = cancelled === null ? null : now - cancelled;
    return { tookMs: now - began, toldMs: told, heardMs, blockedMs: blocked, words };
  } finally {
    clearInterval(clock);
  }
}

const held = () =>
  (performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> }) // Chromium only, so not in the type library
    .measureUserAgentSpecificMemory()
    .then(({ bytes }) => bytes);

Object.assign(globalThis, { make, act, held });
