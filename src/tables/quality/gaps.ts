import { count, percent } from '../../lib/format.ts';
import { id, sql, type Sql } from '../../lib/sql.ts';
import { number } from '../profile.ts';
import { runOf } from './gap-run.ts';
import { called, found, type Ground } from './ground.ts';
import { meaning } from './meaning.ts';
import type { Spelled } from './spelling.ts';
import { rowsOf } from './text-cells.ts';
import type { FixOffer, Flaw, QualityColumn, Where } from './types.ts';
import { isGap } from './where.sql.ts';

/** From this share on gaps deserve a look. */
const MUCH = 0.05;
/** Up to so many different values a gap can be filled with the commonest; ids and free text cannot. */
const CATEGORIES = 100;

/** One row: `gaps`, `low` and `high` as text, and whether they are the same. */
function fill(table: string, column: QualityColumn): Sql {
  const name = id(column.name);
  return sql`
    SELECT count(*) FILTER (${isGap(column)})::DOUBLE AS gaps,
           (min(${name}) FILTER (NOT ${isGap(column)}) = max(${name}) FILTER (NOT ${isGap(column)})) AS same,
           (min(${name}) FILTER (NOT ${isGap(column)}))::VARCHAR AS low,
           approx_count_distinct(${name})::DOUBLE AS different
    FROM ${id(table)}`;
}

type Facts = {
  readonly gaps: number;
  readonly same: boolean;
  readonly low: unknown;
  readonly different: number;
};

async function factsOf(
  { db, table, signal, rows }: Ground,
  column: QualityColumn,
  values: readonly Spelled[] | null,
): Promise<Facts> {
  if (values) {
    const filled = values.filter(({ value }) => /[^\p{Zs}]/u.test(value)); // as trim() in SQL: spaces of any width, no tabs
    const low = filled[0]?.value;
    return {
      gaps: rows - rowsOf(filled),
      same: filled.length === 1,
      low,
      different: values.length,
    };
  }
  const facts = await db.query(fill(table, column), signal);
  return {
    gaps: number(facts, 'gaps') ?? 0,
    same: facts.getChild('same')?.get(0) === true,
    low: facts.getChild('low')?.get(0),
    different: number(facts, 'different') ?? 0,
  };
}

/** `values`: all different ones with their rows, where they are few enough to be known. Gaps and where they stand, a column that is empty, or the same throughout. `usable`: whether there is anything else to check. */
export async function checkFilling(
  ground: Ground,
  column: QualityColumn,
  values: readonly Spelled[] | null,
): Promise<{ readonly flaws: readonly Flaw[]; readonly usable: boolean }> {
  const { rows } = ground;
  const { gaps, same, low, different } = await factsOf(ground, column, values);
  const leaveOut: FixOffer = {
    fix: { kind: 'leave-out', column: column.name },
    label: 'Leave the column out',
  };
  const about = { column: column.name, severity: 'note' as const };
  if (gaps === rows)
    return {
      usable: false,
      flaws: await found(ground, {
        ...about,
        code: 'empty-column',
        severity: 'check',
        where: { is: 'all' },
        words: () => `${called(column)} is empty in every row.`,
        fixes: [leaveOut],
      }),
    };
  const flaws: Flaw[] = [];
  if (same && rows >= 10)
    flaws.push(
      ...(await found(ground, {
        ...about,
        code: 'constant',
        where: { is: 'filled', column: column.name },
        words: (filled) =>
          `${called(column)} is “${shown(column, low)}” in ${filled === rows ? 'every row' : `all ${count(filled)} rows where it is filled`}, so it tells nobody apart.`,
        fixes: [leaveOut],
      })),
    );
  if (gaps > 0) flaws.push(...(await gapFlaws(ground, column, { gaps, different }, leaveOut)));
  return { flaws, usable: true };
}

const shown = ({ type }: QualityColumn, value: unknown): string =>
  type === 'number' ? String(Number(value)) : String(value);

async function gapFlaws(
  ground: Ground,
  column: QualityColumn,
  { gaps, different }: { gaps: number; different: number },
  leaveOut: FixOffer,
): Promise<readonly Flaw[]> {
  const { rows } = ground;
  const isId = meaning(column) === 'id';
  const run = gaps >= 20 && gaps < 0.9 * rows ? await runOf(ground, column, gaps) : null;
  const name = column.name;
  const fills: FixOffer[] = [
    ...(column.type === 'number' && !isId
      ? [
          {
            fix: { kind: 'fill' as const, column: name, with: 'median' as const, value: null },
            label: 'Fill with the median',
          },
        ]
      : []),
    ...(different <= CATEGORIES && !isId && (column.type === 'text' || column.type === 'yes-no')
      ? [
          {
            fix: { kind: 'fill' as const, column: name, with: 'mode' as const, value: null },
            label: 'Fill with the commonest value',
          },
        ]
      : []),
  ];
  const where: Where = { is: 'gap', column: name };
  const all = await found(ground, {
    code: 'gaps',
    column: name,
    severity: gaps >= MUCH * rows ? 'check' : 'note',
    where,
    rows: gaps,
    words: (empty) =>
      `${called(column)} is empty in ${count(empty)} of ${count(rows)} rows (${percent(empty / Math.max(1, rows))}).`,
    fixes: [...fills, ...(gaps > rows / 2 ? [leaveOut] : [])],
  });
  if (!run) return all;
  const part: Where = { is: 'part', along: null, from: run.first, until: run.last + 1 };
  const inRun = await found(ground, {
    code: 'gaps-in-a-run',
    column: name,
    severity: 'check',
    where: { is: 'both', of: [where, part] },
    words: (empty) =>
      `${count(empty)} of the ${count(gaps)} gaps of ${called(column)} stand together in rows ${count(run.first)} to ${count(run.last)}: something was missing there, not here and there.`,
    fixes: [],
  });
  return [...all, ...inRun];
}
