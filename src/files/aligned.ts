import { looksLikeNumber } from './cell-kinds.ts';

/** A place between two columns: [from, to) is blank in nearly every line, and the right column starts at `to`. Empty where columns touch. */
type Gap = { readonly from: number; readonly to: number };

/** How lines are cut into cells by their places. */
export type Alignment = {
  /** Where each column starts, from 0, in UTF-16 units. */
  readonly starts: readonly number[];
  /** In front of each column but the first. */
  readonly gaps: readonly Gap[];
};

/** A gap that is blank in so many lines may be one where some lines run over. */
const NEARLY_BLANK = 0.95;
const WIDEST = 10_000;
const MOST_COLUMNS = 1000;
const FEW_LINES = 10;
const MOST_TITLES = 10;
const blank = /\s/;
/** A number, or what begins like a date. */
const isFigure = (cell: string): boolean =>
  looksLikeNumber(cell) || /^\d{1,4}[-/.]\d{1,2}[-/.]\d/.test(cell);

/** A line under the names that shows where columns are and holds nothing else: `----- ----`, `=====+====`. */
export const isRuler = (line: string): boolean => /^[\s|+=-]*$/.test(line) && /[-=]{2}/.test(line);

/**
 * Whether the lines of a text stand in columns, and where; `above`: lines before the first of them. Null where they do not. A line of
 * dashes under the names, or places that are blank in all lines, say so: two blanks wide, or one where ten lines agree on three columns.
 * O(characters).
 */
export function alignmentOf(
  lines: readonly string[],
): { readonly above: number; readonly alignment: Alignment } | null {
  const ruler = lines.slice(0, MOST_TITLES + 2).findIndex(isRuler);
  const last = Math.min(MOST_TITLES, lines.length - 3);
  for (let above = Math.max(0, ruler - 1); above <= (ruler > 0 ? ruler - 1 : last); above++) {
    if (lines[above]?.trim() === '') continue;
    const table = lines.slice(above).filter((line) => line.trim() !== '' && !isRuler(line));
    const alignment = bestOf(table, ruler >= 0);
    if (alignment && isFirst(table[0] ?? '', alignment)) return { above, alignment };
  }
  return null;
}

/** As all lines stand, or as nearly all do where that shows more columns: a line that runs over its column hides the gap behind it. */
function bestOf(lines: readonly string[], isRuled: boolean): Alignment | null {
  const strict = aligned(lines, { isRuled, blankest: 1 });
  const rough = aligned(lines, { isRuled, blankest: NEARLY_BLANK });
  const others = lines.filter((line) => !rough || cutLine(line, rough));
  if (others.length === lines.length || others.length < NEARLY_BLANK * lines.length) return strict;
  const without = aligned(others, { isRuled, blankest: 1 });
  return (without?.starts.length ?? 0) > (strict?.starts.length ?? 0) ? without : strict;
}

/** Whether a line can be the first of the table: it lines up, and more than half of its cells are filled. */
function isFirst(line: string, alignment: Alignment): boolean {
  const cells = cutLine(line, alignment)?.filter((cell) => cell !== '') ?? [];
  return cells.length > 1 && cells.length > alignment.starts.length / 2;
}

function aligned(
  lines: readonly string[],
  { isRuled, blankest }: { readonly isRuled: boolean; readonly blankest: number },
): Alignment | null {
  if (lines.length < 3) return null;
  const columns = wholeColumns(filled(lines, blankest), lines);
  const [first, ...others] = columns;
  if (!first || others.length === 0 || columns.length > MOST_COLUMNS) return null;
  const gaps = others.map(({ from }, i) => ({ from: columns[i]!.to, to: from }));
  const isNarrow = gaps.some(({ from, to }) => to - from < 2);
  if (isNarrow && !isRuled && (lines.length < FEW_LINES || columns.length < 3)) return null;
  const alignment = { starts: columns.map(({ from }) => from), gaps };
  return looksLikeTable(lines, alignment, isRuled) ? alignment : null;
}

/** Most cells are filled, and some of each column, and below the first line some column holds numbers or dates; else it could be a text in two columns. */
function looksLikeTable(lines: readonly string[], alignment: Alignment, ruled: boolean): boolean {
  const rows = lines.slice(0, 300).flatMap((line) => {
    const cells = cutLine(line, alignment);
    return cells ? [cells] : [];
  });
  if (rows.length < 0.9 * Math.min(300, lines.length)) return false;
  const isSparse = alignment.starts.some(
    (_, c) => rows.filter((row) => row[c]).length <= rows.length / 10,
  );
  const cells = rows.flat();
  if (isSparse || cells.filter((cell) => cell !== '').length < 0.6 * cells.length) return false;
  const isTyped = alignment.starts.some((_, c) => {
    const own = rows.slice(1).flatMap((row) => row[c] || []);
    return own.length > 0 && own.filter(isFigure).length > 0.8 * own.length;
  });
  return isTyped || ruled;
}

/**
 * Without the gaps that only words make: one blank wide, and wherever something stands behind it, a word stands right in front of it,
 * while many lines have nothing behind it (“Anna”, “Van Dyck”).
 */
function wholeColumns(columns: readonly Gap[], lines: readonly string[]): readonly Gap[] {
  return columns.reduce<Gap[]>((whole, column) => {
    const left = whole.at(-1);
    if (left && column.from - left.to === 1 && isWithinWords(lines, left, column))
      whole[whole.length - 1] = { from: left.from, to: column.to };
    else whole.push(column);
    return whole;
  }, []);
}

function isWithinWords(lines: readonly string[], left: Gap, right: Gap): boolean {
  const behind = lines.filter((line) => line.slice(right.from, right.to).trim() !== '');
  if (behind.length > 0.9 * lines.length) return false;
  return behind.every(
    (line) =>
      !blank.test(line[left.to - 1] ?? ' ') &&
      !blank.test(line[right.from] ?? ' ') &&
      !isFigure(line.slice(left.from, left.to).trim()),
  );
}

/** Stretches of places at which lines have something. */
function filled(lines: readonly string[], blankest: number): readonly Gap[] {
  const width = Math.min(
    WIDEST,
    lines.reduce((most, line) => Math.max(most, line.trimEnd().length), 0),
  );
  const isGap = blankPlaces(lines, width, blankest);
  const columns: { from: number; to: number }[] = [];
  for (let at = 0; at < width; at++) {
    if (isGap[at]) continue;
    const last = columns.at(-1);
    if (last?.to === at) last.to = at + 1;
    else columns.push({ from: at, to: at + 1 });
  }
  return columns;
}

function blankPlaces(
  lines: readonly string[],
  width: number,
  blankest: number,
): readonly boolean[] {
  const inked = new Uint32Array(width);
  for (const line of lines)
    for (let at = 0; at < Math.min(width, line.length); at++)
      if (!blank.test(line[at]!)) inked[at]!++;
  const names = lines[0] ?? ''; // in a line of names, a word may be the only one at its place
  return Array.from(
    inked,
    (count, at) => count <= (1 - blankest) * lines.length && blank.test(names[at] ?? ' '),
  );
}

/** Columns that start at places which a person gave: in front of each as much gap as the lines show. O(characters). */
export function alignmentAt(starts: readonly number[], lines: readonly string[]): Alignment {
  const sorted = [...new Set(starts)].sort((a, b) => a - b);
  const isGap = blankPlaces(
    lines.filter((line) => line.trim() !== '' && !isRuler(line)),
    Math.min(WIDEST, Math.max(1, ...sorted)),
    NEARLY_BLANK,
  );
  const gaps = sorted.slice(1).map((to, i) => {
    let from = to;
    while (from - 1 > sorted[i]! && isGap[from - 1]) from--;
    return { from, to };
  });
  return { starts: sorted, gaps };
}

const runs = { 1: /[ \t\u00a0]+/, 2: /[ \t\u00a0]{2,}/ } as const;

/** The cells of a line without blanks around them; null where it is not clear to which column something belongs. */
export function cutLine(line: string, { starts, gaps }: Alignment): readonly string[] | null {
  const cells: string[] = [];
  let reaches = false;
  let start = 0; // what stands before the first column belongs to it
  for (const gap of gaps) {
    const cut = cutIn(line, gap);
    if (cut === null) return null;
    reaches ||= line.slice(gap.from, gap.to).trim() !== '';
    cells.push(line.slice(start, cut).trim());
    start = cut;
  }
  cells.push(line.slice(start).trim());
  if (reaches && cells.some((cell) => runs[2].test(cell))) return null; // it may have been moved by more than a gap
  return cells.length === starts.length ? cells : null;
}

/** Where the right column starts in this line: it may reach into the gap, and so may the left one, while a blank is between them. */
function cutIn(line: string, { from, to }: Gap): number | null {
  const inside = line.slice(from, to);
  if (inside.trim() === '') return to;
  const isBlank = (at: number) => at < 0 || at >= line.length || blank.test(line[at]!);
  const parts = /^(\S*)(\s*)(\S*)$/.exec(inside);
  if (!parts) return null;
  const [, left = '', between = '', right = ''] = parts;
  if (between === '') return isBlank(to) ? to : isBlank(from - 1) ? from : null;
  if ((left !== '' && isBlank(from - 1)) || (right !== '' && isBlank(to))) return null;
  return from + left.length + between.length;
}

/** Blanks that part cells where they do not line up: one or more, or (where cells hold single ones) two or more. */
export type Run = 1 | 2;

/** The cells of a line between runs of blanks. */
export const runCells = (line: string, run: Run): readonly string[] => line.trim().split(runs[run]);

/** The run that splits nearly all lines alike into two cells or more, and how many; null where neither does. */
export function runOf(
  lines: readonly string[],
): { readonly run: Run; readonly columns: number } | null {
  const table = lines.filter((line) => line.trim() !== '' && !isRuler(line));
  if (table.length < 3) return null;
  for (const run of [1, 2] as const) {
    const widths = table.map((line) => runCells(line, run).length);
    const columns = widths[Math.floor(widths.length / 2)] ?? 0;
    const alike = widths.filter((width) => width === columns).length;
    const typed = table.slice(1, 300).flatMap((line) => runCells(line, run));
    const isTyped = typed.filter(isFigure).length > 0.3 * typed.length;
    if (columns > 1 && alike >= 0.95 * widths.length && isTyped) return { run, columns };
  }
  return null;
}
