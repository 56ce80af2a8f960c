import { count, day } from '../../lib/format.ts';
import { id, join, sql, type Sql } from '../../lib/sql.ts';
import { isoOf, number } from '../profile.ts';
import { called, found, type Ground } from './ground.ts';
import { OLDEST } from './impossible.ts';
import { meaning } from './meaning.ts';
import type { Bound, Flaw, QualityColumn } from './types.ts';

/** Dates that programs write for "none", or where their calendar begins or ends. */
const defaults =
  '0001-01-01 1582-10-15 1600-01-01 1601-01-01 1753-01-01 1800-01-01 1899-12-30 1899-12-31 1900-01-01 1900-01-02 1901-01-01 1904-01-01 1970-01-01 1980-01-01 2000-01-01 2099-12-31 2222-02-22 2999-12-31 9999-12-31'.split(
    ' ',
  );
const DAY = 86_400_000;

/** One row: `n`, `low`, `high`, `distinct` days, quantiles `q` and how often each default date comes, as `d0`, `d1`, …; times in milliseconds. */
function dateFacts(table: string, name: string): Sql {
  const at = sql`epoch_ms(${id(name)})::DOUBLE`;
  const counts = defaults.map(
    (text, i) => sql`count(*) FILTER (${id(name)} = ${new Date(text)})::DOUBLE AS ${id(`d${i}`)}`,
  );
  return sql`
    SELECT count(${id(name)})::DOUBLE AS n, min(${at}) AS low, max(${at}) AS high,
           approx_count_distinct(date_trunc('day', ${id(name)}))::DOUBLE AS days,
           quantile_cont(${at}, [0.01, 0.05, 0.95, 0.99])::DOUBLE[] AS q, ${join(counts)}
    FROM ${id(table)}`;
}

/** What is odd about a column of dates: default dates, dates after the end of the file or far from all others, births that cannot be. */
export async function checkDate(ground: Ground, column: QualityColumn): Promise<readonly Flaw[]> {
  const facts = await ground.db.query(dateFacts(ground.table, column.name), ground.signal);
  const fact = (name: string) => number(facts, name) ?? 0;
  const n = fact('n');
  if (n === 0) return [];
  const list: unknown = facts.getChild('q')?.get(0);
  const [q1 = 0, q5 = 0, q95 = 0, q99 = 0] = Array.from(list as Iterable<number>); // a LIST of DOUBLE comes as an Arrow vector
  const isBirth = meaning(column) === 'birth';
  const spread = Math.max(q95 - q5, 30 * DAY);
  const usual = n / Math.max(1, fact('days'));
  const common = defaults.filter((text, i) => {
    const [rows, at] = [fact(`d${i}`), Date.parse(text)];
    const isOutside = at < q5 - spread || at > q95 + spread;
    return rows > 0 && rows < n && (isOutside || (rows >= 5 && rows > 20 * usual));
  });
  const flaws: Flaw[] = [];
  for (const text of common) flaws.push(...(await defaultDate(ground, column, text)));
  const wide = (q99 - q1) * 2 + 365 * DAY;
  const low = isBirth ? bornLow(ground) : isoOf(q1 - wide);
  const far = isoOf(q99 + wide);
  const end = isBirth ? ground.end : lastDay(ground, column);
  const high = end !== null && (far === null || end < far) ? end : far;
  const isLate = high !== far;
  const isOut = (at: number) =>
    (low !== null && at < time(low)) || (high !== null && at > time(high));
  // Fewer than 20 dates have no usual range. What default dates account for is said once.
  if ((n >= 20 || isBirth) && (isOut(fact('low')) || isOut(fact('high')))) {
    const out = await outside(ground, column, { low, high, isBirth, isLate });
    const told = common.filter((text) => isOut(Date.parse(text)));
    const rows = told.reduce((sum, text) => sum + fact(`d${defaults.indexOf(text)}`), 0);
    flaws.push(...out.filter((flaw) => flaw.rows > rows));
  }
  return flaws;
}

const time = (iso: string): number =>
  Date.parse(`${iso.slice(0, 19)}${iso.length > 10 ? 'Z' : ''}`);

function bornLow({ told, end }: Ground): string {
  const now = told ?? end;
  return now === null
    ? '1901-01-01T00:00:00'
    : `${Number(now.slice(0, 4)) - OLDEST}-01-01T00:00:00`;
}

/** A day after the file was written, for time zones; where only the events say when it ends, a year after nearly the last. */
function lastDay({ end, isEndSure }: Ground, column: QualityColumn): string | null {
  if (end === null || meaning(column) === 'later') return null;
  return isoOf(time(end) + (isEndSure ? 1 : 366) * DAY);
}

function defaultDate(
  ground: Ground,
  column: QualityColumn,
  text: string,
): Promise<readonly Flaw[]> {
  const values = [`${text}T00:00:00`];
  return found(ground, {
    code: 'default-date',
    severity: 'wrong',
    column: column.name,
    where: { is: 'values', column: column.name, values },
    words: (rows) =>
      `${count(rows)} ${rows === 1 ? 'row has' : 'rows have'} ${day(text)} as ${called(column)}, a date that programs write where there is none.`,
    fixes: [{ fix: { kind: 'to-gap', column: column.name, values }, label: 'Make them gaps' }],
  });
}

async function outside(
  ground: Ground,
  column: QualityColumn,
  it: { low: Bound | null; high: Bound | null; isBirth: boolean; isLate: boolean },
): Promise<readonly Flaw[]> {
  const bounds = { column: column.name, low: it.low, high: it.high };
  const [low, high] = [it.low, it.high].map((bound) => (bound === null ? '' : day(String(bound))));
  const ends = [low && `before ${low}`, high && `after ${high}`].filter(Boolean).join(' or ');
  return found(ground, {
    code: it.isBirth ? 'impossible' : it.isLate ? 'after-the-end' : 'far-date',
    severity: it.isBirth ? 'wrong' : 'check',
    column: column.name,
    where: { is: 'outside', ...bounds },
    words: (rows) =>
      `${count(rows)} ${rows === 1 ? 'date' : 'dates'} of ${called(column)} ${rows === 1 ? 'lies' : 'lie'} ${ends}: ` +
      (it.isBirth
        ? 'no customer of this file was born then.'
        : 'far from all others, or after the file ends.'),
    fixes: [{ fix: { kind: 'to-gap-outside', ...bounds }, label: 'Make them gaps' }],
  });
}
