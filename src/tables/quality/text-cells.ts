import { count } from '../../lib/format.ts';
import { called, found, type Ground } from './ground.ts';
import type { Spelled } from './spelling.ts';
import type { Flaw, QualityColumn } from './types.ts';

const SHOWN = 3;

/** Words that people and programs write where there is nothing; compared in lower case. */
const nothings = [
  '?',
  '??',
  '-',
  '--',
  '.',
  'n/a',
  '#n/a',
  '#na',
  'na',
  'nan',
  'null',
  'nil',
  '\\n',
  'undefined',
  'missing',
  '(null)',
  '(blank)',
  '#ref!',
  '#value!',
  '#div/0!',
  '#name?',
  'tbd',
  'not available',
  'keine angabe',
  'k.a.',
  'k. a.',
  's/d',
  'n.d.',
];

/** As `tidied` does it in SQL. */
export const tidied = (value: string): string =>
  value.replace(/[\t\n\f\r \u00a0\u202f\u3000]+/g, ' ').replace(/^ | $/g, '');

/** Of all these values together. */
export const rowsOf = (values: readonly Spelled[]): number =>
  values.reduce((sum, { rows }) => sum + rows, 0);

/** Cells that hold a word for nothing. `values`: all of the column, or null where they are too many. */
export async function nothing(
  ground: Ground,
  column: QualityColumn,
  values: readonly Spelled[] | null,
): Promise<readonly Flaw[]> {
  const spelled =
    values?.filter(({ value }) => nothings.includes(value.trim().toLowerCase())) ?? [];
  const hits = spelled.map(({ value }) => value);
  if (hits.length === 0 || hits.length === values?.length) return [];
  return found(ground, {
    code: 'words-for-nothing',
    severity: 'check',
    column: column.name,
    where: { is: 'values', column: column.name, values: hits },
    rows: rowsOf(spelled),
    words: (rows) =>
      `${count(rows)} ${rows === 1 ? 'cell' : 'cells'} of ${called(column)} ${rows === 1 ? 'holds' : 'hold'} ${quoted(hits)}, which usually means that nothing is known.`,
    fixes: [
      { fix: { kind: 'to-gap', column: column.name, values: hits }, label: 'Make them gaps' },
    ],
  });
}

/** The first three in quotes, and how many there are. */
export const quoted = (values: readonly string[]): string =>
  values
    .slice(0, SHOWN)
    .map((value) => `“${value}”`)
    .join(', ') + (values.length > SHOWN ? `, … (${count(values.length)} in all)` : '');

/** Cells with spaces at an end or doubled inside. */
export async function spaces(
  ground: Ground,
  column: QualityColumn,
  values: readonly Spelled[] | null,
): Promise<readonly Flaw[]> {
  const spaced = values?.filter(({ value }) => value !== tidied(value));
  if (spaced?.length === 0) return [];
  return found(ground, {
    code: 'spaces',
    severity: 'note',
    column: column.name,
    where: { is: 'spaced', column: column.name },
    ...(spaced ? { rows: rowsOf(spaced) } : {}),
    words: (rows) =>
      `${count(rows)} ${rows === 1 ? 'cell' : 'cells'} of ${called(column)} ${rows === 1 ? 'has' : 'have'} spaces at an end or doubled inside, so equal values can look different.`,
    fixes: [
      {
        fix: { kind: 'trim-case', column: column.name, letters: 'as-they-are' },
        label: 'Take the spaces out',
      },
    ],
  });
}
