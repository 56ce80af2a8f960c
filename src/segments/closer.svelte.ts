import type { FeatureTable } from '../features/types.ts';
import { copiesOf } from '../lib/copies.ts';
import { callJob, give, type JobOptions, type Service } from '../lib/job.ts';
import { pageJob } from '../lib/page-job.ts';
import { Task } from '../lib/task.svelte.ts';
import { columnsFor } from './columns.ts';
import type { Finding } from './hands/checks.ts';
import type { Judgement } from './judge.ts';
import type { TypedHolds } from './methods/rules.ts';
import type { SegmentOfOne } from './methods/nearest.ts';
import type { Run } from './runs.svelte.ts';
import { madeByMethod, methodOf, type Segmentation, type SegmentSettings } from './types.ts';
import type { RunTable } from './validity/compare-runs.ts';
import type { SegmentApi } from './worker-api.ts';

const NEAREST = 10;

/** What a person asks about segments that are there: whether they are real, how runs compare, who is like a customer. */
export class Closer {
  readonly task = new Task();
  readonly nearTask = new Task();
  readonly checkTask = new Task();
  #checked = $state.raw<{
    readonly made: Segmentation;
    readonly findings: readonly Finding[];
  } | null>(null);
  /** The segment of one. */
  near = $state.raw<{ readonly row: number; readonly found: SegmentOfOne } | null>(null);
  #judged = $state.raw<readonly { readonly labels: Int32Array; readonly judgement: Judgement }[]>(
    [],
  );
  #compared = $state.raw<{ readonly runs: readonly Run[]; readonly table: RunTable } | null>(null);
  readonly #worker: Service<SegmentApi>;

  constructor(worker: Service<SegmentApi>) {
    this.#worker = worker;
  }

  /** Whether these very segments are real; null where nobody asked. */
  judgementOf({ labels }: { readonly labels: Int32Array }): Judgement | null {
    return this.#judged.find((each) => isSame(each.labels, labels))?.judgement ?? null;
  }

  /** The runs side by side; null until they are compared. */
  comparisonOf(runs: readonly Run[]): RunTable | null {
    return this.#compared?.runs === runs ? this.#compared.table : null;
  }

  async judge(table: FeatureTable, settings: SegmentSettings, made: Segmentation): Promise<void> {
    const { features, raw, spend } = table;
    const { scaled, scaledFrom } = columnsFor(methodOf(settings).kind, table);
    const { method, labels } = made;
    const judged = { labels: grouped(made), k: madeByMethod(made), method };
    const found = await this.task.run(async (job) => {
      const { copies, buffers } = await copiesOf({ raw, scaled }, pageJob(job));
      const input = { features, ...copies, scaledFrom, spend };
      return callJob(
        this.#worker,
        (api, port) => api.judge(give(input, buffers), settings, judged, port),
        job,
      );
    });
    if (found) this.#judged = [...this.#judged, { labels, judgement: found }];
  }

  async compare({ scaled }: FeatureTable, runs: readonly Run[], seed: number): Promise<void> {
    if (this.comparisonOf(runs)) return;
    const lines = runs.map((run) => ({
      name: run.short,
      labels: grouped(run),
      milliseconds: run.tookMs,
      ...(this.judgementOf(run) ?? { stability: null, structure: null }),
    }));
    const table = await this.task.run(async (job) => {
      const { copies, buffers } = await copiesOf({ scaled }, pageJob(job));
      return callJob(
        this.#worker,
        (api, port) => api.compare(give(copies.scaled, buffers), lines, seed, port),
        job,
      );
    });
    if (table) this.#compared = { runs, table };
  }

  /** Who is most like the customer of `row`, and why: on the page, which has the table already. */
  async lookAround(table: FeatureTable, row: number, seed: number): Promise<void> {
    this.near = null;
    const { nearest } = await import('./methods/nearest.ts');
    const found = await this.nearTask.run((job) =>
      nearest(table, { row, k: NEAREST, seed }, pageJob(job)),
    );
    this.near = found ? { row, found } : null;
  }

  /** What may be wrong with these very segments; null until they are checked. */
  findingsOf(made: Segmentation): readonly Finding[] | null {
    return this.#checked?.made === made ? this.#checked.findings : null;
  }

  /** Whether segments make sense together: on the page, which has the table already. `asked`: what the database says of rules in SQL. */
  async check(
    table: FeatureTable,
    settings: SegmentSettings,
    made: Segmentation,
    asked: (options: JobOptions) => Promise<TypedHolds> = async () => [],
  ): Promise<void> {
    const { checkSegments } = await import('./hands/checks.ts');
    const { scaled } = columnsFor(made.method.kind, table);
    const judgement = this.judgementOf(made);
    const input = { segmentation: made, settings, scaled, rules: table, judgement };
    const findings = await this.checkTask.run(async (options) =>
      checkSegments({ ...input, typed: await asked(options) }, pageJob(options)),
    );
    this.#checked = findings ? { made, findings } : null;
  }

  /** Other customers: nothing that was asked holds for them. */
  clear(): void {
    this.task.cancel();
    this.nearTask.cancel();
    this.checkTask.cancel();
    this.near = null;
    this.#checked = null;
    this.#judged = [];
    this.#compared = null;
  }
}

const isSame = (a: Int32Array, b: Int32Array): boolean =>
  a === b || (a.length === b.length && a.every((label, r) => label === b[r]));

/** −1 for those in no segment. */
function grouped({
  labels,
  segments,
}: {
  readonly labels: Int32Array;
  readonly segments: readonly { readonly rest: boolean }[];
}): Int32Array<ArrayBuffer> {
  const rest = segments.findIndex((segment) => segment.rest);
  return Int32Array.from(labels, (label) => (label === rest ? -1 : label));
}
