import type { FeatureTable } from '../../features/types.ts';
import { callJob, type Service } from '../../lib/job.ts';
import { Task } from '../../lib/task.svelte.ts';
import type { InsightApi } from '../worker-api.ts';
import type { OutcomeDrivers } from './outcome-drivers.ts';
import type { Subgroups } from './subgroups.ts';

type Answer = { readonly drivers: OutcomeDrivers; readonly subgroups: Subgroups };

/** What goes with an outcome that a person chose, and who surprises in it. */
export class Outcome {
  /** Name of the feature looked at; null where nobody asks. */
  name = $state<string | null>(null);
  readonly task = new Task();
  #answers = $state.raw<{
    readonly table: FeatureTable;
    readonly of: ReadonlyMap<string, Answer>;
  }>();
  readonly #worker: Service<InsightApi>;

  constructor(worker: Service<InsightApi>) {
    this.#worker = worker;
  }

  answerOf(table: FeatureTable): Answer | null {
    if (this.#answers?.table !== table || this.name === null) return null;
    return this.#answers.of.get(this.name) ?? null;
  }

  /** Being frequent is asked first, where orders are known; else what there is of spend, else the first number. */
  async open(table: FeatureTable, seed: number): Promise<void> {
    const possible = outcomesOf(table);
    const first = ['orders', 'spend'].find((name) => possible.some((each) => each.name === name));
    const name = this.name ?? first ?? possible[0]?.name;
    if (name !== undefined) await this.choose(table, name, seed);
  }

  async choose(table: FeatureTable, name: string, seed: number): Promise<void> {
    this.name = name;
    if (this.answerOf(table)) return;
    const { features, raw, scaled, scaledFrom } = table;
    const input = { features, raw, scaled, scaledFrom };
    const options = { outcome: features.findIndex((each) => each.name === name), seed };
    const found = await this.task.run(async (job) => ({
      drivers: await callJob(
        this.#worker,
        (api, port) => api.outcomeDrivers(input, options, port),
        job,
      ),
      subgroups: await callJob(
        this.#worker,
        (api, port) => api.subgroups(input, options, port),
        job,
      ),
    }));
    if (!found) return;
    const before = this.#answers?.table === table ? this.#answers.of : [];
    this.#answers = { table, of: new Map([...before, [name, found]]) };
  }

  close(): void {
    this.task.cancel();
    this.name = null;
  }

  clear(): void {
    this.close();
    this.#answers = undefined;
  }
}

/** What can be asked about: everything but categories. */
export const outcomesOf = ({ features }: Pick<FeatureTable, 'features'>) =>
  features.filter(({ categories }) => !categories);
