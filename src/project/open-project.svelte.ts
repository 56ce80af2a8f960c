import { TesseraError } from '../lib/errors.ts';
import type { Service } from '../lib/job.ts';
import { Autosave } from './store/autosave.ts';
import type { Page } from './store/page.ts';
import { States } from './store/states.ts';
import { Turn } from './store/turn.ts';
import type { Change, Damage, Draft, Reading } from './store/types.ts';
import type { Saved } from './store/words.ts';
import type { StoreApi } from './store/worker-api.ts';

const AUTOSAVE_MS = 300;
const PATIENCE_MS = 5000;

/** The project that is open in this tab: who may write it, and what of it is on the disk. */
export class OpenProject {
  readonly id: string;
  name = $state('');
  backedUpAt = $state<string | null>(null);
  changedAt = $state('');
  saved = $state<Exclude<Saved, 'not-stored'>>('saved');
  /** Why the last save failed. */
  error = $state.raw<unknown>(null);
  /** What could not be read; the project is read-only until `acceptOlder`. */
  damage = $state.raw<Damage | null>(null);
  /** The steps of the project as it was read; '' where there are none. */
  undo = '';
  readonly #states: States;
  readonly #turn: Turn;
  readonly #autosave: Autosave<Draft>;
  readonly #onreload: (document: string) => void;
  #opening = true;

  /** `onreload` hears of the document when this tab's turn to write comes later: another tab may have changed it. */
  constructor(
    id: string,
    service: Service<StoreApi>,
    page: Page,
    onreload: (document: string) => void,
  ) {
    this.id = id;
    this.#states = new States(id, service);
    this.#onreload = onreload;
    this.#autosave = new Autosave<Draft>({
      save: (draft) => this.#save({ ...draft, changedAt: page.now() }),
      onstate: (state, error) => this.#turn.writes && this.#tell(state, error),
      delayMs: AUTOSAVE_MS,
    });
    this.#turn = new Turn({
      project: id,
      tab: page.tab,
      locks: page.locks,
      channel: page.channel(id),
      onyield: () => this.#autosave.flush(),
      onchange: (writes) => (writes ? void this.#won() : this.#lost()),
    });
  }

  get readOnly(): boolean {
    return this.saved === 'read-only';
  }

  /** The document as it was saved last. Read-only where another tab writes it or a part is damaged. */
  async open(): Promise<string> {
    const first = await this.#turn.start();
    let { document } = await this.#read();
    if (!first && this.#turn.writes) ({ document } = await this.#read()); // the other tab saved once more and closed
    this.#opening = false;
    this.saved = this.#mayWrite ? 'saved' : 'read-only';
    return document;
  }

  /** Saves soon; at the latest 300 ms after the first change that is not saved. */
  schedule(draft: Draft): void {
    if (this.#mayWrite) this.#autosave.schedule(draft);
  }

  /** True when all that was scheduled is on the disk. Also the way to try again. */
  flush(): Promise<boolean> {
    return this.#autosave.flush();
  }

  /** What is not on the disk, though this tab tried; null where all is. */
  get unsaved(): Draft | null {
    return this.#autosave.waiting;
  }

  /** Another name, or the time of a backup. Throws where this tab may not write. */
  async note(change: Pick<Change, 'name' | 'backedUpAt'>): Promise<void> {
    if (!this.#mayWrite) throw new TesseraError('project-elsewhere', `“${this.name}”`);
    await this.flush();
    await this.#save(change);
    this.name = change.name ?? this.name;
    this.backedUpAt = change.backedUpAt ?? this.backedUpAt;
  }

  /** Asks the tab that writes to save and let go; false where it does not answer. The document comes through `onreload`. */
  takeOver(patienceMs = PATIENCE_MS): Promise<boolean> {
    return this.#turn.takeOver(patienceMs);
  }

  /** Goes on from the older state that is whole; the damaged one is put aside. */
  async acceptOlder(): Promise<void> {
    if (!this.#turn.writes) throw new TesseraError('project-elsewhere', `“${this.name}”`);
    await this.#states.mend();
    await this.#read();
    this.saved = 'saved';
  }

  /** Saves what waits; then another tab may write. False where that could not be saved: it is still open. */
  async close(): Promise<boolean> {
    if (this.#mayWrite && !(await this.flush())) return false;
    await this.leave();
    await this.#states.letGo();
    return true;
  }

  /** Without saving: the project is being purged, or what waits is given up. */
  leave(): Promise<void> {
    this.#autosave.drop();
    return this.#turn.close();
  }

  get #mayWrite(): boolean {
    return this.#turn.writes && (this.damage === null || this.damage.lost === 'spare');
  }

  async #read(): Promise<Reading> {
    const read = await this.#states.read();
    const { meta, damage } = read;
    this.name = meta.name;
    this.changedAt = meta.changedAt;
    this.backedUpAt = meta.backedUpAt;
    this.undo = meta.undo ?? '';
    this.damage = damage;
    return read;
  }

  async #save(change: Change): Promise<void> {
    await this.#states.save(change);
    this.changedAt = change.changedAt ?? this.changedAt;
    if (this.damage?.lost === 'spare') this.damage = null; // written over
  }

  async #won(): Promise<void> {
    if (this.#opening) return;
    try {
      const { document } = await this.#read();
      this.saved = this.#mayWrite ? 'saved' : 'read-only';
      this.#onreload(document);
    } catch (error) {
      this.#tell('failed', error);
    }
  }

  #tell(saved: 'saved' | 'saving' | 'failed', error: unknown): void {
    this.saved = saved;
    this.error = error;
  }

  #lost(): void {
    this.#autosave.drop();
    this.saved = 'read-only';
  }
}
