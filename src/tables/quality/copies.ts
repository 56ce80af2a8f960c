import type { Job } from '../../lib/job.ts';
import { count, percent } from '../../lib/format.ts';
import { id, join, sql } from '../../lib/sql.ts';
import { number } from '../profile.ts';
import { called, found, type Ground } from './ground.ts';
import { meaning } from './meaning.ts';
import type { Flaw, QualityColumn } from './types.ts';

/** Rows that repeat as a whole, ids that should be there once, columns that say the same twice. */
export async function checkCopies(ground: Ground, job: Job): Promise<readonly Flaw[]> {
  if (ground.rows < 2 || ground.columns.length === 0) return [];
  const flaws = [...(await repeatedRows(ground))];
  await job.breathe();
  const distinct = await about(ground);
  for (const [i, column] of ground.columns.entries()) {
    flaws.push(...(await repeatedId(ground, column, distinct[i] ?? 0)));
    await job.breathe();
  }
  return [...flaws, ...(await sameColumns(ground, distinct, job))];
}

/** Different values of each column, about. One pass. */
async function about({ db, table, columns, signal }: Ground): Promise<readonly number[]> {
  const parts = columns.map(
    ({ name }, i) => sql`approx_count_distinct(${id(name)})::DOUBLE AS ${id(`d${i}`)}`,
  );
  const seen = await db.query(sql`SELECT ${join(parts)} FROM ${id(table)}`, signal);
  return columns.map((_, i) => number(seen, `d${i}`) ?? 0);
}

/** Whole rows. Told only where most rows differ: a table of few columns repeats by nature. */
async function repeatedRows(ground: Ground): Promise<readonly Flaw[]> {
  const { db, table, columns, rows, signal } = ground;
  const by = columns.map(({ name }) => name);
  const hash = sql`hash(${join(by.map((name) => id(name)))})`;
  const seen = await db.query(
    sql`SELECT count(DISTINCT ${hash})::DOUBLE AS different FROM ${id(table)}`,
    signal,
  );
  const different = number(seen, 'different') ?? rows;
  if (different === rows || different < rows / 2) return [];
  return found(ground, {
    code: 'repeated-rows',
    severity: different < 0.95 * rows ? 'note' : 'check', // without an id equal rows are common
    where: { is: 'later-copies', by: 'all' },
    words: (copies) =>
      `${count(copies)} ${copies === 1 ? 'row is' : 'rows are'} the same as an earlier one in every column (${percent(copies / rows)}).`,
    fixes: [{ fix: { kind: 'drop-duplicates', by: 'all' }, label: 'Keep the first of each' }],
  });
}

/** A column named like an id where nearly every value comes once. */
async function repeatedId(
  ground: Ground,
  column: QualityColumn,
  distinct: number,
): Promise<readonly Flaw[]> {
  const { db, table, rows, signal } = ground;
  if (meaning(column) !== 'id' || rows < 20 || distinct < 0.8 * rows) return [];
  const name = id(column.name);
  const seen = await db.query(
    sql`SELECT count(DISTINCT ${name})::DOUBLE AS different, count(${name})::DOUBLE AS filled FROM ${id(table)}`,
    signal,
  );
  const [different, filled] = [number(seen, 'different') ?? 0, number(seen, 'filled') ?? 0];
  if (different === filled || different < 0.9 * filled) return [];
  return found(ground, {
    code: 'repeated-id',
    column: column.name,
    severity: different > 0.98 * filled ? 'check' : 'note',
    where: { is: 'later-copies', by: [column.name] },
    words: (copies) =>
      `${called(column)} has ${count(different)} different values in ${count(filled)} rows: ${count(copies)} ${copies === 1 ? 'row repeats' : 'rows repeat'} one that came before.`,
    fixes: [
      {
        fix: { kind: 'drop-duplicates', by: [column.name] },
        label: `Keep the first row of each ${called(column)}`,
      },
    ],
  });
}

/** More different values than this are counted by their fingerprint only. */
const CATEGORIES = 500;

/** Columns with the same cells (by a fingerprint over all rows), and categories that go one to one. */
async function sameColumns(
  ground: Ground,
  distinct: readonly number[],
  job: Job,
): Promise<readonly Flaw[]> {
  const { db, table, columns, rows, signal } = ground;
  const prints = columns.map(
    ({ name }, i) => sql`bit_xor(hash(hash(${id(name)}, line)))::VARCHAR AS ${id(`h${i}`)}`,
  );
  const seen = await db.query(sql`SELECT ${join(prints)} FROM ${id(table)}`, signal);
  const print = (i: number): unknown => seen.getChild(`h${i}`)?.get(0);
  const flaws: Flaw[] = [];
  for (const [j, column] of columns.entries())
    for (const [i, other] of columns.slice(0, j).entries()) {
      if ((distinct[j] ?? 0) < 2) continue;
      const isSame = column.type === other.type && print(i) === print(j);
      const size = distinct[j] ?? 0;
      const isCandidate =
        size >= 3 &&
        size <= CATEGORIES &&
        Math.abs(size - (distinct[i] ?? 0)) <= Math.max(2, 0.1 * size) &&
        rows >= 10 * size;
      if (!isSame && !(isCandidate && (await oneToOne(ground, other, column)))) continue;
      flaws.push({
        code: isSame ? 'same-column' : 'same-information',
        table,
        column: column.name,
        rows,
        share: 1,
        severity: isSame ? 'check' : 'note',
        where: { is: 'all' },
        words: isSame
          ? `${called(column)} and ${called(other)} are the same in every row.`
          : `${called(column)} and ${called(other)} go one to one: each value of the one stands with one value of the other.`,
        fixes: [
          {
            fix: { kind: 'leave-out', column: column.name },
            label: `Leave ${called(column)} out`,
          },
        ],
      });
      await job.breathe();
      break;
    }
  return flaws;
}

async function oneToOne(
  { db, table, signal }: Ground,
  a: QualityColumn,
  b: QualityColumn,
): Promise<boolean> {
  const [x, y] = [id(a.name), id(b.name)];
  const seen = await db.query(
    sql`SELECT count(DISTINCT ${x})::DOUBLE AS a, count(DISTINCT ${y})::DOUBLE AS b, count(DISTINCT (${x}, ${y}))::DOUBLE AS both FROM ${id(table)}`,
    signal,
  );
  const both = number(seen, 'both');
  return both === number(seen, 'a') && both === number(seen, 'b');
}
