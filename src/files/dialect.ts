import { count, plural } from '../lib/format.ts';
import { candidatesFor, delimiterName, type Candidate } from './candidates.ts';
import { breaksIn, decimalOf, isHeader, isSameRow, rowAt, tableTop } from './header.ts';
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

type Given = Partial<Omit<Dialect, 'encoding'>>;
type Chosen = {
  readonly best: Candidate;
  readonly rival: Candidate | undefined;
  readonly comment: string;
};

/**
 * How the text spells a table, by a vote over delimiters, quotes, escapes and comment lines: consistency of the number of cells
 * times how many cells look like something (after CleverCSV: van den Burg, Nazábal, Sutton 2019). What `given` fixes is not voted
 * on, nor what a first line `sep=;` says. One column wins only where no delimiter splits at least half of the records alike.
 */
export function voteDialect(text: string, whole: boolean, given: Given = {}): Vote {
  const said = /^\ufeff?"?sep=([^\r\n])"?[ ,;\t]*(?=[\r\n])/i.exec(text);
  const asked: Given = said?.[1] ? { delimiter: said[1], ...given } : given;
  const below = said ? text.slice(said[0].length) : text; // its line stays, as a blank one
  const chosen = chooseComments(below, whole, asked);
  const { best, rival, comment } = chosen;
  const { rows, lines } = best.rows;
  const columns = best.score > 0 || asked.delimiter !== undefined ? best.columns : 1;
  const top = asked.skip === undefined ? tableTop(rows, columns) : rowAt(lines, asked.skip);
  const first = rows[top] ?? [];
  const header = asked.header ?? isHeader(first, rows.slice(top + 1, top + 200));
  const records = rows.slice(top + (header ? 1 : 0));
  const isRepeat = (row: readonly string[]) => isSameRow(first, row);
  const repeats =
    header && columns > 1 && breaksIn(first) === 0 && (asked.repeats ?? records.some(isRepeat));
  const body = repeats ? records.filter((row) => !isRepeat(row)) : records;
  const width = columns === 1 ? 1 : Math.max(columns, header ? first.length : 0);
  const skip = asked.skip ?? (top === 0 && !header && !said ? 0 : (lines[top] ?? 0));
  const margin = best.score === 0 ? 0 : 1 - (rival?.score ?? 0) / best.score;
  const fixed = asked.delimiter !== undefined;
  const dialect = {
    ...best.marks,
    header,
    skip,
    decimal: asked.decimal ?? decimalOf(body, best.marks.delimiter),
    ...(asked.comment || isBelow(below, comment, lines[top] ?? 0) ? { comment } : {}),
    ...(repeats ? { repeats } : {}),
  };
  return {
    dialect,
    columns: width,
    confidence: fixed ? 1 : Math.min(1, best.share * (0.5 + margin / 2)),
    reason: reasonOf({
      ...chosen,
      columns,
      dialect,
      fixed: given.delimiter ? 'you' : said ? 'file' : null,
    }),
    headers: Array.from({ length: width }, (_, i) =>
      header ? (first[i] ?? '').trim() : `Column ${i + 1}`,
    ),
    above: header ? (lines[top] ?? skip) + 1 + breaksIn(first) : skip,
    rows: body,
  };
}

/**
 * With lines that begin with # and without: they are comments where some of them, between the records, do not have the records'
 * number of cells, and reading them as comments fits at least as well.
 */
function chooseComments(text: string, whole: boolean, given: Given): Chosen {
  const chosen = (found: readonly Candidate[], comment: string): Chosen => {
    const best = found[0]!; // candidatesFor gives at least one
    const rival = found.find((other) => other.marks.delimiter !== best.marks.delimiter);
    return { best, rival, comment };
  };
  const plain = chosen(candidatesFor(text, whole, given), '');
  const mark = given.comment ?? '#';
  if (mark === '' || !text.includes(mark)) return plain;
  const bare = chosen(candidatesFor(emptied(text, mark, plain.best.rows), whole, given), mark);
  if (given.comment) return bare;
  const { rows } = plain.best.rows;
  const start = rows.findIndex(([cell]) => !cell?.startsWith(mark));
  const isMisfit = rows.some(
    (row, i) => i > start && row[0]?.startsWith(mark) && row.length !== plain.best.columns,
  );
  const better = bare.best.score > 1.05 * plain.best.score;
  return better || (isMisfit && bare.best.score >= plain.best.score) ? bare : plain;
}

/** Whether a line from this one (from 0) on begins with the mark: comments above the table are no part of it anyway. */
const isBelow = (text: string, mark: string, line: number): boolean =>
  mark !== '' && text.split(/\r\n|\r|\n/).some((it, i) => i > line && it.startsWith(mark));

/** The text with comment lines as blank ones, which are no records: every other line stays where it is, quoted ones whole. */
function emptied(text: string, mark: string, { rows, lines }: Candidate['rows']): string {
  const quoted = new Set<number>();
  for (const [i, row] of rows.entries())
    for (let inside = breaksIn(row); inside > 0; inside--) quoted.add(lines[i]! + inside);
  const parts = text.split(/(\r\n|\r|\n)/); // every second part is a break
  return parts
    .map((part, i) => (i % 2 === 0 && part.startsWith(mark) && !quoted.has(i / 2) ? '' : part))
    .join('');
}

function reasonOf(
  it: Omit<Chosen, 'comment'> & {
    readonly columns: number;
    readonly fixed: 'you' | 'file' | null;
    readonly dialect: Vote['dialect'];
  },
): string {
  const { best, rival, columns, fixed, dialect } = it;
  const { skip, header, comment, repeats } = dialect;
  const name = delimiterName(best.marks.delimiter);
  const seen = best.rows.rows.length;
  const split = `${count(Math.round(best.share * seen))} of ${count(seen)} lines looked at into ${columns} cells`;
  const parts = [
    fixed === 'you'
      ? `You chose the ${name}`
      : fixed === 'file'
        ? `The first line of the file says that the ${name} separates`
        : `The ${name} splits ${split}`,
  ];
  if (!fixed && rival && rival.score > 0.4 * best.score)
    parts.push(
      `the ${delimiterName(rival.marks.delimiter)} would split ${count(Math.round(rival.share * seen))} into ${rival.columns}`,
    );
  if (skip > 0)
    parts.push(`the first ${skip === 1 ? 'line is' : `${plural(skip, 'line')} are`} no part of it`);
  parts.push(header ? 'its first line holds names' : 'it has no line of names');
  if (comment) parts.push(`lines that begin with ${comment} are comments`);
  if (repeats) parts.push('the line of names comes again inside the table and is set aside there');
  return `${parts.join('; ')}.`;
}
