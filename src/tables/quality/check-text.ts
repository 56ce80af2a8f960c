import type { Job } from '../../lib/job.ts';
import { count } from '../../lib/format.ts';
import { id, sql } from '../../lib/sql.ts';
import { number } from '../profile.ts';
import { called, found, type Ground } from './ground.ts';
import { spellings, typos, type Group, type Spelled } from './spelling.ts';
import { nothing, quoted, rowsOf, spaces, tidied } from './text-cells.ts';
import type { FixOffer, Flaw, QualityColumn } from './types.ts';

/** Above so many different values their spellings are not compared: they are ids or free text. */
const MANY = 50_000;
/** Slips are looked for among categories: few values, each often. */
const CATEGORIES = 2_000;
/** A value of a category comes so often on average; texts that hardly repeat are names or sentences, spelled as their writers like. */
const OFTEN = 10;
const REPEATED = 3;
const FEW = 50;
const SHOWN = 3;
const OFFERED = 12;

/** What is odd about the spelling of a column of text: its different values are compared in memory. */
export async function checkText(
  ground: Ground,
  column: QualityColumn,
  values: readonly Spelled[] | null,
  job: Job,
): Promise<readonly Flaw[]> {
  const flaws: Flaw[] = [
    ...(await nothing(ground, column, values)),
    ...(await spaces(ground, column, values)),
  ];
  if (!values) return flaws;
  await job.breathe();
  const filled = rowsOf(values);
  if (values.length > FEW && filled < REPEATED * values.length) return flaws;
  const groups = spellings(values);
  flaws.push(...(await merges(ground, column, { groups, code: 'spellings' })));
  if (values.length > CATEGORIES || filled < OFTEN * values.length) return flaws;
  const merged = new Set(groups.flatMap(({ from }) => from.map(({ value }) => value)));
  const slips = typos(values.filter(({ value }) => !merged.has(value)));
  await job.breathe();
  return [...flaws, ...(await merges(ground, column, { groups: slips, code: 'typos' }))];
}

/** Every different value with its rows, the commonest first; null where there are too many. Exact. */
export async function differentValues(
  ground: Ground,
  { name }: QualityColumn,
): Promise<readonly Spelled[] | null> {
  const { db, table, signal } = ground;
  const about = await db.query(
    sql`SELECT approx_count_distinct(${id(name)})::DOUBLE AS different FROM ${id(table)}`,
    signal,
  );
  if ((number(about, 'different') ?? 0) > 1.2 * MANY) return null;
  const values = await db.query(
    sql`SELECT ${id(name)} AS value, count(*)::DOUBLE AS rows FROM ${id(table)} WHERE ${id(name)} IS NOT NULL
        GROUP BY ALL ORDER BY rows DESC, value LIMIT ${MANY + 1}`,
    signal,
  );
  if (values.numRows > MANY) return null;
  const [texts, rows] = [values.getChild('value'), values.getChild('rows')];
  return Array.from({ length: values.numRows }, (_, i) => ({
    value: String(texts?.get(i)),
    rows: Number(rows?.get(i)),
  }));
}

async function merges(
  ground: Ground,
  column: QualityColumn,
  { groups, code }: { groups: readonly Group[]; code: 'spellings' | 'typos' },
): Promise<readonly Flaw[]> {
  if (groups.length === 0) return [];
  const rare = groups.flatMap(({ from }) => from.map(({ value }) => value));
  const first = groups
    .slice(0, SHOWN)
    .map(({ to, from }) => `${quoted(from.map(({ value }) => value))} beside “${to.value}”`);
  const more = groups.length > SHOWN ? `, and ${count(groups.length - SHOWN)} more` : '';
  const why =
    code === 'spellings'
      ? 'the same but for case, spaces, accents or punctuation'
      : 'rare, and one slip away from a common value';
  return found(ground, {
    code,
    severity: 'check',
    column: column.name,
    where: { is: 'values', column: column.name, values: rare },
    rows: groups.reduce((sum, { from }) => sum + rowsOf(from), 0),
    words: (rows) =>
      `${count(rows)} ${rows === 1 ? 'cell' : 'cells'} of ${called(column)} ${rows === 1 ? 'is' : 'are'} spelled in another way: ${first.join('; ')}${more} (${why}).`,
    fixes: [
      ...lettersOffer(column, groups, code),
      ...groups.slice(0, OFFERED).map((group) => mergeOffer(column, group)),
    ],
  });
}

const mergeOffer = ({ name }: QualityColumn, { to, from }: Group): FixOffer => {
  const values = from.map(({ value }) => value);
  return {
    fix: { kind: 'merge-values', column: name, from: values, to: to.value },
    label: `Write ${quoted(values)} as “${to.value}”`,
  };
};

/** One step for all, where case and spaces are the whole difference. */
function lettersOffer(
  { name }: QualityColumn,
  groups: readonly Group[],
  code: string,
): readonly FixOffer[] {
  if (code !== 'spellings' || groups.length < 2) return [];
  const isCase = groups.every(({ to, from }) =>
    from.every(({ value }) => tidied(value).toUpperCase() === tidied(to.value).toUpperCase()),
  );
  return isCase
    ? [
        {
          fix: { kind: 'trim-case', column: name, letters: 'upper' },
          label: 'Write all in capitals',
        },
      ]
    : [];
}
