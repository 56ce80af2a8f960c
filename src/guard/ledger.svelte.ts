import { isCanary } from './canary.ts';
import { isHeaderPolicy } from './policy.ts';
import type { Block } from './types.ts';

/** What a person opened in this session. `at` is milliseconds since the page was opened. */
export type Opened = { readonly name: string; readonly bytes: number; readonly at: number };

/** What came in and what tried to go out, counted while the app runs. */
export class Ledger {
  opened = $state.raw<readonly Opened[]>([]);
  blocked = $state.raw<readonly Block[]>([]);
  /** Hosts other than our own that the browser's own log of requests names. Empty is the promise. */
  elsewhere = $state.raw<readonly string[]>([]);
  /** Bytes sent to other hosts: none as long as the log names no other host; unknown (null) otherwise. */
  sent = $derived(this.elsewhere.length === 0 ? 0 : null);
  blocks = $derived(this.blocked.reduce((sum, { count }) => sum + count, 0));
  /** The page's policy came as a header: set by the guard once it knows. */
  header = false;
  #started = false;

  /** Starts listening; calling it again changes nothing. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    document.addEventListener('securitypolicyviolation', (event) => {
      // The <meta> objects to the same attempt once more; where there is a header, only its word counts.
      if (isHeaderPolicy(event.originalPolicy) || !this.header)
        this.block(event.effectiveDirective, event.blockedURI);
    });
    new PerformanceObserver((list) => this.#look(list.getEntries())).observe({
      type: 'resource',
      buffered: true,
    });
  }

  /** Notes a file that a person opened, with its size in bytes. */
  open(name: string, bytes: number): void {
    this.opened = [...this.opened, { name, bytes, at: performance.now() }];
  }

  /** Notes something that the browser refused. Canaries are not counted. */
  block(directive: string, target: string): void {
    if (isCanary(target)) return;
    const same = (other: Block): boolean =>
      other.directive === directive && other.target === target;
    const count = (this.blocked.find(same)?.count ?? 0) + 1;
    this.blocked = [
      { directive, target, count },
      ...this.blocked.filter((other) => !same(other)).slice(0, 99),
    ];
  }

  #look(entries: readonly PerformanceEntry[]): void {
    const hosts = entries
      .filter(({ name }) => !isCanary(name) && URL.canParse(name))
      .map(({ name }) => new URL(name))
      .filter(
        ({ origin, protocol }) => /^(https?|wss?):$/.test(protocol) && origin !== location.origin,
      )
      .map(({ host }) => host);
    if (hosts.length > 0) this.elsewhere = [...new Set([...this.elsewhere, ...hosts])];
  }
}
