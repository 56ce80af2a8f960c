import * as duckdb from '@duckdb/duckdb-wasm';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import * as vg from '@uwdata/vgplot';
import { tableFromArrays } from 'apache-arrow';
import { flushSync, mount } from 'svelte';
import type { FeatureTable } from '../../../src/features/types.ts';
import { Linked } from '../../../src/insight/cross/linked.svelte.ts';
import { rangeOf } from '../../../src/lib/bins.ts';
import { random } from '../../../src/lib/random.ts';
import { Selection } from '../../../src/segments/map/selection.svelte.ts';
import type { Segmentation } from '../../../src/segments/types.ts';
import Ours from './Ours.svelte';

/** What the bench reads of a plot of Mosaic. */
type Plot = {
  render: () => Promise<void>;
  readonly interactors: readonly {
    readonly scale: { apply(value: number): number };
    activate(): void;
    publish(extent: readonly [number, number]): void;
  }[];
  readonly marks: readonly {
    readonly data?: { readonly columns?: Record<string, ArrayLike<number>> };
  }[];
};

const columns = ['recency', 'orders', 'spend', 'tenure', 'share', 'age'];
const [width, height, left, right] = [220, 132, 30, 6];

/** Six columns as customers have them: skewed, whole, heaped, bounded. [customers × 6], float32. */
function makeCustomers(rows: number): Float32Array {
  const next = random(7);
  const wave = () => next() + next() + next() - 1.5;
  const data = new Float32Array(rows * columns.length);
  for (let r = 0; r < rows; r++) {
    const kind = Math.floor(3 * next());
    const orders = 1 + Math.floor((2 + 9 * kind) * next() * next());
    const row = [
      Math.floor(365 * next() ** (1 + kind)),
      orders,
      orders * (20 + 15 * kind + 8 * wave()),
      Math.floor(1500 * next()),
      Math.min(1, Math.max(0, 0.3 + 0.1 * kind + 0.2 * wave())),
      Math.floor(45 + 14 * wave() + 3 * kind),
    ];
    data.set(row, r * columns.length);
  }
  return data;
}

const layout = () => document.body.offsetHeight;

let ours: { linked: Linked; selection: Selection };
let plots: readonly Plot[] = [];
let rendered: number[] = [];

export async function setUp(
  rows: number,
): Promise<{ readonly ours: number; readonly mosaic: number }> {
  const data = makeCustomers(rows);
  const column = (c: number) =>
    Float32Array.from({ length: rows }, (_, r) => data[r * columns.length + c]!);
  const worker = new Worker(workerUrl);
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await db.instantiate(wasmUrl);
  const connection = await db.connect();
  const arrow = tableFromArrays(Object.fromEntries(columns.map((name, c) => [name, column(c)])));
  await connection.insertArrowTable(arrow, { name: 'customers', create: true });

  const began = performance.now();
  const selection = new Selection();
  const features = columns.map((name) => ({ name, label: name, used: true, unit: 'number' }));
  const table = {
    features,
    raw: { data, rows, cols: columns.length },
    customers: { length: rows },
  };
  const drivers = columns.map((_, feature) => ({ feature, effect: 1 }));
  const segments = [{ drivers, rest: false }];
  const linked = new Linked({
    features: { table: table as unknown as FeatureTable }, // only what is linked
    tables: { dataset: null },
    segments: {
      segmentation: { labels: new Int32Array(rows), segments } as unknown as Segmentation, // one segment
      settings: { views: columns.map((name) => `feature:${name}`) },
    },
    choose: () => {},
    selection,
    query: () => Promise.reject(new Error('nothing to ask')),
  });
  ours = { linked, selection };
  mount(Ours, { target: document.querySelector('#ours')!, props: ours });
  flushSync();
  layout();
  const oursMs = performance.now() - began;

  const start = performance.now();
  vg.coordinator().databaseConnector(vg.wasmConnector({ duckdb: db, connection }));
  const brush = vg.Selection.crossfilter();
  const elements = columns.map((name) =>
    vg.plot(
      vg.rectY(vg.from('customers', { filterBy: brush }), {
        x: vg.bin(name),
        y: vg.count(),
        inset: 0.5,
      }),
      vg.intervalX({ as: brush }),
      vg.xDomain(vg.Fixed),
      vg.yDomain(vg.Fixed),
      vg.width(width),
      vg.height(height),
      vg.marginLeft(left),
      vg.marginRight(right),
    ),
  );
  plots = elements.map((element) => (element as unknown as { value: Plot }).value); // how Mosaic hands its plots over
  rendered = plots.map(() => 0);
  plots.forEach((plot, p) => {
    const render = plot.render.bind(plot);
    plot.render = async () => {
      await render();
      rendered[p]!++;
      wake();
    };
  });
  document.querySelector('#mosaic')!.append(...elements);
  await until(() => rendered.every((times) => times > 0));
  return { ours: oursMs, mosaic: performance.now() - start };
}

let wake = () => {};
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise<void>((resolve) => (wake = resolve));
}

/** Mosaic draws in the next frame: here at once, so that no frame is waited for. */
const channel = new MessageChannel();
const waiting: FrameRequestCallback[] = [];
channel.port1.onmessage = () => waiting.shift()?.(performance.now());
globalThis.requestAnimationFrame = (draw) => (waiting.push(draw), channel.port2.postMessage(0), 0);

/** Bars of a view of ours, so that both sides take the same steps. */
export const barsOf = (view: number): number =>
  ours.linked.view(`feature:${columns[view]}`)!.dimension.bins;

/** The values from bar `from` to `to` of a view of ours. */
function rangeAt(view: number, from: number, to: number): readonly [number, number] {
  const shown = ours.linked.view(`feature:${columns[view]}`)!;
  if (shown.kind !== 'histogram') throw new TypeError('not a histogram');
  return rangeOf(shown.bins, from, to);
}

/** Ms until all of ours are drawn with the brush over these bars. */
export function stepOurs(view: number, from: number, to: number): number {
  const range = rangeAt(view, from, to);
  const began = performance.now();
  ours.selection.brush(view, range);
  flushSync();
  layout();
  return performance.now() - began;
}

/** Ms until all others of Mosaic's are drawn with the brush over the same values, to the pixel. */
export async function stepMosaic(view: number, from: number, to: number): Promise<number> {
  const { scale } = plots[view]!.interactors[0]!;
  const [low, high] = rangeAt(view, from, to);
  const before = [...rendered];
  const began = performance.now();
  plots[view]!.interactors[0]!.publish([scale.apply(low), scale.apply(high)]);
  await until(() => rendered.every((times, p) => p === view || times > before[p]!));
  layout();
  return performance.now() - began;
}

/** The pointer comes near a plot: Mosaic makes its tables now. */
export async function touchMosaic(view: number): Promise<number> {
  const began = performance.now();
  plots[view]!.interactors[0]!.activate();
  await vg.coordinator().query('SELECT 1', { cache: false });
  return performance.now() - began;
}

/** Customers that a view counts, on both sides: the brushes are drawn alike but not to the same values. */
export function totals(view: number): { readonly ours: number; readonly mosaic: number } {
  const sum = (values: ArrayLike<number>) => Array.from(values, Number).reduce((a, b) => a + b, 0);
  const counts = ours.linked.now?.counts.get(`feature:${columns[view]}`) ?? [];
  const data = plots[view]!.marks.find((mark) => mark.data?.columns)?.data?.columns ?? {};
  return { ours: sum(counts), mosaic: sum(data['y'] ?? []) };
}
