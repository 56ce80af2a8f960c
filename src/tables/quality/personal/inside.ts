import { count } from '../../../lib/format.ts';
import { id, sql } from '../../../lib/sql.ts';
import { called, found, type Ground } from '../ground.ts';
import type { Spelled } from '../spelling.ts';
import { rowsOf } from '../text-cells.ts';
import type { Flaw, QualityColumn } from '../types.ts';
import { isCard, isEmail, isPhone, startsWithIban } from './contact.ts';

/** What people write into free text: the pattern finds candidates in the database (RE2, linear), the check decides. */
const written: readonly {
  readonly words: string;
  readonly pattern: string;
  readonly find: RegExp;
  readonly is: (text: string) => boolean;
}[] = [
  {
    words: 'an e-mail address',
    pattern: '[A-Za-z0-9]@[A-Za-z0-9-]+[.][A-Za-z]',
    find: /[^\s<>()[\]",;:@]{1,64}@[^\s<>()[\]",;:@]{1,190}/g,
    is: (text) => isEmail(text.replace(/[.!?]+$/, '')),
  },
  {
    words: 'a bank account',
    pattern: '\\b[A-Z]{2}[0-9]{2}[ ]?[A-Z0-9]{4}',
    find: /\b[A-Z]{2}\d\d[A-Z0-9 ]{11,40}/g,
    is: startsWithIban,
  },
  {
    words: 'a card number',
    pattern: '[0-9]{4}[ -]?[0-9]{4,6}[ -]?[0-9]{4,5}',
    find: /\d[\d -]{12,22}\d/g,
    is: isCard,
  },
  {
    words: 'a phone number',
    pattern: '[+][0-9][0-9 ()-]{7,}',
    find: /\+\d[\d ()-]{6,18}\d/g,
    is: (text) => isPhone(text, false),
  },
];
const CANDIDATES = 5_000;

/**
 * Texts that hold an address or an account number, each counted. `values`: all different ones, which are then looked at; null where they
 * are too many: above 5,000 candidates of a kind, those of the first 5,000 count. `texts`: some of the column.
 */
export async function checkInside(
  ground: Ground,
  column: QualityColumn,
  it: { readonly texts: readonly string[]; readonly values: readonly Spelled[] | null },
): Promise<readonly Flaw[]> {
  const isLong = it.texts.some((text) => text.length > 12);
  if (!isLong) return [];
  if (it.values) return insideValues(ground, column, it.values);
  const name = id(column.name);
  const flaws: Flaw[] = [];
  for (const { words, pattern, find, is } of written) {
    const rows = await ground.db.query(
      sql`SELECT line::DOUBLE AS line, ${name} AS cell FROM ${id(ground.table)}
          WHERE regexp_matches(${name}, ${pattern}) ORDER BY line LIMIT ${CANDIDATES + 1}`,
      ground.signal,
    );
    const [lines, cells] = [rows.getChild('line'), rows.getChild('cell')];
    const hits: number[] = [];
    for (let r = 0; r < Math.min(CANDIDATES, rows.numRows); r++)
      if ((String(cells?.get(r)).slice(0, 20_000).match(find) ?? []).some(is))
        hits.push(Number(lines?.get(r)));
    if (hits.length === 0) continue;
    const isAll = rows.numRows <= CANDIDATES;
    flaws.push(
      ...(await found(ground, {
        code: 'personal-inside',
        column: column.name,
        severity: 'check',
        where: { is: 'lines', lines: hits },
        rows: hits.length,
        ...(isAll ? {} : { sampled: CANDIDATES }),
        words: (texts) =>
          `${isAll ? '' : 'At least '}${count(texts)} ${texts === 1 ? 'text' : 'texts'} of ${called(column)} ${texts === 1 ? 'holds' : 'hold'} ${words}.`,
        fixes: [{ fix: { kind: 'leave-out', column: column.name }, label: 'Leave the column out' }],
      })),
    );
  }
  return flaws;
}

/** The same where all different values are known: no pass over the table. O(values). */
async function insideValues(
  ground: Ground,
  column: QualityColumn,
  values: readonly Spelled[],
): Promise<readonly Flaw[]> {
  const flaws: Flaw[] = [];
  for (const { words, pattern, find, is } of written) {
    const candidate = new RegExp(pattern);
    const hits = values.filter(
      ({ value }) =>
        candidate.test(value) && (value.slice(0, 20_000).match(find) ?? []).some((it) => is(it)),
    );
    flaws.push(
      ...(await found(ground, {
        code: 'personal-inside',
        column: column.name,
        severity: 'check',
        where: { is: 'values', column: column.name, values: hits.map(({ value }) => value) },
        rows: rowsOf(hits),
        words: (rows) =>
          `${count(rows)} ${rows === 1 ? 'text' : 'texts'} of ${called(column)} ${rows === 1 ? 'holds' : 'hold'} ${words}.`,
        fixes: [{ fix: { kind: 'leave-out', column: column.name }, label: 'Leave the column out' }],
      })),
    );
  }
  return flaws;
}
