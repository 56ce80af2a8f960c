import { isToOne } from './measure.ts';
import type { Join, JoinKey } from './types.ts';

const sameKey = (a: JoinKey, b: JoinKey): boolean =>
  a.table === b.table &&
  a.columns.length === b.columns.length &&
  a.columns.every((name, i) => name === b.columns[i]);

type Keys = { readonly left: JoinKey; readonly right: JoinKey };

/** Whether two joins compare the same columns, whichever side stands left, in whichever order. */
export function sameKeys(a: Keys, b: Keys): boolean {
  const [x, y, z] = [sorted(a), sorted(b), sorted({ left: b.right, right: b.left })];
  return (
    (sameKey(x.left, y.left) && sameKey(x.right, y.right)) ||
    (sameKey(x.left, z.left) && sameKey(x.right, z.right))
  );
}

function sorted({ left, right }: Keys): Keys {
  const places = left.columns
    .map((_, i) => i)
    .toSorted((i, j) => (left.columns[i]! < left.columns[j]! ? -1 : 1));
  const by = (key: JoinKey) => ({ ...key, columns: places.map((i) => key.columns[i] ?? '') });
  return { left: by(left), right: by(right) };
}

/** A table that nearly every row of both finds one row in. */
const NEARLY_ALL = 0.9;

/**
 * Leaves out the joins of two tables that both look up the same third one by the same columns: order lines and payments meet through
 * their orders, and joining them directly would multiply both. Joins that have each key once on a side stay.
 */
export function withoutDetours(joins: readonly Join[]): readonly Join[] {
  const parents = (key: JoinKey) =>
    joins.filter(
      (join) =>
        isToOne(join) &&
        join.fit >= NEARLY_ALL &&
        key.columns.length === 1 &&
        sameKey(join.left, key),
    );
  return joins.filter(
    ({ kind, left, right }) =>
      kind !== 'many-to-many' ||
      !parents(left).some((one) => parents(right).some((other) => sameKey(one.right, other.right))),
  );
}
