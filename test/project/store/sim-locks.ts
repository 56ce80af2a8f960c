import type { Locks } from '../../../src/project/store/folder.ts';

type Waiting = { readonly tab: string; readonly mode: LockMode; readonly grant: () => void };
type Holder = { readonly tab: string; readonly mode: LockMode; readonly break: () => void };

/** Web Locks in one process: `locks(tab)` is what one tab sees; `kill(tab)` lets go all that it holds or waits for. */
export class SimLocks {
  readonly #held = new Map<string, Set<Holder>>();
  readonly #waiting = new Map<string, Waiting[]>();

  locks(tab: string): Locks {
    const request = async (name: string, a: unknown, b?: unknown): Promise<unknown> => {
      const options = (b ? a : {}) as LockOptions;
      const work = (b ?? a) as (lock: Lock | null) => unknown;
      return this.#request(tab, name, options, work);
    };
    return { request: request as Locks['request'] };
  }

  kill(tab: string): void {
    for (const [name, waiting] of this.#waiting)
      this.#waiting.set(
        name,
        waiting.filter((each) => each.tab !== tab),
      );
    for (const held of this.#held.values())
      for (const each of held) if (each.tab === tab) held.delete(each);
    for (const name of this.#waiting.keys()) this.#next(name);
  }

  isHeld(name: string): boolean {
    return (this.#held.get(name)?.size ?? 0) > 0;
  }

  async #request(
    tab: string,
    name: string,
    options: LockOptions,
    work: (lock: Lock | null) => unknown,
  ): Promise<unknown> {
    const { mode = 'exclusive', ifAvailable = false, steal = false, signal } = options;
    const held = this.#held.get(name) ?? new Set<Holder>();
    this.#held.set(name, held);
    this.#waiting.set(name, this.#waiting.get(name) ?? []);
    if (steal)
      for (const each of held) {
        held.delete(each);
        each.break();
      }
    const free = () => this.#waiting.get(name)!.length === 0 && this.#isFree(name, mode);
    if (ifAvailable && !free()) return work(null);
    let breakIt = () => {};
    const broken = new Promise<never>((_, reject) => {
      breakIt = () => reject(new DOMException('stolen', 'AbortError'));
    });
    const entry = { tab, mode, break: breakIt };
    if (steal || free()) held.add(entry);
    else await this.#wait(name, entry, signal);
    try {
      return await Promise.race([work({ name, mode }), broken]);
    } finally {
      held.delete(entry);
      this.#next(name);
    }
  }

  #wait(name: string, entry: Holder, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const grant = () => (this.#held.get(name)!.add(entry), resolve());
      const waiting = { tab: entry.tab, mode: entry.mode, grant };
      this.#waiting.get(name)!.push(waiting);
      signal?.addEventListener('abort', () => {
        const now = this.#waiting.get(name)!;
        if (!now.includes(waiting)) return;
        now.splice(now.indexOf(waiting), 1);
        reject(signal.reason as Error);
        this.#next(name);
      });
    });
  }

  #isFree(name: string, mode: LockMode): boolean {
    const held = [...(this.#held.get(name) ?? [])];
    return mode === 'shared' ? held.every((each) => each.mode === 'shared') : held.length === 0;
  }

  #next(name: string): void {
    const waiting = this.#waiting.get(name) ?? [];
    const [first] = waiting;
    if (!first || !this.#isFree(name, first.mode)) return;
    waiting.shift();
    first.grant();
    this.#next(name);
  }
}
