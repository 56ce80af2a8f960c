import { looksLikeNumber } from './cell-kinds.ts';
import { split, type Marks } from './split.ts';

/** At most this many lines at the end are taken for a footer by themselves. */
const MOST = 12;
const total =
  /^(grand |sub-?)?(total|totals|sum|summe|gesamt|gesamtsumme|insgesamt|totale|totaal|totaux|somme|suma|soma|razem|итого|всего|合计|合計|総計|总计)[\s:]*$/i;
const lastWords = /^(\*+ ?)?(eof|end|ende|fin|fine|fim|einde|end of (file|report|data))( ?\*+)?$/i;

/** What notes below a table say. */
const cue =
  /^[(*]|:|\d+ (rows?|records?|lines?)\b|\b(notes?|sources?|totals?|report|created|generated|printed|exported|page|end of|nota|fuente|fonte|quelle|hinweis|stand vom|summe|gesamt|erstellt|remarque|bron)\b/i;

/** Records at the end of a table that are none, and how many of its last non-blank lines they are: each is one line. */
export type Footer = { readonly lines: number; readonly rows: readonly (readonly string[])[] };

const none: Footer = { lines: 0, rows: [] };

/**
 * Notes and totals below a table: records with a single filled cell that reads like a sentence, or one that begins with a word for
 * a total, has numbers only, and either gaps or the sum of a column. `tail` begins with a record; `whole`: with the first of all.
 */
export function footerOf(
  tail: string,
  it: {
    readonly marks: Marks;
    readonly columns: number;
    readonly decimal: '.' | ',';
    readonly whole: boolean;
  },
): Footer {
  const { rows, lines, broken } = split(tail, it.marks, { limit: 100_000, whole: true });
  if (it.columns < 2 || broken > 0 || rows.length < 3) return none;
  let from = rows.length;
  while (from > 0 && rows.length - from < MOST && isFoot(rows, from - 1, it)) from--;
  const above = rows.slice(0, from);
  const full = above.filter(({ length }) => length === it.columns).length;
  const isRagged = full < 0.9 * above.length;
  const single = lines.slice(from).every((line, i) => (lines[from + i + 1] ?? line + 1) > line);
  if (from === rows.length || from < 2 || isRagged || !single) return none;
  return { lines: rows.length - from, rows: rows.slice(from) };
}

function isFoot(
  rows: readonly (readonly string[])[],
  at: number,
  it: { readonly columns: number; readonly decimal: '.' | ','; readonly whole: boolean },
): boolean {
  const raw = rows[at] ?? [];
  const cells = raw.map((cell) => cell.trim());
  const filled = cells.filter(Boolean);
  const [first = '', ...others] = filled;
  if (cells.length > it.columns) return false;
  const isSentence = raw.length < it.columns && raw.slice(1).every((cell) => cell.startsWith(' '));
  if (filled.length === 1 || (isSentence && /\s/.test(first)))
    return (
      !looksLikeNumber(first) &&
      (total.test(first) || lastWords.test(first) || reads(rows, raw, first)) &&
      !looksLikeRest(rows, at, first)
    );
  if (!total.test(first) || !others.every(looksLikeNumber)) return false;
  return filled.length < it.columns || (it.whole && sumsUp(rows.slice(0, at), cells, it.decimal));
}

/** Whether the text reads like a note. One with the other cells empty, or in a table whose first cells have spaces, has to say so. */
function reads(
  rows: readonly (readonly string[])[],
  raw: readonly string[],
  text: string,
): boolean {
  const spaced = rows.filter(([cell]) => /\S\s+\S/.test(cell ?? '')).length;
  const plain = raw.length === 1 && spaced < 0.3 * rows.length;
  return cue.test(text) || (plain && /\S\s+\S/.test(text));
}

/** Whether most other records, too, have but one filled cell, or the text stands among theirs. */
function looksLikeRest(rows: readonly (readonly string[])[], at: number, text: string): boolean {
  const others = rows.filter((_, i) => i < at);
  const lonely = others.filter((row) => row.filter((cell) => cell.trim() !== '').length <= 1);
  const same = others.some((row) => row.some((cell) => cell.trim() === text));
  return same || lonely.length > others.length / 10;
}

/** Whether some number of the record is the sum of its column above. */
function sumsUp(
  rows: readonly (readonly string[])[],
  cells: readonly string[],
  decimal: '.' | ',',
): boolean {
  const value = (cell = '') => {
    const plain = cell.replace(decimal === ',' ? /[^\d,-]/g : /[^\d.-]/g, '').replace(',', '.');
    return plain === '' ? Number.NaN : Number(plain);
  };
  return cells.some((cell, i) => {
    const claimed = value(cell);
    const sum = rows.reduce((all, row) => all + value(row[i]), 0);
    return rows.length > 1 && Math.abs(sum - claimed) <= 1e-6 * Math.abs(claimed);
  });
}
