import { createContext } from 'svelte';
import { Exports } from '../exports/exports.svelte.ts';
import { Guard } from '../guard/guard.svelte.ts';
import type { Ask } from '../guard/types.ts';
import { Updates } from '../guard/updates.svelte.ts';
import type { Linked } from '../insight/cross/linked.svelte.ts';
import { bytes, plural } from '../lib/format.ts';
import { Insight } from '../insight/insight.svelte.ts';
import { History, type Past } from '../project/history.svelte.ts';
import type { Settings } from '../project/types.ts';
import { Samples } from '../samples/samples.svelte.ts';
import { Selection } from '../segments/map/selection.svelte.ts';
import { Quality } from '../tables/quality/quality.svelte.ts';
import { Disk } from './disk.svelte.ts';
import { openAppEngine } from './engine.ts';
import { Fitting } from './fitting.svelte.ts';
import { Grouping } from './grouping.svelte.ts';
import { Hands } from './hands.svelte.ts';
import { Intake } from './intake.svelte.ts';
import { Keeper } from './keeper.svelte.ts';
import { restoredNaming } from './names.ts';
import { firstChanged, Pipeline, untouched, type Stage } from './pipeline.svelte.ts';
import { Place } from './place.svelte.ts';
import { Recipes } from './recipes.svelte.ts';
import { SideBySide } from './side-by-side.svelte.ts';
import { Versions } from './versions.svelte.ts';
import { views } from './views.ts';
import { Workers } from './workers.ts';

/** Everything one open project needs, built once. */
export class Session {
  readonly place = new Place();
  readonly guard = new Guard();
  readonly #workers = new Workers(
    (asks) => void (this.#began ? this.guard.add(asks) : Object.assign(this.#first, asks)),
    ({ directive, target }) => this.guard.ledger.block(directive, target),
  );
  /** Asked together in the guard's first check; workers that start later are added to it. */
  readonly #first: Record<string, Ask> = {};
  #began = false;
  readonly engine = openAppEngine(this.#workers.startEngine, (words) => (this.notice = words));
  readonly updates = new Updates();
  readonly samples: Samples;
  readonly exports = new Exports();
  readonly selection = new Selection();
  readonly naming = restoredNaming();
  readonly history = new History<Settings>(untouched);
  readonly pipeline: Pipeline;
  /** Views of the same customers that follow one another. */
  /** The linked views, once a place has come that shows them (linked.svelte.ts): the first page does without. */
  linked = $state.raw<Linked | null>(null);
  choosingViews = $state(false);
  readonly recipes: Recipes;
  readonly keeper: Keeper;
  readonly fitting: Fitting;
  readonly disk: Disk;
  readonly quality: Quality;
  readonly insight: Insight;
  readonly grouping = new Grouping(this);
  readonly hands = new Hands(this);
  readonly versions = new Versions(this);
  readonly sideBySide = new SideBySide(this);
  readonly intake = new Intake(this);

  /** One sentence about something that put itself right, or that was just done. */
  notice = $state<string | null>(null);
  /** Why something was not opened, where no stage is to blame. */
  refused = $state.raw<unknown>(null);
  /** Opens the file picker for a new project, or to add to this one; the frame knows how. */
  askFile: (to: 'open' | 'add') => void = () => {};

  constructor() {
    this.samples = new Samples(this.#workers.samples);
    this.pipeline = new Pipeline(this.engine, this.#workers, this.selection);
    this.quality = new Quality(this.engine);
    this.insight = new Insight(this.#workers.insight, this.engine.query);
    this.fitting = new Fitting(this.engine, this.pipeline.files);
    this.disk = new Disk(this);
    this.recipes = new Recipes(this);
    this.keeper = new Keeper(this, this.#workers.store);
  }

  get files() {
    return this.pipeline.files;
  }
  get tables() {
    return this.pipeline.tables;
  }
  get features() {
    return this.pipeline.features;
  }
  get segments() {
    return this.pipeline.segments;
  }
  get runs() {
    return this.pipeline.runs;
  }
  get stale() {
    return this.pipeline.stale;
  }
  get running() {
    return this.pipeline.running;
  }
  get tasks() {
    return [
      this.samples.task,
      ...this.pipeline.tasks,
      this.exports.task,
      this.keeper.task,
      this.quality.task,
      ...this.insight.tasks,
      ...(this.linked ? [this.linked.task] : []),
    ];
  }

  /** Whether there is a project, be it still being opened. */
  get isOpen(): boolean {
    return this.intake.opening.length > 0 || this.history.current.files.sources.length > 0;
  }

  get name(): string {
    return this.isOpen ? this.keeper.name : 'New project';
  }

  /** Bytes of all files of the project. */
  get bytes(): number {
    return this.files.given.all.reduce((sum, { file }) => sum + file.size, 0);
  }

  /** Checks that nothing can leave this tab; files stay closed until then. */
  async start(): Promise<void> {
    this.#workers.warm();
    this.#began = true;
    await this.guard.run(this.#first);
    // The tab may be gone at any moment after this: what waits is written now
    addEventListener('visibilitychange', () => void this.keeper.flush());
    addEventListener('pagehide', () => void this.keeper.flush());
    void this.keeper.start();
    void this.intake.warmUp();
    await this.updates.start();
  }

  /** A project that was kept: its files are there already, and its settings hold. */
  async resume(settings: Settings, past: Past<Settings> | null = null): Promise<boolean> {
    this.history.reset(settings, past);
    this.pipeline.set(settings);
    this.place.go('data');
    void views.segments();
    if (!(await this.pipeline.run('files'))) return false;
    this.place.go('segments');
    return true;
  }

  close(): void {
    this.keeper.end();
    this.disk.clear();
    for (const task of this.tasks) task.cancel();
    this.pipeline.clear();
    this.insight.clear();
    this.linked?.clear();
    this.history.reset(untouched);
    this.pipeline.set(untouched);
    this.intake.opening = [];
    this.place.go('data');
  }

  cancel(): void {
    for (const task of this.tasks) task.cancel();
  }

  /** One decision of a person: kept for undo, and everything after it is done again. */
  async change<S extends Stage>(stage: S, label: string, settings: Settings[S]): Promise<void> {
    const before = this.history.current;
    await this.adopt(label, this.keepingLetters(before, { ...before, [stage]: settings }));
  }

  /** What is grouped again follows the letters on the screen: they become part of the decision, so that a recipe gives them again. */
  keepingLetters(before: Settings, next: Settings): Settings {
    const anchors = this.segments.anchors();
    if (anchors.anchor === undefined || firstChanged(before, next) === undefined) return next;
    const { editedAnchor: _old, ...segments } = next.segments;
    return { ...next, segments: { ...segments, ...anchors } };
  }

  /** Several decisions at once, as a recipe holds them. */
  async adopt(label: string, next: Settings): Promise<void> {
    const before = this.history.current;
    this.history.push(label, next);
    this.keeper.changed();
    await this.pipeline.apply(before, next);
  }

  async undo(): Promise<void> {
    await this.#turn(() => this.history.undo());
  }

  async redo(): Promise<void> {
    await this.#turn(() => this.history.redo());
  }

  async #turn(move: () => Settings): Promise<void> {
    const before = this.history.current;
    const next = move();
    this.keeper.changed();
    await this.pipeline.apply(before, next);
  }

  /** What the top bar says of the files while nothing is kept. */
  get summary(): string {
    const { length } = this.files.given.all;
    return this.isOpen ? `${plural(length, 'file')}, ${bytes(this.bytes)}` : 'Nothing stored yet';
  }
}

export const [useSession, provideSession] = createContext<Session>();
