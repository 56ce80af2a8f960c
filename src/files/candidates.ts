import { looksTyped } from './cell-kinds.ts';
import { split, type Marks, type Split } from './split.ts';
import type { Dialect } from './types.ts';

const VOTERS = 2000;
const PROBE = 262_144;
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
/** Tried only where each line has the same number of them, two or more. */
const rare = '!#$%&*+=?@\\`\x1c\x1d\x1e';
const RARE_PRIOR = 0.6;

/** A delimiter in words: "semicolon". */
export const delimiterName = (mark: string): string =>
  delimiters.find((known) => known.mark === mark)?.name ?? `“${mark}”`;

/** One way of reading the text, and how well it fits. */
export type Candidate = {
  readonly marks: Marks;
  readonly columns: number;
  /** Of the records: those with that many cells. */
  readonly share: number;
  /** 0 where it is out of the question. */
  readonly score: number;
  readonly rows: Split;
};

/** What a person fixed is not varied. */
type Given = Partial<Omit<Dialect, 'encoding'>>;

/** Every way of reading the text, best first; at least one. O(candidates × sample). */
export function candidatesFor(text: string, whole: boolean, given: Given): readonly Candidate[] {
  return candidateMarks(text, given)
    .map((marks) => judge(text, whole, marks, given.delimiter !== undefined))
    .sort((a, b) => b.score - a.score);
}

function candidateMarks(text: string, given: Given): Marks[] {
  const probe = text.slice(0, PROBE);
  const marks =
    given.delimiter === undefined
      ? [
          ...delimiters.map(({ mark }) => mark).filter((mark) => probe.includes(mark)),
          ...rareMarks(probe),
        ]
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

function rareMarks(probe: string): readonly string[] {
  const lines = probe.split(/[\r\n]+/, 200).filter((line) => line !== '');
  return [...rare].filter((mark) => {
    if (!probe.includes(mark)) return false;
    const usual = countIn(lines[1] ?? lines[0] ?? '', mark);
    const alike = lines.filter((line) => countIn(line, mark) === usual).length;
    return usual >= 2 && alike > 0.8 * lines.length;
  });
}

const countIn = (line: string, mark: string): number => line.split(mark).length - 1;

/** Whether some cell begins and ends with a double quote, so that quotes are marks and not letters. */
const isQuotedSomewhere = (probe: string, delimiter: string): boolean =>
  probe
    .split(/[\r\n]+/, 500)
    .some((line) => line.split(delimiter).some((cell) => /^\s*"[^"]*"\s*$/.test(cell)));

function escapes(probe: string, delimiter: string, quote: Dialect['quote'], given: Given): Marks[] {
  if (quote === '') return [{ delimiter, quote, escape: '' }];
  if (given.escape !== undefined) return [{ delimiter, quote, escape: given.escape }];
  const doubled: Marks = { delimiter, quote, escape: quote };
  return probe.includes(`\\${quote}`) && delimiter !== '\\'
    ? [doubled, { ...doubled, escape: '\\' }]
    : [doubled];
}

function judge(text: string, whole: boolean, marks: Marks, chosen: boolean): Candidate {
  const rows = split(text, marks, { limit: VOTERS, whole });
  const usual = usualWidth(rows.rows);
  const columns = usual === 1 && chosen ? widest(rows.rows) : usual;
  const alike = rows.rows.filter((row) => row.length === columns);
  const all = rows.rows.length + rows.broken;
  const share = all === 0 ? 0 : alike.length / all;
  const prior = delimiters.find(({ mark }) => mark === marks.delimiter)?.prior ?? RARE_PRIOR;
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
