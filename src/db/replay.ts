import type { Sql } from '../lib/sql.ts';

export type Step =
  | { readonly kind: 'make'; readonly name: string; readonly select: Sql }
  | { readonly kind: 'drop'; readonly name: string };

/** What has to be done again, in order, so that a fresh engine holds the same tables. Keeps no more than that. */
export class Replay {
  readonly #files = new Map<string, { readonly file: File; readonly released: boolean }>();
  #steps: readonly Step[] = [];

  registered(path: string, file: File): void {
    this.#files.set(path, { file, released: false });
  }

  /** The file stays known for as long as a table is made from it. */
  released(path: string): void {
    const known = this.#files.get(path);
    if (known) this.#files.set(path, { ...known, released: true });
    this.#forgetFiles();
  }

  made(name: string, select: Sql): void {
    this.#add({ kind: 'make', name, select });
  }

  dropped(name: string): void {
    this.#add({ kind: 'drop', name });
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  get files(): readonly (readonly [path: string, file: File])[] {
    return [...this.#files].map(([path, { file }]) => [path, file]);
  }

  /** Files to close again once the steps are done. */
  get releasedPaths(): readonly string[] {
    return [...this.#files].filter(([, { released }]) => released).map(([path]) => path);
  }

  #add(step: Step): void {
    this.#steps = needed([...this.#steps, step]);
    this.#forgetFiles();
  }

  #forgetFiles(): void {
    for (const path of this.releasedPaths)
      if (!this.#steps.some((step) => mentions(step, path))) this.#files.delete(path);
  }
}

/**
 * Without the steps whose table is later dropped or replaced and read by no needed step before that. Walks from the end,
 * as compilers find dead stores.
 */
export function needed(steps: readonly Step[]): readonly Step[] {
  const kept: Step[] = [];
  steps.forEach((_, fromEnd) => {
    const i = steps.length - 1 - fromEnd;
    const step = steps[i]!;
    const next = steps.findIndex((later, j) => j > i && same(later, step));
    if (step.kind === 'drop') return void kept.unshift(step);
    const readers = kept.filter((later) => next < 0 || steps.indexOf(later) <= next);
    if (next < 0 || readers.some((reader) => mentions(reader, step.name))) kept.unshift(step);
  });
  return kept.filter(
    (step, i) => step.kind === 'make' || kept.slice(0, i).some((earlier) => same(earlier, step)),
  );
}

/** DuckDB's names know no case. */
const same = (a: Step, b: Step) => a.name.toLowerCase() === b.name.toLowerCase();

/** Errs towards yes: a step kept for nothing costs a little time, a step lost would cost the work. */
const mentions = (step: Step, word: string) =>
  step.kind === 'make' && step.select.text.toLowerCase().includes(word.toLowerCase());
