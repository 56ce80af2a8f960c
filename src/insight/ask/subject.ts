import type { Query } from '../../db/query.ts';
import { spoken } from '../../features/customers.sql.ts';
import { orderMeasureNames, trendDays } from '../../features/order-measures.sql.ts';
import type { FeatureTable } from '../../features/types.ts';
import type { Segmentation } from '../../segments/types.ts';
import type { Column, Dataset } from '../../tables/types.ts';
import { commonValues, namesIn } from './facts.sql.ts';
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

export type Asked = {
  readonly query: Query;
  /** The table that holds every column of the file, where products may have names beside their codes. */
  readonly cleaned: string;
  readonly signal?: AbortSignal | undefined;
};

/** The words of the order lines; none where a row is a customer. */
export async function listsOf(
  { kind, has, columns: described }: Project,
  { asOf }: Pick<Table, 'asOf'>,
  { query, cleaned, signal }: Asked,
): Promise<Subject['lists']> {
  if (kind !== 'orders') return [];
  const lists: Subject['lists'][number][] = [];
  for (const column of columns) {
    if (!has.includes(column)) continue;
    const found = await query(commonValues({ asOf }, column, MOST[column]), signal);
    const own = described.find(({ role }) => role === column);
    const header = own?.header;
    const names =
      column === 'product' && own
        ? await namesOf(own, described, { query, cleaned, signal })
        : undefined;
    lists.push({
      ...(names && { names }),
      column,
      label: header ? spoken(header) : column,
      values: Array.from(found.getChild('name') ?? [], String),
    });
  }
  return lists;
}

const naming = /\b(description|name|title|product|item|article|beschreibung|bezeichnung)\b/;
const besides = new Set(['feature', 'left-out', 'comment']);
/** What products are called, where they stand as codes beside a text that tells them apart; undefined where there is none. */
async function namesOf(
  code: Column,
  described: readonly Column[],
  { query, cleaned, signal }: Asked,
): Promise<ReadonlyMap<string, string> | undefined> {
  const beside = described.find(
    ({ type, role, header }) =>
      type === 'text' && besides.has(role) && naming.test(spoken(header).toLowerCase()),
  );
  if (!beside) return undefined;
  const found = await query(namesIn(cleaned, code.name, beside.name), signal);
  const names = new Map<string, string>();
  for (const { value, name } of found.toArray()) names.set(String(value), String(name));
  // a text that says the same of many is no name
  return 2 * new Set(names.values()).size >= names.size ? names : undefined;
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
