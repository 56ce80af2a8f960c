import type { Query } from '../db/query.ts';
import type { FeatureTable } from '../features/types.ts';
import { copiesOf } from '../lib/copies.ts';
import { callJob, give, type JobOptions, type Service } from '../lib/job.ts';
import { pageJob } from '../lib/page-job.ts';
import { breathing } from '../lib/steps.ts';
import { Task } from '../lib/task.svelte.ts';
import { anchorOf, witnessSteps } from './anchor.ts';
import { Closer } from './closer.svelte.ts';
import { columnsFor } from './columns.ts';
import { lettersOf, namedSteps } from './hands/edits.ts';
import { withColours } from './hands/remarks.ts';
import { withNames } from './names.ts';
import type { TypedHolds } from './methods/rules.ts';
import type { SegmentInput } from './profile.ts';
import {
  methodOf,
  segmentDefaults,
  type ChoiceCurve,
  type Layout,
  type MapChoice,
  type Segmentation,
  type SegmentSettings,
} from './types.ts';
import type { SegmentApi } from './worker-api.ts';

const keyOf = (map: MapChoice): string => JSON.stringify(map);

/** The segments stage: customers in, named groups and their map out. */
export class Segments {
  settings = $state.raw<SegmentSettings>(segmentDefaults);
  /** As Tessera named them. */
  made = $state.raw<Segmentation | null>(null);
  layout = $state.raw<Layout | null>(null);
  /** By themselves: other settings leave the segments on the screen as they are. */
  #names = $derived(this.settings.names);
  #remarks = $derived(this.settings.remarks);
  /** Under the names and colours that a person gave. */
  segmentation = $derived(
    this.made ? withColours(withNames(this.made, this.#names), this.#remarks ?? []) : null,
  );
  readonly task = new Task();
  readonly mapTask = new Task();
  readonly closer: Closer;
  /** How long the last run took. */
  tookMs = 0;
  /** Drawn already, of the present customers. */
  #pictures: readonly {
    readonly table: FeatureTable;
    readonly of: string;
    readonly layout: Layout;
  }[] = [];
  /** Of the customers that `made` is of. */
  #witnesses = new Int32Array();
  #curve: {
    readonly table: FeatureTable;
    readonly of: string;
    readonly curve: ChoiceCurve;
  } | null = null;
  readonly #worker: Service<SegmentApi>;

  readonly #query: Query | null;

  /** Without a database, rules in SQL cannot be asked. */
  constructor(worker: Service<SegmentApi>, query: Query | null = null) {
    this.#worker = worker;
    this.closer = new Closer(worker);
    this.#query = query;
  }

  /** Groups the customers of `table`. A failed or cancelled run keeps the last segments; `task` says why. */
  async run(table: FeatureTable): Promise<Segmentation | undefined> {
    const { features, raw, spend, customers } = table;
    const settings = this.settings;
    const { scaled, scaledFrom } = columnsFor(methodOf(settings).kind, table);
    const { edits } = settings;
    const startMs = performance.now();
    const result = await this.task.run(async (options) => {
      const job = pageJob(options);
      const typed = await this.#typed(table, settings, options);
      const witnesses = await breathing(witnessSteps(customers), job);
      const named = edits?.length
        ? { named: await breathing(namedSteps(edits, customers), job) }
        : {};
      const { copies, buffers } = await copiesOf({ raw, scaled }, job);
      const input: SegmentInput = {
        ...{ features, ...copies, scaledFrom, spend, witnesses, typed },
        ...named,
      };
      const found = await callJob(
        this.#worker,
        (api, port) => api.segment(give(input, buffers), settings, port),
        options,
      );
      return { ...found, witnesses };
    });
    if (!result) return undefined;
    this.tookMs = performance.now() - startMs;
    this.#witnesses = result.witnesses;
    this.made = this.#withCurve(table, result.segmentation);
    if (this.#pictures.some((picture) => picture.table !== table)) this.closer.clear();
    this.#pictures = this.#pictures.filter((picture) => picture.table === table);
    this.#keep(table, 'pca', result.layout);
    void this.drawMap(table);
    return this.segmentation ?? undefined;
  }

  /** A k that was taken from a curve is shown on it, though it was not drawn again. */
  #withCurve(table: FeatureTable, made: Segmentation): Segmentation {
    const { kind, k, shape }: Partial<Record<'kind' | 'k' | 'shape', unknown>> = made.method;
    const of = `${String(kind)} ${String(shape)}`;
    const kept = this.#curve;
    if (made.choice) this.#curve = { table, of, curve: made.choice };
    if (made.choice || kept?.table !== table || kept.of !== of || typeof k !== 'number')
      return made;
    return { ...made, choice: { ...kept.curve, chosen: k } };
  }

  /** Draws the map that is chosen, beside whatever else runs. Until it is there, or where it fails, principal components stand. */
  async drawMap(table: FeatureTable): Promise<void> {
    const { map = 'pca' } = this.settings;
    this.mapTask.cancel();
    const kept = (of: MapChoice) =>
      this.#pictures.find((each) => each.table === table && each.of === keyOf(of))?.layout;
    this.layout = kept(map) ?? kept('pca') ?? null;
    if (kept(map)) return;
    const drawn = await this.mapTask.run(async (job) => {
      if (typeof map !== 'object') {
        const { copies, buffers } = await copiesOf({ scaled: table.scaled }, pageJob(job));
        return callJob(
          this.#worker,
          (api, port) => api.layOut(give(copies.scaled, buffers), map, port),
          job,
        );
      }
      const { featureLayout } = await import('./map/by-features.ts');
      return breathing(featureLayout(table, map), pageJob(job));
    });
    if (!drawn) return;
    this.#keep(table, map, drawn);
    this.layout = drawn;
  }

  /** Of maps by features only the newest is kept: another is made in an instant. */
  #keep(table: FeatureTable, map: MapChoice, layout: Layout): void {
    const others = this.#pictures.filter((each) => each.layout.method !== layout.method);
    this.#pictures = [...others, { table, of: keyOf(map), layout }];
  }

  /** Whether these segments make sense together, rules in SQL among them. */
  async check(table: FeatureTable, made: Segmentation): Promise<void> {
    const { settings } = this;
    await this.closer.check(table, settings, made, (options) =>
      this.#typed(table, settings, options),
    );
  }

  /** Rules in SQL are asked of the database, on the page. */
  async #typed(
    table: FeatureTable,
    { method }: SegmentSettings,
    { signal }: JobOptions,
  ): Promise<TypedHolds> {
    const rules = method?.kind === 'rules' ? method.rules : [];
    const query = this.#query;
    if (!query || !rules.some(({ when }) => 'sql' in when)) return [];
    const { typedHolds } = await import('./rule-labels.ts');
    const answers: TypedHolds[number][] = [];
    for (const { when } of rules)
      answers.push('sql' in when ? await typedHolds(query, table, when.sql, signal) : null);
    return answers;
  }

  /**
   * The letters that are on the screen, for the next choice to follow: `anchor` of what the method made, `editedAnchor` of what a person made
   * of it; nothing where nothing is.
   */
  anchors(): Pick<SegmentSettings, 'anchor' | 'editedAnchor'> {
    const { made } = this;
    if (!made) return {};
    const { names, remarks = [], edits = [], anchor: before } = this.settings;
    const named = [...names, ...remarks].map(({ letter }) => letter);
    const byMethod = made.hands
      ? {
          labels: made.hands.labels,
          segments: Array.from(made.hands.letters, (colour) => ({ colour })),
        }
      : made;
    const anchor = anchorOf(byMethod, this.#witnesses, {
      named: [...named, ...edits.flatMap(lettersOf)],
      before,
    });
    if (!made.hands) return { anchor };
    return { anchor, editedAnchor: anchorOf(made, this.#witnesses, { named: [] }) };
  }

  /** Gives a segment a name, or with an empty one its own back. Nothing is calculated again. */
  rename(letter: string, name: string): void {
    const others = this.settings.names.filter((given) => given.letter !== letter);
    const names = name.trim() === '' ? others : [...others, { letter, name: name.trim() }];
    this.settings = { ...this.settings, names };
  }

  /** Back to nothing, for another file. Settings stay. */
  clear(): void {
    this.task.cancel();
    this.mapTask.cancel();
    this.closer.clear();
    this.#pictures = [];
    this.made = null;
    this.layout = null;
    this.#curve = null;
  }
}
