import { count } from '../lib/format.ts';
import { looksLikeNumber, looksTyped } from './cell-kinds.ts';
import { split, type Marks, type Split } from './split.ts';
import type { Dialect } from './types.ts';

export type Vote = {
  readonly dialect: Omit<Dialect, 'encoding'>;
  /** Cells of a record, as most records have them. */
  readonly columns: number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
  /** The header cells, or "Column 1", … */
  readonly headers: readonly string[];
  /** Physical lines above the first record. */
  readonly above: number;
  /** Records of the sample after the header. */
  readonly rows: readonly (readonly string[])[];
};

const VOTERS = 2000;
const delimiters: readonly {
  readonly mark: string;
  readonly name: string;
  readonly prior: number;
}[] = [
  { mark: ',', name: 'comma', prior: 1 },
  { mark: ';', name: 'semicolon', prior: 1 },
  { mark: '\t', name: 'tab', prior: 1 },
  { mark: '|', name: 'vertical bar', prior: 0.99 },
  { mark: '\x1f', name: 'unit separator', prior: 0.98 },
  { mark: '\x01', name: 'control A', prior: 0.98 },
  { mark: '~', name: 'tilde', prior: 0.9 },
  { mark: '^', name: 'caret', prior: 0.9 },
  { mark: ':', name: 'colon', prior: 0.5 },
  { mark: ' ', name: 'space', prior: 0.4 },
];

/** A delimiter in words: "semicolon". */
export const delimiterName = (mark: string): string =>
  delimiters.find((known) => known.mark === mark)?.name ?? `“${mark}”`;

type Candidate = {
  readonly marks: Marks;
  readonly columns: number;
  readonly share: number;
  readonly score: number;
  readonly rows: Split;
};

/**
 * How the text spells a table, by a vote over delimiters, quotes and escapes: consistency of the number of cells times how many
 * cells look like something (after CleverCSV: van den Burg, Nazábal, Sutton 2019). What `given` fixes is not voted on.
 * One column wins only where no delimiter splits at least half of the records alike. O(candidates × sample).
 */
export function voteDialect(
  text: string,
  whole: boolean,
  given: Partial<Omit<Dialect, 'encoding'>> = {},
): Vote {
  const candidates = candidateMarks(text, given)
    .map((marks) => judge(text, whole, marks, given.delimiter !== undefined))
    .sort((a, b) => b.score - a.score);
  const best = candidates[0]!;
  const rival = candidates.find((other) => other.marks.delimiter !== best.marks.delimiter);
  const { rows, lines } = best.rows;
  const columns = best.score > 0 || given.delimiter !== undefined ? best.columns : 1;
  const top = given.skip === undefined ? tableTop(rows, columns) : rowAt(lines, given.skip);
  const first = rows[top] ?? [];
  const header = given.header ?? isHeader(first, rows.slice(top + 1, top + 200));
  const body = rows.slice(top + (header ? 1 : 0));
  const width = columns === 1 ? 1 : Math.max(columns, header ? first.length : 0);
  const skip = given.skip ?? (top === 0 && !header ? 0 : (lines[top] ?? 0));
  const margin = best.score === 0 ? 0 : 1 - (rival?.score ?? 0) / best.score;
  const fixed = given.delimiter !== undefined;
  return {
    dialect: {
      ...best.marks,
      header,
      skip,
      decimal: given.decimal ?? decimalOf(body, best.marks.delimiter),
    },
    columns: width,
    confidence: fixed ? 1 : Math.min(1, best.share * (0.5 + margin / 2)),
    reason: reasonOf({ best, rival, columns, fixed, skip, header }),
    headers: Array.from({ length: width }, (_, i) =>
      header ? (first[i] ?? '').trim() : `Column ${i + 1}`,
    ),
    above: header ? (lines[top] ?? skip) + 1 + breaksIn(first) : skip,
    rows: body,
  };
}

function reasonOf(it: {
  readonly best: Candidate;
  readonly rival: Candidate | undefined;
  readonly columns: number;
  readonly fixed: boolean;
  readonly skip: number;
  readonly header: boolean;
}): string {
  const { best, rival, columns, fixed, skip, header } = it;
  const name = delimiterName(best.marks.delimiter);
  const seen = best.rows.rows.length;
  const parts = [
    fixed
      ? `You chose the ${name}`
      : `The ${name} splits ${count(Math.round(best.share * seen))} of ${count(seen)} lines looked at into ${columns} cells`,
  ];
  if (!fixed && rival && rival.score > 0.4 * best.score)
    parts.push(
      `the ${delimiterName(rival.marks.delimiter)} would split ${count(Math.round(rival.share * seen))} into ${rival.columns}`,
    );
  if (skip > 0)
    parts.push(`the first ${skip === 1 ? 'line is' : `${skip} lines are`} no part of it`);
  parts.push(header ? 'its first line holds names' : 'it has no line of names');
  return `${parts.join('; ')}.`;
}

function candidateMarks(text: string, given: Partial<Dialect>): Marks[] {
  const probe = text.slice(0, 262_144);
  const marks =
    given.delimiter === undefined
      ? delimiters.map(({ mark }) => mark).filter((mark) => probe.includes(mark))
      : [given.delimiter];
  const found: Marks[] = [];
  for (const delimiter of marks.length > 0 ? marks : [',']) {
    if (given.quote !== undefined) found.push(...escapes(probe, delimiter, given.quote, given));
    else {
      found.push(...escapes(probe, delimiter, '"', given));
      if (/(^|[^\w\s])'[^'\n]*'([^\w\s]|$)/m.test(probe))
        found.push(...escapes(probe, delimiter, "'", given));
      if (probe.includes('"') && !isQuotedSomewhere(probe, delimiter))
        found.push({ delimiter, quote: '', escape: '' });
    }
  }
  return found;
}

/** Whether some cell begins and ends with a double quote, so that quotes are marks and not letters. */
const isQuotedSomewhere = (probe: string, delimiter: string): boolean =>
  probe
    .split(/[\r\n]+/, 500)
    .some((line) => line.split(delimiter).some((cell) => /^\s*"[^"]*"\s*$/.test(cell)));

function escapes(
  probe: string,
  delimiter: string,
  quote: Dialect['quote'],
  given: Partial<Dialect>,
): Marks[] {
  if (quote === '') return [{ delimiter, quote, escape: '' }];
  if (given.escape !== undefined) return [{ delimiter, quote, escape: given.escape }];
  const doubled: Marks = { delimiter, quote, escape: quote };
  return probe.includes(`\\${quote}`) ? [doubled, { ...doubled, escape: '\\' }] : [doubled];
}

function judge(text: string, whole: boolean, marks: Marks, chosen: boolean): Candidate {
  const rows = split(text, marks, { limit: VOTERS, whole });
  const usual = usualWidth(rows.rows);
  const columns = usual === 1 && chosen ? widest(rows.rows) : usual;
  const alike = rows.rows.filter((row) => row.length === columns);
  const all = rows.rows.length + rows.broken;
  const share = all === 0 ? 0 : alike.length / all;
  const prior = delimiters.find(({ mark }) => mark === marks.delimiter)?.prior ?? 1;
  const oddness = marks.quote === '"' ? 1 : 0.97;
  const looked = alike.slice(0, 300).flat();
  const typed = looked.filter(looksTyped).length / Math.max(1, looked.length);
  const intact = 1 - rows.broken / Math.max(1, all);
  const score =
    columns < 2 ||
    (!chosen && (share < 0.5 || (prior < 0.9 && rows.rows.length < 3))) ||
    isAligned(marks, looked)
      ? 0
      : share * (1 - 1 / columns) * (0.15 + 0.85 * typed) * intact ** 2 * prior * oddness;
  return { marks, columns, share, score, rows };
}

/** Columns lined up with runs of spaces: splitting at each space would scatter them. */
const isAligned = ({ delimiter }: Marks, cells: readonly string[]): boolean =>
  delimiter === ' ' && cells.filter((cell) => cell === '').length > cells.length / 20;

const widest = (rows: readonly (readonly string[])[]): number =>
  rows.reduce((most, { length }) => Math.max(most, length), 1);

/** The commonest number of cells; of equally common ones the larger. */
function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  let best = 1;
  for (const [width, n] of counts) {
    const most = counts.get(best) ?? 0;
    if (n > most || (n === most && width > best)) best = width;
  }
  return best;
}

/** The record that starts the table: the first as wide as the rest, or nearly so with wide ones right below. */
function tableTop(rows: readonly (readonly string[])[], columns: number): number {
  const top = rows.slice(0, 100).findIndex((row, i) => {
    const next = rows[i + 1];
    if (row.length === columns) return columns < 3 || row.filter(Boolean).length > 1; // a title padded with delimiters is no header
    if (!next) return false;
    return next.length === columns && row.length >= Math.max(2, columns - 1) && row.some(Boolean);
  });
  return Math.max(0, top);
}

function rowAt(lines: readonly number[], skip: number): number {
  const row = lines.findIndex((line) => line >= skip);
  return row < 0 ? lines.length : row;
}

/** Names are words over values: no number or date among them, not found again below them. */
function isHeader(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const cells = first.map((cell) => cell.trim());
  const words = cells.filter((cell) => cell !== '');
  if (words.length === 0 || words.length < cells.length / 2) return false;
  if (words.some((cell) => looksLikeNumber(cell) || /^\d{1,4}[-/.]\d{1,2}[-/.]\d/.test(cell)))
    return false;
  if (below.length === 0) return true;
  const again = cells.filter(
    (cell, i) => cell !== '' && below.some((row) => row[i]?.trim() === cell),
  );
  return again.length <= words.length / 4;
}

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

/** A comma where numbers can only be read so: "1,5" or "1.234,56". A full stop otherwise. */
function decimalOf(rows: readonly (readonly string[])[], delimiter: string): '.' | ',' {
  let commas = 0;
  let points = 0;
  for (const row of rows.slice(0, 1000))
    for (const cell of row) {
      if (cell.length > 24) continue;
      if (/^\D{0,4}-?(\d{1,3}(\.\d{3})+|\d+),(\d{1,2}|\d{4,})\D{0,4}$/.test(cell)) commas++;
      if (/^\D{0,4}-?(\d{1,3}(,\d{3})+|\d+)\.(\d{1,2}|\d{4,})\D{0,4}$/.test(cell)) points++;
    }
  return commas > points || (commas === points && commas > 0 && delimiter === ';') ? ',' : '.';
}
