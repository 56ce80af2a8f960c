import type { Query } from '../../db/query.ts';
import type { JobOptions } from '../../lib/job.ts';
import { number } from '../profile.ts';
import { measureKeys, sideOf } from './join.sql.ts';
import type { JoinKey, Measured, TypedTable } from './types.ts';

/** Up to this many rows a side every key is compared; above, about as many, chosen by the hash of the key. */
const EXACT_UP_TO = 1_000_000;

/** Compares the values of two keys. O(rows of both). Throws RangeError where a table or column is not there. */
export async function measureJoin(
  query: Query,
  tables: readonly TypedTable[],
  { left, right }: { readonly left: JoinKey; readonly right: JoinKey },
  { signal }: JobOptions = {},
): Promise<Measured> {
  const rowsOf = (key: JoinKey) => tables.find(({ id }) => id === key.table)?.rows ?? 0;
  const [leftRows, rightRows] = [rowsOf(left), rowsOf(right)];
  const oneIn = Math.max(1, Math.ceil(Math.max(leftRows, rightRows) / EXACT_UP_TO));
  const found = await query(
    measureKeys(sideOf(tables, left), sideOf(tables, right), oneIn),
    signal,
  );
  const of = (name: string) => number(found, name) ?? 0;
  const sides = [
    { filled: of('l_filled'), looked: of('l_rows'), met: of('l_met') },
    { filled: of('r_filled'), looked: of('r_rows'), met: of('r_met') },
  ] as const;
  const [fit, fitBack] = [shareOf(sides[0]), shareOf(sides[1])];
  const once = { left: of('l_most') <= 1, right: of('r_most') <= 1 };
  const meeting = (rows: number) => (rows > 0 ? of('pairs') / rows : 0);
  return {
    kind: `${once.left ? 'one' : 'many'}-to-${once.right ? 'one' : 'many'}`,
    coverage: leftRows > 0 ? (fit * sides[0].filled) / leftRows : 0,
    coverageBack: rightRows > 0 ? (fitBack * sides[1].filled) / rightRows : 0,
    fanOut: { most: of('r_shared_most'), mean: meeting(sides[0].met) },
    fanOutBack: { most: of('l_shared_most'), mean: meeting(sides[1].met) },
    orphans: Math.round((1 - fit) * sides[0].filled),
    orphansBack: Math.round((1 - fitBack) * sides[1].filled),
    empty: leftRows - sides[0].filled,
    emptyBack: rightRows - sides[1].filled,
    fit,
    fitBack,
    keys: of('l_keys'),
    keysBack: of('r_keys'),
    shared: of('shared'),
    oneIn,
  };
}

const shareOf = ({ looked, met }: { readonly looked: number; readonly met: number }): number =>
  looked > 0 ? met / looked : 0;

/** The same join seen from the other side. */
export function turned<Any extends Measured & { readonly left: JoinKey; readonly right: JoinKey }>(
  it: Any,
): Any {
  const kinds = { 'one-to-many': 'many-to-one', 'many-to-one': 'one-to-many' } as const;
  return {
    ...it,
    left: it.right,
    right: it.left,
    kind: it.kind === 'one-to-many' || it.kind === 'many-to-one' ? kinds[it.kind] : it.kind,
    coverage: it.coverageBack,
    coverageBack: it.coverage,
    fanOut: it.fanOutBack,
    fanOutBack: it.fanOut,
    orphans: it.orphansBack,
    orphansBack: it.orphans,
    empty: it.emptyBack,
    emptyBack: it.empty,
    fit: it.fitBack,
    fitBack: it.fit,
    keys: it.keysBack,
    keysBack: it.keys,
  };
}

/** Whether each row of the left side meets one row of the right at most. */
export const isToOne = ({ kind }: Pick<Measured, 'kind'>): boolean => kind.endsWith('-to-one');
