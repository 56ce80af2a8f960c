import { createContext } from 'svelte';
import { version } from '../../package.json';
import { Features } from '../features/features.svelte.ts';
import { Files } from '../files/files.svelte.ts';
import { Guard } from '../guard/guard.svelte.ts';
import type { Ask } from '../guard/types.ts';
import { Updates } from '../guard/updates.svelte.ts';
import { TesseraError } from '../lib/errors.ts';
import { bytes } from '../lib/format.ts';
import { Exports } from '../exports/exports.svelte.ts';
import type { TextMode } from '../exports/types.ts';
import { download } from '../lib/download.ts';
import { History } from '../project/history.svelte.ts';
import { parse, serialise, type Recipe } from '../project/recipe.ts';
import { isSameResult, recipeOf, requireSameFile, settingsOf } from '../project/recipe-of.ts';
import type { Settings } from '../project/types.ts';
import { Samples } from '../samples/samples.svelte.ts';
import type { SchemeId } from '../samples/types.ts';
import { Selection } from '../segments/map/selection.svelte.ts';
import { Segments } from '../segments/segments.svelte.ts';
import { segmentDefaults } from '../segments/types.ts';
import { Tables } from '../tables/tables.svelte.ts';
import { warmUp } from '../tables/warm-up.ts';
import { openAppEngine } from './engine.ts';
import { Place } from './place.svelte.ts';
import { views } from './views.ts';
import { Workers } from './workers.ts';

export type Stage = keyof Settings;

const order = ['files', 'tables', 'features', 'segments'] as const satisfies readonly Stage[];
const untouched: Settings = { files: {}, tables: {}, features: {}, segments: segmentDefaults };

/** Everything one open project needs, built once. The only place where stages meet. */
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
  readonly #warming = new AbortController();
  readonly engine = openAppEngine(this.#workers.startEngine, (words) => (this.notice = words));
  readonly updates = new Updates();
  readonly samples: Samples;
  readonly files: Files;
  readonly tables: Tables;
  readonly features: Features;
  readonly segments: Segments;
  readonly exports = new Exports();
  readonly selection = new Selection();
  readonly history = new History<Settings>(untouched);

  file = $state.raw<File | null>(null);
  /** One sentence about something that put itself right, or that was just done. */
  notice = $state<string | null>(null);
  /** Why something was not opened, where no stage is to blame. */
  refused = $state.raw<unknown>(null);
  /** Stages that wait for one before them to succeed. */
  stale = $state.raw<readonly Stage[]>([]);
  running = $state(false);
  /** Opens the file picker; the frame knows how. */
  askFile: () => void = () => {};
  /** A recipe that waits for its file. */
  awaited = $state.raw<Recipe | null>(null);

  constructor() {
    this.samples = new Samples(this.#workers.samples);
    this.files = new Files(this.engine, this.#workers.files);
    this.tables = new Tables(this.engine);
    this.features = new Features(this.engine.query, this.#workers.segments);
    this.segments = new Segments(this.#workers.segments);
  }

  /** Checks that nothing can leave this tab; files stay closed until then. */
  async start(): Promise<void> {
    this.#workers.warm();
    this.#began = true;
    await this.guard.run(this.#first);
    void this.#warmUp();
    await this.updates.start();
  }

  /** While the person looks for their file. A failure is told by the first file that meets it. */
  async #warmUp(): Promise<void> {
    try {
      await this.engine.start();
      const made = this.file ? null : await this.files.warmUp();
      if (made) await warmUp(this.engine, made.file, made.opened, this.#warming.signal);
    } catch (error) {
      console.warn('The database is not ready yet:', error);
    }
  }

  get name(): string {
    return this.file ? this.file.name.replace(/\.(csv|tsv|txt)?(\.gz)?$/i, '') : 'New project';
  }

  get tasks() {
    return [
      this.samples.task,
      this.files.task,
      this.tables.task,
      this.features.task,
      this.segments.task,
      this.exports.task,
      this.tables.closer,
    ];
  }

  /** A recipe is opened on its file: the one that is open, or the next one. */
  async openRecipe(file: File): Promise<void> {
    this.refused = null;
    try {
      const recipe = parse(await file.text());
      if (this.tables.dataset) return await this.#follow(recipe);
      this.awaited = recipe;
      this.notice = `The recipe is for ${recipe.source.name} (${bytes(recipe.source.bytes)}). Open that file now.`;
    } catch (error) {
      this.refused = error;
    }
  }

  /** Does what the recipe says on the open file, and says whether the segments are the same. */
  async #follow(recipe: Recipe): Promise<void> {
    const { dataset } = this.tables;
    if (!dataset) return;
    requireSameFile(recipe, dataset);
    await this.adopt('Recipe', settingsOf(recipe));
    const { table } = this.features;
    const { segmentation } = this.segments;
    if (!table || !segmentation || this.stale.length > 0) return;
    this.notice = (await isSameResult(recipe, table, segmentation))
      ? 'The recipe was followed: every customer is in the same segment as when it was saved.'
      : 'The recipe was followed, but some customers are in other segments than when it was saved.';
    this.place.go('segments');
  }

  async saveRecipe(): Promise<void> {
    const { dataset } = this.tables;
    const { table } = this.features;
    const { segmentation } = this.segments;
    if (!dataset || !table || !segmentation) return;
    const settings = this.history.current;
    const recipe = await recipeOf({ app: version, settings, dataset, table, segmentation });
    download(this.exports.recipe(dataset.source.name, serialise(recipe)));
  }

  /** `exact`: texts as they are, for machines; `safe`: no cell can become a formula in a spreadsheet. */
  async saveCustomers(mode: TextMode = 'safe'): Promise<void> {
    const { dataset } = this.tables;
    const { table } = this.features;
    const { segmentation } = this.segments;
    if (!dataset || !table || !segmentation) return;
    this.exports.mode = mode;
    const file = await this.exports.customers(dataset.source.name, { table, segmentation });
    if (file) download(file);
  }

  /** `picture` is the map: PNG as a Blob, SVG as text. */
  savePicture(picture: Blob | string): void {
    const blob =
      typeof picture === 'string' ? new Blob([picture], { type: 'image/svg+xml' }) : picture;
    download(this.exports.picture(this.file?.name ?? 'customers', 'map', blob));
  }

  /** From a file to segments on the map, with nothing to configure. */
  async open(file: File, settings: Settings = untouched): Promise<void> {
    this.refused = null;
    this.notice = null;
    if (!(await this.guard.allowsImport())) {
      this.refused = new TesseraError('guard-failed', this.guard.words);
      return;
    }
    this.#warming.abort();
    this.close();
    this.file = file;
    this.guard.ledger.open(file.name, file.size);
    this.history.reset(settings);
    this.#set(settings);
    this.place.go('data');
    void views.segments(); // while the file is read
    const recipe = this.awaited;
    this.awaited = null;
    if (!(await this.#run('files'))) return;
    this.place.go('segments');
    if (recipe) await this.#follow(recipe).catch((error: unknown) => (this.refused = error));
  }

  async openSample(id: SchemeId): Promise<void> {
    const file = await this.samples.open(id);
    if (file) await this.open(file);
  }

  async paste(text: string): Promise<void> {
    await this.open(this.files.paste(text, 'Pasted table.csv'));
  }

  close(): void {
    this.cancel();
    this.selection.clear();
    this.files.source = null;
    this.tables.clear();
    this.features.clear();
    this.segments.clear();
    this.file = null;
    this.stale = [];
  }

  cancel(): void {
    for (const task of this.tasks) task.cancel();
  }

  /** One decision of a person: kept for undo, and everything after it is done again. */
  async change<S extends Stage>(stage: S, label: string, settings: Settings[S]): Promise<void> {
    const next = { ...this.history.current, [stage]: settings };
    const before = this.history.current;
    this.history.push(label, next);
    await this.#apply(before, next);
  }

  /** Several decisions at once, as a recipe holds them. */
  async adopt(label: string, next: Settings): Promise<void> {
    const before = this.history.current;
    this.history.push(label, next);
    await this.#apply(before, next);
  }

  /** Runs again what waits for it. */
  async again(): Promise<void> {
    const [first] = this.stale;
    if (first) await this.#run(first);
  }

  async undo(): Promise<void> {
    const before = this.history.current;
    await this.#apply(before, this.history.undo());
  }

  async redo(): Promise<void> {
    const before = this.history.current;
    await this.#apply(before, this.history.redo());
  }

  async #apply(before: Settings, next: Settings): Promise<void> {
    this.#set(next);
    const first = order.find((stage) => differs(stage, before, next));
    if (first && this.file) await this.#run(first);
  }

  #set(settings: Settings): void {
    this.files.settings = settings.files;
    this.tables.settings = settings.tables;
    this.features.settings = settings.features;
    this.segments.settings = settings.segments;
  }

  /** Runs the first stage that is out of date, at the latest `from`, and all after it; false where one of them was cancelled or failed. */
  async #run(from: Stage): Promise<boolean> {
    const file = this.file;
    if (!file) return false;
    const waiting = this.stale[0] ?? from;
    this.stale = order.slice(Math.min(order.indexOf(from), order.indexOf(waiting)));
    for (const stage of this.stale) this[stage].task.cancel(); // a run under way gives up where it is
    this.running = true;
    const done = (stage: Stage) => (this.stale = this.stale.filter((other) => other !== stage));
    try {
      const source =
        this.stale.includes('files') || !this.files.source
          ? await this.files.open(file)
          : this.files.source;
      if (!source) return false;
      done('files');
      const dataset =
        this.stale.includes('tables') || !this.tables.dataset
          ? await this.tables.run(source)
          : this.tables.dataset;
      if (!dataset) return false;
      done('tables');
      const table =
        this.stale.includes('features') || !this.features.table
          ? await this.features.run(dataset)
          : this.features.table;
      if (!table) return false;
      done('features');
      void this.tables.lookCloser(); // beside the search for segments, which another thread does
      this.selection.clear();
      if (!(await this.segments.run(table))) return false;
      done('segments');
      return true;
    } finally {
      if (this.tables.task.error ?? this.features.task.error) void this.tables.lookCloser();
      this.running = this.tasks.some((task) => task.running);
    }
  }

  /** What the top bar says about the file. */
  get summary(): string {
    return this.file ? `${this.file.name}, ${bytes(this.file.size)}` : 'Nothing stored yet';
  }
}

/** A new name of a segment is no reason to group again. */
function differs(stage: Stage, before: Settings, next: Settings): boolean {
  const plain = (settings: Settings) =>
    JSON.stringify(stage === 'segments' ? { ...settings.segments, names: [] } : settings[stage]);
  return plain(before) !== plain(next);
}

export const [useSession, provideSession] = createContext<Session>();
