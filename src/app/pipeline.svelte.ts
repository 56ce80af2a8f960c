import type { Engine } from '../db/query.ts';
import { Features } from '../features/features.svelte.ts';
import { Files } from '../files/files.svelte.ts';
import type { Settings } from '../project/types.ts';
import { Runs } from '../segments/runs.svelte.ts';
import { Segments } from '../segments/segments.svelte.ts';
import type { Selection } from '../segments/map/selection.svelte.ts';
import { segmentDefaults } from '../segments/types.ts';
import { Tables } from '../tables/tables.svelte.ts';
import type { Workers } from './workers.ts';

export type Stage = keyof Settings;

const order = ['files', 'tables', 'features', 'segments'] as const satisfies readonly Stage[];

/** What a project starts with: nothing is open, and everything is Tessera's choice. */
export const untouched: Settings = {
  files: { sources: [] },
  tables: {},
  features: {},
  segments: segmentDefaults,
};

/** The stages from files to segments, each with what the one before it made. The only place where they meet. */
export class Pipeline {
  readonly files: Files;
  readonly tables: Tables;
  readonly features: Features;
  readonly segments: Segments;
  readonly runs = new Runs();
  /** Stages that wait for one before them to succeed. */
  stale = $state.raw<readonly Stage[]>([]);
  running = $state(false);
  readonly #selection: Selection;

  constructor(engine: Engine, workers: Workers, selection: Selection) {
    this.files = new Files(engine, workers.files);
    this.tables = new Tables(engine, workers.people);
    this.features = new Features(engine.query, workers.segments);
    this.segments = new Segments(workers.segments, engine.query);
    this.#selection = selection;
  }

  get tasks() {
    const { files, tables, features, segments } = this;
    const work = [files.task, tables.task, features.task, segments.task];
    const { closer, mapTask } = segments;
    return [...work, tables.closer, mapTask, closer.task, closer.nearTask, closer.checkTask];
  }

  cancel(): void {
    for (const task of this.tasks) task.cancel();
  }

  clear(): void {
    this.#empty();
    void this.files.clear();
  }

  set(settings: Settings): void {
    this.files.settings = settings.files;
    this.tables.settings = settings.tables;
    this.features.settings = settings.features;
    this.segments.settings = settings.segments;
  }

  /** Does again what `next` makes out of date. */
  async apply(before: Settings, next: Settings): Promise<void> {
    this.set(next);
    const first = firstChanged(before, next);
    if (next.files.sources.length === 0) this.#empty();
    else if (first) await this.run(first);
    else if (this.features.table && !sameMap(before, next))
      void this.segments.drawMap(this.features.table);
  }

  /** No table is left: nothing that was made of one may stay. */
  #empty(): void {
    this.cancel();
    this.#selection.clear();
    this.files.sources = [];
    this.tables.clear();
    this.features.clear();
    this.segments.clear();
    this.runs.clear();
    this.stale = [];
  }

  /** Runs what waits for it. */
  async again(): Promise<void> {
    const [first] = this.stale;
    if (first) await this.run(first);
  }

  /** Runs the first stage that is out of date, at the latest `first`, and all after it; false where one of them was cancelled or failed. */
  async run(first: Stage): Promise<boolean> {
    const from = first === 'tables' && this.files.isOutdated ? 'files' : first;
    const waiting = this.stale[0] ?? from;
    this.stale = order.slice(Math.min(order.indexOf(from), order.indexOf(waiting)));
    for (const stage of this.stale) this[stage].task.cancel(); // a run under way gives up where it is
    this.running = true;
    try {
      return await this.#stages();
    } finally {
      if (this.tables.task.error ?? this.features.task.error) void this.tables.lookCloser();
      this.running = order.some((stage) => this[stage].task.running);
    }
  }

  async #stages(): Promise<boolean> {
    const { files, tables, features, segments } = this;
    const isStale = (stage: Stage) => this.stale.includes(stage);
    const done = (stage: Stage) => (this.stale = this.stale.filter((other) => other !== stage));
    const sources = isStale('files') ? await files.open() : files.sources;
    if (!sources || sources.length === 0) return false;
    done('files');
    const dataset = isStale('tables') ? await tables.run(sources) : tables.dataset;
    if (!dataset) return false;
    done('tables');
    const measured = isStale('features');
    const table = measured ? await features.run(dataset) : features.table;
    if (!table) return false;
    if (measured) this.#selection.clear(); // rows may be others now
    done('features');
    void tables.lookCloser(); // beside the search for segments, which another thread does
    const [decided, asked] = [features.settings, segments.settings];
    const before = segments.segmentation;
    const found = await segments.run(table);
    if (!found) return false;
    this.#selection.follow(before, found);
    this.runs.note({ features: decided, settings: asked, tookMs: segments.tookMs }, table, found);
    done('segments');
    return true;
  }
}

/** The first stage that `next` makes out of date; undefined where none is. */
export const firstChanged = (before: Settings, next: Settings): Stage | undefined =>
  order.find((stage) => differs(stage, before, next));

const sameMap = (before: Settings, next: Settings) =>
  JSON.stringify(before.segments.map) === JSON.stringify(next.segments.map);

/** What is said of a segment, or another map or look of it, is no reason to group again. */
function differs(stage: Stage, before: Settings, next: Settings): boolean {
  const said = { names: [], remarks: [], versions: [], views: [], map: 'pca', look: {} };
  const plain = (settings: Settings) =>
    JSON.stringify(stage === 'segments' ? { ...settings.segments, ...said } : settings[stage]);
  return plain(before) !== plain(next);
}
