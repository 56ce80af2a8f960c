import type { Query } from '../../db/query.ts';
import type { JobOptions } from '../../lib/job.ts';
import { number } from '../profile.ts';
import { measureKeys, sideOf } from './join.sql.ts';
import type { JoinKey, JoinKind, Measured, Offer, TypedTable } from './types.ts';

/** Up to this many rows a side every key is compared; above, about as many, chosen by the hash of the key. */
const EXACT_UP_TO = 1_000_000;

type Keys = { readonly left: JoinKey; readonly right: JoinKey };

/** Compares the values of two keys. O(rows of both). Throws RangeError where a table or column is not there. */
export async function measureJoin(
  query: Query,
  tables: readonly TypedTable[],
  { left, right, folded = false }: Keys & { readonly folded?: boolean },
  { signal }: JobOptions = {},
): Promise<Measured> {
  const rowsOf = (key: JoinKey) => tables.find(({ id }) => id === key.table)?.rows ?? 0;
  const [leftRows, rightRows] = [rowsOf(left), rowsOf(right)];
  const oneIn = Math.max(1, Math.ceil(Math.max(leftRows, rightRows) / EXACT_UP_TO));
  const found = await query(
    measureKeys(sideOf(tables, left), sideOf(tables, right), { oneIn, folded }),
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

/** What folding would have to find on one side at least, and how much more than exact keys do, to be worth asking about. */
const GOOD = 0.8;
const MORE = 0.05;

/** What the keys would find without regard to capitals and blanks, where that is good and much more; null otherwise. O(rows of both). */
export async function offerOf(
  query: Query,
  tables: readonly TypedTable[],
  it: Measured & Keys,
  job: JobOptions = {},
): Promise<Offer | null> {
  const hasText = [it.left, it.right].some((key) =>
    sideOf(tables, key).columns.some(({ type }) => type === 'text'),
  );
  const best = Math.max(it.fit, it.fitBack);
  if (!hasText || best > 1 - MORE) return null;
  const found = await measureJoin(query, tables, { ...it, folded: true }, job);
  const [fit, fitBack] = [found.fit - it.fit, found.fitBack - it.fitBack];
  const isGood = Math.max(found.fit, found.fitBack) >= GOOD && Math.max(fit, fitBack) >= MORE;
  const { kind, coverage, coverageBack } = found;
  return isGood ? { kind, coverage, coverageBack } : null;
}

const kinds = { 'one-to-many': 'many-to-one', 'many-to-one': 'one-to-many' } as const;
const turnedKind = (kind: JoinKind): JoinKind =>
  kind === 'one-to-many' || kind === 'many-to-one' ? kinds[kind] : kind;

/** The same join seen from the other side. */
export function turned<Any extends Measured & Keys & { readonly offer?: Offer | null }>(
  it: Any,
): Any {
  return {
    ...it,
    ...(it.offer && {
      offer: {
        kind: turnedKind(it.offer.kind),
        coverage: it.offer.coverageBack,
        coverageBack: it.offer.coverage,
      },
    }),
    left: it.right,
    right: it.left,
    kind: turnedKind(it.kind),
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
