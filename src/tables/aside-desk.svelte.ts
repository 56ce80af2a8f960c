import type { TextMode } from '../lib/csv-cell.ts';
import { pageJob } from '../lib/page-job.ts';
import { Task } from '../lib/task.svelte.ts';
import type { Proposal } from '../files/propose-mend.ts';
import type { Mend } from '../files/types.ts';
import { asideCsv } from './aside-csv.ts';
import type { AsideReason, AsideRow } from './aside-pages.ts';
import type { Aside } from './aside.ts';
import type { Ledger, SetAside } from './types.ts';

const PAGE = 100;
/** Pages that are kept; the one that was asked for longest ago goes first. */
const MOST_PAGES = 30;

/** The rows set aside of one import as a person looks at them: a list that scrolls, of one reason or all, and what is proposed. */
export class AsideDesk {
  readonly aside: Aside;
  readonly entries: readonly SetAside[];
  /** Null: all reasons, one below the other. */
  reason = $state<AsideReason | null>(null);
  /** What a person waits for: proposing for all rows, writing them down. */
  readonly task = new Task();
  /** Why a page could not be read. */
  error = $state.raw<unknown>(null);
  #pages = $state.raw<ReadonlyMap<string, readonly AsideRow[]>>(new Map());
  readonly #asked = new Set<string>();
  readonly #proposals = new WeakMap<AsideRow, Proposal | null>();

  constructor(aside: Aside, { setAside }: Pick<Ledger, 'setAside'>) {
    this.aside = aside;
    this.entries = setAside;
  }

  /** The entries that are listed. */
  get listed(): readonly SetAside[] {
    return this.entries.filter(({ reason }) => this.reason === null || reason === this.reason);
  }

  get rows(): number {
    return this.listed.reduce((sum, entry) => sum + this.aside.reachable(entry), 0);
  }

  /** Row `i` of the list; null while it is being read, which the question starts. */
  row(i: number): AsideRow | null {
    let at = i;
    for (const entry of this.listed) {
      const rows = this.aside.reachable(entry);
      if (at < rows) return this.#page(entry, Math.floor(at / PAGE))?.[at % PAGE] ?? null;
      at -= rows;
    }
    return null;
  }

  proposal(row: AsideRow): Proposal | null {
    let found = this.#proposals.get(row);
    if (found === undefined) this.#proposals.set(row, (found = this.aside.propose(row)));
    return found;
  }

  /** The mends of all listed rows for which one is clear; undefined where it was cancelled or failed. */
  async proposeAll(): Promise<readonly Mend[] | undefined> {
    const entries = this.listed;
    return this.task.run(async (options) => {
      const mends: Mend[] = [];
      const job = pageJob(options);
      for (const entry of entries) mends.push(...(await this.aside.proposeAll(entry, job)));
      return mends;
    });
  }

  /** The listed rows as CSV; undefined where it was cancelled or failed. */
  async csv(mode: TextMode): Promise<Blob | undefined> {
    const entries = this.listed;
    return this.task.run((options) => asideCsv(this.aside, { entries, mode }, pageJob(options)));
  }

  #page(entry: SetAside, page: number): readonly AsideRow[] | undefined {
    const key = `${entry.reason} ${page}`;
    const found = this.#pages.get(key);
    if (!found && !this.#asked.has(key)) {
      this.#asked.add(key);
      queueMicrotask(() => void this.#read(entry, page, key)); // asked while drawing, when no state may change
    }
    return found;
  }

  async #read(entry: SetAside, page: number, key: string): Promise<void> {
    try {
      const rows = await this.aside.page(entry, { from: page * PAGE, count: PAGE }, pageJob({}));
      const pages = [...this.#pages, [key, rows] as const];
      for (const [gone] of pages.slice(0, -MOST_PAGES)) this.#asked.delete(gone);
      this.#pages = new Map(pages.slice(-MOST_PAGES));
      this.error = null;
    } catch (error) {
      this.#asked.delete(key);
      this.error = error;
    }
  }
}
