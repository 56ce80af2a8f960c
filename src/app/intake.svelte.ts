import { TesseraError } from '../lib/errors.ts';
import type { Settings } from '../project/types.ts';
import type { SchemeId } from '../samples/types.ts';
import type { Opening } from './openings.ts';
import type { Session } from './session.svelte.ts';
import { views } from './views.ts';

/** Files on their way in: from a drop, a picker, a sample or a pasted table to segments on the map. */
export class Intake {
  /** Names of what is being opened, until it is known which tables are in it. */
  opening = $state.raw<readonly string[]>([]);
  readonly #warming = new AbortController();
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** While the person looks for their file. A failure is told by the first file that meets it. */
  async warmUp(): Promise<void> {
    try {
      await this.#session.engine.start();
      void this.#session.tables.load();
      const { warmUp } = await import('../tables/warm-up.ts');
      const made = this.#session.isOpen ? null : await this.#session.files.warmUp();
      if (made) await warmUp(this.#session.engine, made.file, made.opened, this.#warming.signal);
    } catch (error) {
      console.warn('The database is not ready yet:', error);
    }
  }

  /** A new project from files to segments on the map, with nothing to configure. */
  async open(files: readonly Opening[], name = nameOf(files)): Promise<void> {
    if (files.length === 0 || !(await this.#mayOpen())) return;
    this.#session.close();
    this.#session.keeper.begin(name);
    await this.#take(files, (next) => this.#session.history.reset(next));
  }

  /** More files for the project that is open: tables beside those that are there. */
  async add(files: readonly Opening[]): Promise<void> {
    if (!this.#session.isOpen) return this.open(files);
    if (files.length === 0 || !(await this.#mayOpen())) return;
    const names = files.map(({ file }) => file.name);
    await this.#take(files, (next) => this.#session.history.push(`Add ${names.join(', ')}`, next));
  }

  async openSample(id: SchemeId): Promise<void> {
    const { samples } = this.#session;
    const file = await samples.open(id);
    if (file) await this.open([{ file }], samples.list.find((each) => each.id === id)?.name);
  }

  async paste(text: string): Promise<void> {
    await this.add([{ file: this.#session.files.paste(text, 'Pasted table.csv') }]);
  }

  async #mayOpen(): Promise<boolean> {
    this.#session.refused = null;
    this.#session.notice = null;
    this.#warming.abort();
    if (await this.#session.guard.allowsImport()) return true;
    this.#session.refused = new TesseraError('guard-failed', this.#session.guard.words);
    return false;
  }

  /** Finds the tables in the files, and does the whole chain. */
  async #take(files: readonly Opening[], decide: (next: Settings) => void): Promise<void> {
    this.opening = files.map(({ file }) => file.name);
    for (const { file } of files) this.#session.guard.ledger.open(file.name, file.size);
    const keys = files.map(({ file, handle }) => this.#session.files.given.give(file, handle));
    this.#session.place.go('data');
    void views.segments(); // while the files are read
    const before = this.#session.history.current;
    const proposed = await this.#session.files.propose(keys);
    const found = proposed && (await this.#session.fitting.fit(proposed, before.files.sources));
    if (proposed && !found) return this.#giveUp(before);
    if (found || before.files.sources.length > 0) this.opening = [];
    if (!found) return; // what is wrong stands at the files
    const next = this.#session.keepingLetters(before, { ...before, files: found });
    decide(next);
    this.#session.pipeline.set(next);
    const done = await this.#session.pipeline.run('files');
    this.#session.keeper.changed(); // the copy on the disk waits until the result is there
    if (!done) return;
    if (before.files.sources.length === 0) this.#session.place.go('segments');
    await this.#session.recipes.followAwaited();
  }

  /** The person chose not to load what does not fit: the project stays as it was. */
  #giveUp({ files }: Settings): void {
    this.opening = [];
    if (files.sources.length === 0) this.#session.close();
    this.#session.notice = 'Nothing was loaded, and nothing has changed.';
  }
}

const nameOf = (files: readonly Opening[]): string => {
  const [first] = files;
  const name = first?.file.name.replace(/\.[a-z]{1,8}(\.gz)?$/i, '') ?? 'Project';
  return files.length > 1 ? `${name} and ${files.length - 1} more` : name;
};
