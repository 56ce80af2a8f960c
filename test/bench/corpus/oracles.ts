import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { End } from './read.ts';

type Table = Extract<End, { kind: 'table' }>;

/** Compares cells with the output that the collection itself expects. Null where it has none or they are equal. */
export function differsFromExpected(root: string, path: string, end: Table): string | null {
  if (/^csv-spectrum\/csvs\//.test(path)) return spectrum(root, path, end);
  if (/^csvkit-examples\/test_(utf16_big|utf16_little|utf8|utf8_bom|latin1)\.csv$/.test(path))
    return firstDifference(
      [end.source.headers, ...end.cells],
      [
        /utf8/.test(path) ? ['foo', 'bar', 'baz'] : ['a', 'b', 'c'],
        ['1', '2', '3'],
        ['4', '5', path.includes('latin1') ? '©' : 'ʤ'],
      ],
    );
  return null;
}

function spectrum(root: string, path: string, { cells, source }: Table): string | null {
  const json = join(root, path.replace('/csvs/', '/json/').replace('.csv', '.json'));
  if (!existsSync(json)) return `there is no ${json}`;
  // as the collection writes it: an array of records of texts
  const records = JSON.parse(readFileSync(json, 'utf8')) as Record<string, string>[];
  const crlf = path.endsWith('crlf.csv'); // what is expected of these was made from the file with LF
  const clean = (rows: readonly (readonly string[])[]) =>
    rows.map((row) => row.map((cell) => (crlf ? cell.replaceAll('\r\n', '\n') : cell)));
  const expected = [Object.keys(records[0] ?? {}), ...records.map((row) => Object.values(row))];
  return firstDifference(clean([source.headers, ...cells]), clean(expected));
}

function firstDifference(
  found: readonly (readonly string[])[],
  expected: readonly (readonly string[])[],
): string | null {
  const [ours, theirs] = [JSON.stringify(found), JSON.stringify(expected)];
  return ours === theirs ? null : `${ours.slice(0, 120)} instead of ${theirs.slice(0, 120)}`;
}
