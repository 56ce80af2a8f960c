import type { FeatureTable } from '../../features/types.ts';
import { copiesOf } from '../../lib/copies.ts';
import { callJob, give, type Service } from '../../lib/job.ts';
import { pageJob } from '../../lib/page-job.ts';
import { Task } from '../../lib/task.svelte.ts';
import { rowsOfSegment } from '../../segments/hands/doing.ts';
import type { Segmentation } from '../../segments/types.ts';
import type { InsightApi } from '../worker-api.ts';
import type { OutcomeDrivers } from './outcome-drivers.ts';
import type { Subgroups } from './subgroups.ts';

type Answer = { readonly drivers: OutcomeDrivers; readonly subgroups: Subgroups };
/** What is asked of: all customers, or those of one segment. */
type Ground = {
  readonly table: FeatureTable;
  readonly segmentation: Pick<Segmentation, 'labels' | 'segments'>;
  readonly seed: number;
};

/** What goes with an outcome that a person chose, and who surprises in it, among everyone or inside a segment. */
export class Outcome {
  /** Name of the feature looked at; null where nobody asks. */
  name = $state<string | null>(null);
  /** Place of the segment looked into; null: everyone. */
  among = $state<number | null>(null);
  readonly task = new Task();
  #answers = $state.raw<{
    readonly table: FeatureTable;
    readonly labels: Int32Array;
    readonly of: ReadonlyMap<string, Answer>;
  }>();
  readonly #worker: Service<InsightApi>;

  constructor(worker: Service<InsightApi>) {
    this.#worker = worker;
  }

  answerOf({ table, segmentation }: Omit<Ground, 'seed'>): Answer | null {
    const kept = this.#answers;
    if (kept?.table !== table || this.name === null) return null;
    if (kept.labels !== segmentation.labels) return null;
    return kept.of.get(this.#key(this.name)) ?? null;
  }

  #key(name: string): string {
    return `${this.among ?? ''} ${name}`;
  }

  /** Being frequent is asked first, where orders are known; else what there is of spend, else the first number. */
  async open(ground: Ground, among: number | null = null): Promise<void> {
    const possible = outcomesOf(ground.table);
    const first = ['orders', 'spend'].find((name) => possible.some((each) => each.name === name));
    const name = this.name ?? first ?? possible[0]?.name;
    if (name !== undefined) await this.choose(ground, name, among);
  }

  async choose(ground: Ground, name: string, among: number | null): Promise<void> {
    const { table, segmentation, seed } = ground;
    this.name = name;
    this.among = among;
    this.task.cancel(); // an answer to what was asked before would stand under another name
    if (this.answerOf(ground)) return;
    const { features, raw, scaled, scaledFrom } = table;
    const rows = among === null ? null : rowsOfSegment(segmentation.labels, among);
    const options = { outcome: features.findIndex((each) => each.name === name), seed };
    const found = await this.task.run(async (job) => {
      const given = async () => {
        const { copies, buffers } = await copiesOf({ raw, scaled }, pageJob(job), rows);
        return give({ features, ...copies, scaledFrom }, buffers);
      };
      const forDrivers = await given();
      const drivers = await callJob(
        this.#worker,
        (api, port) => api.outcomeDrivers(forDrivers, options, port),
        job,
      );
      const forSubgroups = await given();
      const subgroups = await callJob(
        this.#worker,
        (api, port) => api.subgroups(forSubgroups, options, port),
        job,
      );
      return { drivers, subgroups };
    });
    if (!found) return;
    const kept = this.#answers;
    const isSame = kept?.table === table && kept.labels === segmentation.labels;
    const of = new Map([...(isSame ? kept.of : []), [this.#key(name), found] as const]);
    this.#answers = { table, labels: segmentation.labels, of };
  }

  close(): void {
    this.task.cancel();
    this.name = null;
    this.among = null;
  }

  clear(): void {
    this.close();
    this.#answers = undefined;
  }
}

/** What can be asked about: everything but categories. */
export const outcomesOf = ({ features }: Pick<FeatureTable, 'features'>) =>
  features.filter(({ categories }) => !categories);
