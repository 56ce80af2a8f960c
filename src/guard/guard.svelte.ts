import { tryPageCanaries } from './canaries.ts';
import { Ledger } from './ledger.svelte.ts';
import { headersArrived, reloadForHeaders } from './offline.ts';
import type { Ask, CanaryReport, GuardReport, Witness } from './types.ts';
import { judge } from './verdict.ts';

/** How long a worker may take to load and answer before the check fails. */
const ANSWER_MS = 60_000;

/** Keeps files closed until the page and every worker have tried to send something out and have seen it blocked. */
export class Guard {
  state = $state<'checking' | 'full' | 'partial' | 'shut'>('checking');
  report = $state.raw<GuardReport | null>(null);
  readonly ledger = new Ledger();
  words = $derived(
    this.report?.words ??
      'Checking that nothing can leave this tab. Files open when that is known.',
  );
  readonly #tryPage: () => Promise<CanaryReport>;
  #check: Promise<GuardReport> | null = null;
  #page: CanaryReport | null = null;
  #witnesses: readonly Witness[] = [];
  #begun = (): void => {};
  readonly #first = new Promise<void>((resolve) => (this.#begun = resolve));

  constructor(tryPage: () => Promise<CanaryReport> = tryPageCanaries) {
    this.#tryPage = tryPage;
  }

  /** Asks the page and all `workers`, by name. Loads the page again, once, if only that brings the headers. May be run again. */
  run(workers: Readonly<Record<string, Ask>>): Promise<GuardReport> {
    this.#check = this.#run(workers);
    this.#begun();
    return this.#check;
  }

  /** Asks workers that started later, or again, and judges anew with what the others said. Files are closed meanwhile. */
  add(workers: Readonly<Record<string, Ask>>): Promise<GuardReport> {
    const before = this.#check;
    this.#check = (async () => {
      await before;
      return this.#hear(workers);
    })();
    return this.#check;
  }

  /** Waits for the check, then says whether files may be opened. */
  async allowsImport(): Promise<boolean> {
    await this.#first;
    await this.#check;
    return this.state === 'full' || this.state === 'partial';
  }

  async #run(workers: Readonly<Record<string, Ask>>): Promise<GuardReport> {
    this.state = 'checking';
    this.report = null;
    this.ledger.start();
    const page = await answerOf('the page', this.#tryPage());
    this.ledger.header = page?.header ?? false;
    if (page?.header) headersArrived();
    else await reloadForHeaders(); // goes on here only where that cannot help
    this.#page = page;
    this.#witnesses = [];
    return this.#hear(workers);
  }

  async #hear(workers: Readonly<Record<string, Ask>>): Promise<GuardReport> {
    this.state = 'checking';
    const heard = await Promise.all(
      Object.entries(workers).map(async ([name, ask]): Promise<Witness> => {
        const report = await answerOf(name, ask(AbortSignal.timeout(ANSWER_MS)));
        return { name, report };
      }),
    );
    const others = this.#witnesses.filter(({ name }) => !(name in workers));
    this.#witnesses = [...others, ...heard];
    const report = judge(this.#page, this.#witnesses);
    this.report = report;
    this.state = report.level === 'none' ? 'shut' : report.level;
    return report;
  }
}

/** No answer is no proof: it counts against, and the reason goes to the console. */
async function answerOf(name: string, asked: Promise<CanaryReport>): Promise<CanaryReport | null> {
  try {
    return await asked;
  } catch (error) {
    console.warn(`The guard got no answer from ${name}:`, error);
    return null;
  }
}
