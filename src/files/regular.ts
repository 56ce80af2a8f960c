import type { Marks } from './split.ts';

/** Passes the records of a chunk that need no second look: as many cells as columns, on one line, no odd quote. */
export type Regular = {
  /** Takes the chunk; false where there is no memory for it. */
  load(bytes: Uint8Array): boolean;
  /** From byte `from` of the chunk, where a record starts: how many are regular, where the next starts, line breaks met (1 LF, 2 CR LF). */
  pass(from: number): { readonly next: number; readonly kept: number; readonly styles: number };
};

/** Null where it cannot tell such marks apart. */
export type RegularFor = (marks: Marks, columns: number, longest: number) => Regular | null;
