import type { Locks } from './folder.ts';

/** A BroadcastChannel, or one between tabs of a test. */
export type Channel = {
  post(message: TurnMessage): void;
  /** Gives the way to stop listening. */
  hear(listen: (message: TurnMessage) => void): () => void;
};

export type TurnMessage = { readonly ask: string } | { readonly flushed: string };

export type TurnOptions = {
  readonly project: string;
  /** This tab, unlike any other. */
  readonly tab: string;
  readonly locks: Locks;
  readonly channel: Channel;
  /** Saves what waits, and saves nothing afterwards; another tab takes over when it resolves to true. */
  readonly onyield: () => Promise<boolean>;
  /** This tab writes now, or no longer. */
  readonly onchange: (writes: boolean) => void;
};

/**
 * Which of several tabs writes a project: the one that holds its Web Lock. A tab that dies lets go of it by itself, and the
 * next that waits writes. One that lives is asked first and has saved everything before it loses its turn.
 */
export class Turn {
  readonly #options: TurnOptions;
  readonly #deaf: () => void;
  #writes = false;
  /** The request that was granted last. */
  #holds: symbol | null = null;
  #closed = false;
  #release: () => void = () => {};
  #ended: Promise<void> = Promise.resolve();
  #stopWaiting = new AbortController();
  #answered: (() => void) | null = null;

  constructor(options: TurnOptions) {
    this.#options = options;
    this.#deaf = options.channel.hear((message) => void this.#hear(message));
  }

  get writes(): boolean {
    return this.#writes;
  }

  /** True if nobody else has the project open; else this tab waits for its turn. */
  async start(): Promise<boolean> {
    const got = await this.#request({ ifAvailable: true });
    if (!got) this.#wait();
    return got;
  }

  /** Asks the tab that writes to save and to let go. False where it does not answer in time: it is busy, not dead. */
  async takeOver(patienceMs: number): Promise<boolean> {
    const { channel, tab } = this.#options;
    if (this.#writes) return true;
    const answered = await new Promise<boolean>((resolve) => {
      const timeout = setTimeout(() => resolve(false), patienceMs);
      this.#answered = () => (clearTimeout(timeout), resolve(true));
      channel.post({ ask: tab });
    });
    this.#answered = null;
    if (this.#writes) return true; // it died meanwhile
    if (!answered || this.#closed) return false;
    this.#stopWaiting.abort();
    return this.#request({ steal: true });
  }

  /** The project is closed here; resolves when others may have it. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#deaf();
    this.#stopWaiting.abort();
    this.#lose();
    await this.#ended;
  }

  #wait(): void {
    this.#stopWaiting = new AbortController();
    void this.#request({ signal: this.#stopWaiting.signal });
  }

  /** Resolves to whether the lock was granted; it is held until `#release`. */
  #request(how: LockOptions): Promise<boolean> {
    const { locks, project, onchange } = this.#options;
    const me = Symbol();
    return new Promise((resolve) => {
      const held = locks.request(`tessera-project-${project}`, how, (lock) => {
        if (!lock || this.#closed || how.signal?.aborted) return resolve(false);
        const released = new Promise<void>((release) => (this.#release = release));
        this.#writes = true;
        this.#holds = me;
        this.#answered?.();
        resolve(true);
        onchange(true);
        return released;
      });
      this.#ended = held.then(
        () => {},
        () => {
          resolve(false); // no longer waited for
          if (this.#holds !== me) return;
          this.#lose(); // stolen: granted just before the other tab, which had been promised the turn, took it
          if (!this.#closed) this.#wait();
        },
      );
    });
  }

  #lose(): void {
    this.#release();
    if (!this.#writes) return;
    this.#writes = false;
    this.#options.onchange(false);
  }

  async #hear(message: TurnMessage): Promise<void> {
    const { channel, tab, onyield } = this.#options;
    if ('flushed' in message) {
      if (message.flushed === tab) this.#answered?.();
    } else if (this.#writes && message.ask !== tab && (await onyield()) && this.#writes) {
      this.#lose();
      channel.post({ flushed: message.ask });
      if (!this.#closed) this.#wait();
    }
  }
}
