import type { Dialect } from './types.ts';

/** What decides where cells and records end. */
export type Marks = Pick<Dialect, 'delimiter' | 'quote' | 'escape'>;

export type Split = {
  /** Records in order; blank lines and those that are broken are left out. */
  readonly rows: readonly (readonly string[])[];
  /** For each record: the physical line it starts on, from 0. */
  readonly lines: readonly number[];
  /** How many have text after a closing quote, or a quote that never closes: of such a quote only the line on which it opened. */
  readonly broken: number;
};

/** A quote that is still open this far from its record's start, where the text is cut off, has run away. */
const RUNAWAY = 65_536;

/**
 * Splits the beginning of a text into records and cells, as `scan.ts` and DuckDB do: a quote opens only at the start of a
 * cell (after spaces), a blank line is no record. `whole`: the text ends with the file; otherwise its last record is cut off
 * and left out. O(text), capped at `limit` records.
 */
export function split(
  text: string,
  { delimiter, quote, escape }: Marks,
  { limit, whole }: { readonly limit: number; readonly whole: boolean },
): Split {
  const rows: string[][] = [];
  const lines: number[] = [];
  let broken = 0;
  let line = 0;
  let at = 0;
  const isBreak = (unit: string | undefined) => unit === '\n' || unit === '\r';
  const isSpace = (unit: string | undefined) => unit === ' ' && delimiter !== ' ';
  while (at < text.length && rows.length < limit) {
    const start = at;
    const startLine = line;
    const cells: string[] = [];
    let bad = false;
    let firstBreak = -1;
    for (let more = true; more;) {
      let first = at;
      while (isSpace(text[first])) first++;
      if (quote !== '' && text[first] === quote && !bad) {
        let cell = '';
        let from = ++first;
        let closed = false;
        for (at = from; at < text.length; at++) {
          const unit = text[at];
          if (isBreak(unit) && !(unit === '\r' && text[at + 1] === '\n')) {
            line++;
            if (firstBreak < 0) firstBreak = at + 1;
          }
          if (unit === escape && escape !== quote && at + 1 < text.length) {
            cell += text.slice(from, at);
            from = ++at;
          } else if (unit === quote) {
            if (escape === quote && text[at + 1] === quote) {
              cell += text.slice(from, at + 1);
              from = ++at + 1;
              continue;
            }
            closed = true;
            break;
          }
        }
        cell += text.slice(from, at);
        cells.push(cell);
        if (!closed) {
          bad = true;
          break;
        }
        at++;
        while (isSpace(text[at])) at++;
        if (at < text.length && text[at] !== delimiter && !isBreak(text[at])) {
          bad = true;
          while (at < text.length && !isBreak(text[at])) at++;
        }
      } else {
        const from = at;
        while (at < text.length && text[at] !== delimiter && !isBreak(text[at])) at++;
        cells.push(text.slice(from, at));
      }
      more = text[at] === delimiter;
      if (more) at++;
    }
    const ended = at < text.length;
    if (!ended && !whole && !(bad && at - start > RUNAWAY)) break;
    if (ended) {
      if (text[at] === '\r' && text[at + 1] === '\n') at++;
      at++;
      line++;
    }
    if (bad) {
      broken++;
      if (firstBreak >= 0) [at, line] = [firstBreak, startLine + 1];
      continue;
    }
    if (cells.length === 1 && cells[0] === '' && text.slice(start, at).trim() === '') continue;
    rows.push(cells);
    lines.push(startLine);
  }
  return { rows, lines, broken };
}
