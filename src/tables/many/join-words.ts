import { count, fixed, percent, plural } from '../../lib/format.ts';
import { isToOne } from './measure.ts';
import type { Join, JoinKey, Measured, Offer, TypedTable } from './types.ts';

/** Below this a join is not worth mentioning. */
export const LEAST_CONFIDENCE = 0.45;

type Found = Measured & {
  readonly left: JoinKey;
  readonly right: JoinKey;
  readonly offer?: Offer | null;
};

/** Adds how sure a measured join is, and why. `score`: of the names, 0 to 1. */
export function judged(
  tables: readonly TypedTable[],
  it: Found,
  {
    score,
    words,
    isGiven,
    folded,
  }: {
    readonly score: number;
    readonly words: string;
    readonly isGiven: boolean;
    readonly folded: boolean;
  },
): Join {
  const values = Math.max(it.fit, 0.9 * it.fitBack);
  const chance = Math.min(it.keys, it.keysBack) < 5 ? 0.1 : 0; // a handful of values agree by chance
  const sum = 0.5 * score + 0.45 * values + (isToOne(it) ? 0.05 : -0.15) - chance;
  const confidence = isGiven ? 1 : Math.round(100 * Math.min(0.98, Math.max(0, sum))) / 100;
  const found = { ...it, isGiven, folded, offer: it.offer ?? null, confidence };
  return { ...found, reason: reasonOf(tables, found, words) };
}

const labelOf = (tables: readonly TypedTable[], key: JoinKey): string =>
  tables.find(({ id }) => id === key.table)?.label ?? key.table;

function reasonOf(
  tables: readonly TypedTable[],
  it: Found & { readonly folded: boolean },
  words: string,
): string {
  const [left, right] = [labelOf(tables, it.left), labelOf(tables, it.right)];
  const how = `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;
  const some = isToOne(it) ? 'one' : 'some';
  const found = `${rowsWords(it.coverage, it.orphans + it.empty)} of ${left} find ${some} in ${right}`;
  const sampled = it.oneIn > 1 ? ` One key in ${count(it.oneIn)} was compared.` : '';
  const folded = it.folded ? ', without regard to capitals and spaces' : '';
  return `${how}; ${found}${folded}.${sampled}`;
}

/** `orders.customer_id = customers.customer_id`, for labels. */
export function joinName(
  tables: readonly TypedTable[],
  { left, right }: Pick<Join, 'left' | 'right'>,
): string {
  const side = (key: JoinKey) => `${labelOf(tables, key)}.${key.columns.join(' + ')}`;
  return `${side(left)} = ${side(right)}`;
}

/** "one customers row a row of orders", "up to 3 payments a row of orders, 1.05 on average". */
export function fanOutWords(tables: readonly TypedTable[], join: Join): string {
  const [left, right] = [labelOf(tables, join.left), labelOf(tables, join.right)];
  if (isToOne(join)) return `A row of ${left} meets one row of ${right} at most.`;
  return `A row of ${left} meets up to ${plural(join.fanOut.most, 'row')} of ${right}, ${fixed(join.fanOut.mean)} on average: joined as they are, rows would be multiplied.`;
}

/** "all rows", "all but 16 rows", "56.3 % of the rows": never 100 % where some are missing. */
export function rowsWords(share: number, missing: number): string {
  if (missing === 0) return 'all rows';
  return share >= 0.9995 ? `all but ${plural(missing, 'row')}` : `${percent(share)} of the rows`;
}

/** A share in two or three digits: never 100 % or 0 % where that is not exactly so. */
export function shortShare(share: number): string {
  if (share > 0.995 && share < 1) return `>99${percent(0, 0).slice(1)}`;
  return share > 0 && share < 0.005 ? `<1${percent(0, 0).slice(1)}` : percent(share, 0);
}

/** What comparing the keys without regard to capitals and spaces would find, in a sentence. */
export function offerWords(tables: readonly TypedTable[], join: Join, offer: Offer): string {
  const [left, right] = [labelOf(tables, join.left), labelOf(tables, join.right)];
  const more = `Without regard to capitals and spaces ${percent(offer.coverage)} of the rows of ${left} would find one in ${right} (now ${percent(join.coverage)}), and ${percent(offer.coverageBack)} the other way (now ${percent(join.coverageBack)}).`;
  return isToOne(join) && !isToOne(offer)
    ? `${more} Some rows of ${right} would then share a key.`
    : more;
}
