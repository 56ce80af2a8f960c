/** How a save went. `saved` is only said when nothing waits and the last one is on the disk. */
export type SaveState = 'saved' | 'saving' | 'failed';

export type AutosaveOptions<T> = {
  /** Resolves when the value is on the disk. */
  readonly save: (value: T) => Promise<void>;
  readonly onstate: (state: SaveState, error: unknown) => void;
  /** From the first change that is not saved to the start of its save, ms; changes in between go with it. */
  readonly delayMs: number;
};

/** Saves the newest value, one save at a time. A value that could not be saved waits for the next try. */
export class Autosave<T> {
  readonly #options: AutosaveOptions<T>;
  #waiting: { readonly value: T } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #inFlight: Promise<boolean> | null = null;

  constructor(options: AutosaveOptions<T>) {
    this.#options = options;
  }

  /** What waits to be saved, or could not be; null where nothing does. */
  get waiting(): T | null {
    return this.#waiting?.value ?? null;
  }

  schedule(value: T): void {
    this.#waiting = { value };
    this.#options.onstate('saving', null);
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.delayMs);
  }

  /** Saves now what waits; true when all of it is on the disk. Also the way to try again after a failure. */
  async flush(): Promise<boolean> {
    this.#stopTimer();
    while (this.#inFlight) await this.#inFlight;
    if (!this.#waiting) return true;
    const { value } = this.#waiting;
    this.#waiting = null;
    this.#inFlight = this.#save(value);
    const saved = await this.#inFlight;
    return saved && this.#waiting ? this.flush() : saved;
  }

  /** Forgets what waits: another tab writes now, or the project is closed. */
  drop(): void {
    this.#stopTimer();
    this.#waiting = null;
  }

  async #save(value: T): Promise<boolean> {
    const { save, onstate } = this.#options;
    onstate('saving', null);
    try {
      await save(value);
      this.#inFlight = null;
      if (!this.#waiting) onstate('saved', null);
      return true;
    } catch (error) {
      this.#inFlight = null;
      this.#waiting ??= { value };
      onstate('failed', error);
      return false;
    }
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
