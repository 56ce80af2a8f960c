import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { FeatureTable } from '../../features/types.ts';
import { copiesOf } from '../../lib/copies.ts';
import { callJob, give, type Service } from '../../lib/job.ts';
import { pageJob } from '../../lib/page-job.ts';
import { Task } from '../../lib/task.svelte.ts';
import { rowsOfSegment } from '../../segments/hands/doing.ts';
import { columnsFor } from '../../segments/columns.ts';
import type { Segmentation } from '../../segments/types.ts';
import type { InsightApi } from '../worker-api.ts';
import type { Prototype } from './prototypes.ts';
import type { Middles, Reasons } from './reasons.ts';
import type { FoundRule } from './segment-rules.ts';

/** Why these customers are together: a rule for each segment, reasons for each customer. */
export class Why {
  readonly task = new Task();
  readonly oneTask = new Task();
  readonly kindsTask = new Task();
  #rules = $state.raw<{
    readonly labels: Int32Array;
    readonly found: readonly (FoundRule | null)[];
  } | null>(null);
  #kinds = $state.raw<{
    readonly labels: Int32Array;
    readonly segment: number;
    readonly found: readonly Prototype[];
  } | null>(null);
  #one = $state.raw<{
    readonly labels: Int32Array;
    readonly row: number;
    /** Null in no segment, and where there is no other. */
    readonly found: Reasons | null;
    readonly fidelity: Middles['fidelity'] | null;
    /** Of a method of density: what it looked at, a sentence each. */
    readonly said: readonly string[] | null;
  } | null>(null);
  #middles: { readonly labels: Int32Array; readonly middles: Middles } | null = null;
  readonly #worker: Service<InsightApi>;

  constructor(worker: Service<InsightApi>) {
    this.#worker = worker;
  }

  /** The rules of these very segments, in their order; null until they are found. */
  rulesOf({ labels }: Pick<Segmentation, 'labels'>): readonly (FoundRule | null)[] | null {
    return this.#rules?.labels === labels ? this.#rules.found : null;
  }

  /** Why the customer of `row` is where it is; null until that was asked. */
  oneOf({ labels }: Pick<Segmentation, 'labels'>, row: number) {
    return this.#one?.labels === labels && this.#one.row === row ? this.#one : null;
  }

  /** Customers who stand for all sorts of a segment; null until that was asked. */
  kindsOf({ labels }: Pick<Segmentation, 'labels'>, segment: number): readonly Prototype[] | null {
    return this.#kinds?.labels === labels && this.#kinds.segment === segment
      ? this.#kinds.found
      : null;
  }

  /** For the element that shows rules: they are looked for when it is first seen, and again of other segments. */
  looking(table: FeatureTable, segmentation: Segmentation, seed: number): Attachment {
    return () => untrack(() => void this.findRules(table, segmentation, seed)); // what runs is no reason to run it again
  }

  async findRules(
    { features, raw }: FeatureTable,
    { labels, segments }: Segmentation,
    seed: number,
  ): Promise<void> {
    if (this.#rules?.labels === labels) return;
    const options = { segments: segments.length, seed };
    const found = await this.task.run(async (job) => {
      const { copies, buffers } = await copiesOf({ raw }, pageJob(job));
      return callJob(
        this.#worker,
        (api, port) =>
          api.segmentRules(give({ features, ...copies }, buffers), labels, options, port),
        job,
      );
    });
    if (found) this.#rules = { labels, found };
  }

  /** On the page, which has the table already. */
  async explain(table: FeatureTable, segmentation: Segmentation, row: number) {
    const { labels, k, segments, method, hands, mixture } = segmentation;
    const own = labels[row]!;
    const found = await this.oneTask.run(async (options) => {
      const job = pageJob(options);
      const none = { reasons: null, fidelity: null, said: null };
      const { scaled } = columnsFor(method.kind, table);
      if ((method.kind === 'dbscan' || method.kind === 'hdbscan') && !hands) {
        const { densityReasons, densityWords } = await import('./density-reasons.ts');
        const it = await densityReasons(scaled, segmentation, method, row, job);
        return { ...none, said: densityWords(it, segmentation, method, row) };
      }
      if (segments[own]!.rest || k < 2) return none;
      if (mixture && scaled === table.scaled) {
        const { mixtureReasons } = await import('./mixture-reasons.ts');
        return { ...none, reasons: await mixtureReasons(table, mixture, { row, own }, job) };
      }
      const { middlesOf, reasonsOf } = await import('./reasons.ts');
      const kept = this.#middles?.labels === labels ? this.#middles.middles : null;
      const middles = kept ?? (await middlesOf(table, labels, k, job));
      this.#middles = { labels, middles };
      const reasons = await reasonsOf(table, middles, { row, own }, job);
      return { ...none, reasons, fidelity: middles.fidelity };
    });
    if (found) {
      const { reasons, fidelity, said } = found;
      this.#one = { labels, row, found: reasons, fidelity, said };
    }
  }

  async findKinds(
    { scaled }: FeatureTable,
    { labels }: Segmentation,
    segment: number,
    seed: number,
  ) {
    const { prototypes } = await import('./prototypes.ts');
    const rows = rowsOfSegment(labels, segment);
    const found = await this.kindsTask.run((job) =>
      prototypes(scaled, rows, { most: 5, seed }, pageJob(job)),
    );
    if (found) this.#kinds = { labels, segment, found };
  }

  clear(): void {
    for (const task of [this.task, this.oneTask, this.kindsTask]) task.cancel();
    this.#rules = null;
    this.#one = null;
    this.#kinds = null;
    this.#middles = null;
  }
}
