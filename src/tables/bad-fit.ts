import { looksLikeNumber } from '../files/cell-kinds.ts';
import type { Count, OpenSource } from '../files/types.ts';
import { count as counted, percent } from '../lib/format.ts';
import type { Column, Finding } from './types.ts';

/** From these shares on a reading that was guessed is doubted aloud. */
const MANY_SET_ASIDE = 0.1;
const MANY_SHORT = 0.5;
const MANY_UNREADABLE = 0.2;
const MANY_NAMES = 0.5;
const UNSURE = 0.5;

const causes: Record<Count['setAside'][number]['reason'], string> = {
  ragged:
    'have more cells than there are columns. Perhaps the separator or the quote is another one, or the line of names is not the first',
  'too-long': 'are longer than 16 MB. Perhaps the quote is another one',
  'bad-quote':
    'have a quote that is not closed or text behind one. Perhaps the quote is another one, or there is none',
  'bad-encoding': 'hold bytes that are not UTF-8. Perhaps the encoding is another one',
  'bad-json': 'are no JSON, or JSON of another shape than the others',
  misaligned:
    'do not line up with the columns. Perhaps the columns start elsewhere, or something else separates them',
};

/** What a count says of a dialect that fits badly: many records set aside, or most of them short. Nothing is changed by it. */
export function badCount({
  records,
  kept,
  short,
  setAside,
}: Pick<Count, 'records' | 'kept' | 'short' | 'setAside'>): readonly Finding[] {
  const findings = setAside
    .filter(({ rows }) => rows >= MANY_SET_ASIDE * records)
    .map(({ reason, rows }) => ({
      code: `many-${reason}`,
      rows,
      words: `${percent(rows / records, 0)} of the records (${counted(rows)}) ${causes[reason]}: look at these rows${reason === 'bad-json' ? '' : ', and change it under Assumed'}.`,
    }));
  if (kept === 0 || short < MANY_SHORT * kept) return findings;
  const words = `${percent(short / kept, 0)} of the records (${counted(short)}) have fewer cells than there are columns, so the last columns are empty there. Perhaps the separator or the line of names is another one: look at the rows, and change it under Assumed.`;
  return [...findings, { code: 'many-short', rows: short, words }];
}

/** What the columns say of a reading that fits badly: one column, unsure marks, a line of names like data, unreadable cells. */
export function badFit(
  source: Pick<OpenSource, 'headers' | 'columns' | 'dialect' | 'confidence' | 'sample'>,
  columns: readonly Pick<Column, 'header' | 'name' | 'type' | 'gaps' | 'unreadable'>[],
  rows: number,
): readonly Finding[] {
  const findings: Finding[] = [];
  const say = (code: string, at: number, words: string) =>
    void findings.push({ code, rows: at, words });
  if (source.columns === 1)
    say(
      'one-column',
      rows,
      'Only one column was found. If the file has more, choose the separator under Assumed.',
    );
  else if (source.confidence < UNSURE)
    say(
      'unsure-dialect',
      rows,
      'It is not clear how this file separates its cells. Look at the first rows, and change the separator under Assumed if they are wrong.',
    );
  const like = namesLikeData(source);
  if (like)
    say(
      'names-like-data',
      1,
      `The line of names may be a row of data: it says ${like.map((name) => `“${name}”`).join(', ')}. If it is, choose under Assumed that there is no line of names.`,
    );
  for (const { header, name, type, gaps, unreadable } of columns)
    if (unreadable > 0 && unreadable >= MANY_UNREADABLE * (rows - gaps))
      say(
        'many-unreadable',
        unreadable,
        `${percent(unreadable / (rows - gaps), 0)} of the cells of “${header || name}” are no ${kinds[type]} and count as empty. Choose another type for the column, or another decimal mark under Assumed.`,
      );
  return findings;
}

const kinds = { text: 'text', number: 'number', date: 'date', 'yes-no': 'yes or no' } as const;

/** Up to three of the names, where half of them are numbers or dates, or come again below them. */
function namesLikeData({
  headers,
  dialect,
  sample,
}: Pick<OpenSource, 'headers' | 'dialect' | 'sample'>): readonly string[] | null {
  if (!dialect.header) return null;
  const filled = headers.filter((name) => name.trim() !== '');
  const like = headers.filter(
    (name, c) =>
      name.trim() !== '' &&
      (looksLikeNumber(name) ||
        /^\d{1,4}[-/.]\d{1,2}[-/.]\d/.test(name) ||
        sample.some((row) => row[c]?.trim() === name.trim())),
  );
  return like.length > 0 && like.length >= MANY_NAMES * filled.length ? like.slice(0, 3) : null;
}
