import type { SourceKind } from '../types.ts';
import { turned } from './measure.ts';
import type { JoinKey, TypedTable } from './types.ts';

/** Tables that others point at come later: of two tables that meet one to one, the right one is looked up. */
const order: readonly SourceKind[] = [
  'order-lines',
  'payments',
  'reviews',
  'redemptions',
  'contacts',
  'events',
  'images',
  'other',
  'transactions',
  'campaigns',
  'products',
  'customers',
  'lookup',
];

/** Puts the side that has each key once on the right; where that tells nothing, the table that is looked up. */
export function upright<Any extends Parameters<typeof turned>[0]>(
  tables: readonly TypedTable[],
  it: Any,
): Any {
  if (it.kind === 'many-to-one') return it;
  if (it.kind === 'one-to-many') return turned(it);
  const place = ({ table, columns }: JoinKey) => {
    const found = tables.find(({ id }) => id === table);
    const isFirst = found?.columns[0]?.name === columns[0];
    return 2 * order.indexOf(found?.kind ?? 'other') + (isFirst ? 1 : 0);
  };
  return place(it.left) > place(it.right) ? turned(it) : it;
}
