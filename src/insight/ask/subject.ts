import type { Query } from '../../db/query.ts';
import { spoken } from '../../features/customers.sql.ts';
import { orderMeasureNames, trendDays } from '../../features/order-measures.sql.ts';
import type { FeatureTable } from '../../features/types.ts';
import type { Segmentation } from '../../segments/types.ts';
import type { Dataset } from '../../tables/types.ts';
import { commonValues } from './facts.sql.ts';
import type { OrderColumn, Subject } from './types.ts';

/** Values of a column that are words of the project: the commonest. */
const MOST: Readonly<Record<OrderColumn, number>> = {
  place: 2000,
  channel: 200,
  category: 2000,
  product: 5000,
};
const columns = ['place', 'channel', 'category', 'product'] as const;

type Table = Pick<FeatureTable, 'features' | 'raw' | 'asOf'>;
type Project = Pick<Dataset, 'kind' | 'has' | 'from' | 'columns'>;

/** The words of the order lines; none where a row is a customer. */
export async function listsOf(
  { kind, has, columns: described }: Project,
  { asOf }: Pick<Table, 'asOf'>,
  query: Query,
  signal?: AbortSignal,
): Promise<Subject['lists']> {
  if (kind !== 'orders') return [];
  const lists: Subject['lists'][number][] = [];
  for (const column of columns) {
    if (!has.includes(column)) continue;
    const found = await query(commonValues({ asOf }, column, MOST[column]), signal);
    const header = described.find(({ role }) => role === column)?.header;
    lists.push({
      column,
      label: header ? spoken(header) : column,
      values: Array.from(found.getChild('name') ?? [], String),
    });
  }
  return lists;
}

/** What can be asked of a project. O(customers · yes-or-no features). */
export function subjectOf(
  table: Table,
  segmentation: Pick<Segmentation, 'segments'>,
  project: Project,
  lists: Subject['lists'],
): Subject {
  const isDated = project.kind === 'orders' && table.asOf !== null && project.from !== null;
  const days = isDated ? { first: project.from!.slice(0, 10), asOf: table.asOf! } : null;
  const facts = { has: project.has, timed: false, returned: false };
  return {
    features: table.features,
    yesNo: table.features.flatMap((_, f) => (isYesNo(table, f) ? [f] : [])),
    segments: segmentation.segments,
    lists,
    days,
    hasSpend: table.features.some(({ name }) => name === 'spend'),
    window: days ? trendDays({ ...facts, firstDay: days.first, asOf: days.asOf }) : 0,
  };
}

function isYesNo({ features, raw }: Table, f: number): boolean {
  const { name, unit } = features[f]!;
  if (unit !== 'share' || orderMeasureNames().includes(name)) return false;
  for (let r = 0; r < raw.rows; r++) {
    const value = raw.data[r * raw.cols + f]!;
    if (value !== 0 && value !== 1) return false;
  }
  return raw.rows > 0;
}
