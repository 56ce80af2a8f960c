import { toMatrix } from '../db/matrix.ts';
import type { Query } from '../db/query.ts';
import { callJob, type JobOptions, type Service } from '../lib/job.ts';
import { matrix, type Matrix } from '../lib/matrix.ts';
import type { Sql } from '../lib/sql.ts';
import type { Column, Dataset } from '../tables/types.ts';
import { tellingOfCustomer } from '../tables/clean.sql.ts';
import { customerFeatures, type LeftOut } from './customers.sql.ts';
import { measureKnown } from './known.ts';
import { gapColumn, type Measure } from './measure.sql.ts';
import { orderMeasureNames, orderMeasures, unknownFromOrders } from './order-measures.sql.ts';
import { orderFacts, orderFeatures } from './orders.sql.ts';
import type { ColumnPlan, ColumnScale } from './scale.ts';
import type { Feature, FeatureSettings, FeatureTable } from './types.ts';
import type { FeatureApi } from './worker-api.ts';

/** Why a feature that only describes takes no part in grouping; a person may turn it on. */
export const DESCRIBES =
  'It describes the segments. Customers fall into no kinds by it alone, and habits without kinds blur the groups, so it is not grouped by unless you turn it on.';

const LEFT_OUT = 'You left it out.';

/** Whether a person can turn the feature on or off: the others cannot tell customers apart, or must not. */
export const isByChoice = ({ used, unusedReason }: Feature): boolean =>
  used || unusedReason === DESCRIBES || unusedReason === LEFT_OUT;

type Tools = { readonly query: Query; readonly worker: Service<FeatureApi> };
type Plan = {
  readonly measures: readonly Measure[];
  readonly leftOut: readonly LeftOut[];
  readonly statement: Sql;
  readonly asOf: string | null;
};

/** Measures every customer of `dataset` and puts the features on one scale. Throws `RangeError` where `asOf` is no ISO date. */
export async function measureFeatures(
  dataset: Dataset,
  settings: FeatureSettings,
  { query, worker }: Tools,
  job: JobOptions,
): Promise<FeatureTable> {
  if (settings.asOf !== undefined && Number.isNaN(Date.parse(`${settings.asOf}T00:00:00Z`)))
    throw new RangeError(`"${settings.asOf}" is no date like 2026-11-30`);
  const make = dataset.kind === 'orders' ? planOrders : planCustomers;
  const { measures, leftOut, statement, asOf } = await make(dataset, settings, query, job);
  job.onProgress?.({ stage: 'Measuring customers', done: 0, total: 2 });
  const table = await query(statement, job.signal);
  const names = measures.map(({ name }) => name);
  const raw = names.length > 0 ? toMatrix(table.select(names)) : matrix(table.numRows, 0);
  const ids: unknown[] = table.getChild('customer')?.toArray() ?? [];
  const seen = names.indexOf('orders');
  const plans = measures.map((measure) => planOf(measure, settings, seen));
  const gapsOf = (name: string) => sum(table.getChild(gapColumn(name))?.toArray() ?? []);
  const condensing = {
    features: measures.map(({ name, label, categories }) => ({
      label,
      gaps: gapsOf(name),
      ...(categories && { categories }),
    })),
    on: settings.condense ?? null,
  };
  const { scaled, scaledFrom, columns, condensed } = await callJob(
    worker,
    (api, port) => api.scale(raw, plans, condensing, port),
    job,
  );
  const features = measures.map((measure, f) =>
    featureOf(measure, columns[f]!, condensing.features[f]!.gaps),
  );
  const customers = Array.from(ids, String);
  return {
    asOf,
    customers,
    features,
    raw,
    scaled,
    scaledFrom,
    ...(condensed && { condensed }),
    spend: spendIn(features, raw),
    sql: statement.text.trim(),
    measured: statement,
    leftOut,
  };
}

async function planOrders(
  { has, facts: known = [], customers }: Dataset,
  settings: FeatureSettings,
  query: Query,
  { signal }: JobOptions,
): Promise<Plan> {
  const [row] = (await query(orderFacts(), signal)).toArray();
  const { timed, returned, first_day: firstDay, last_day: lastDay } = row;
  const asOf = lastDay === null ? null : (settings.asOf ?? lastDay);
  const facts = { has, timed: timed > 0, returned: returned > 0, firstDay, asOf };
  const own = orderMeasures(facts);
  const unknown = unknownFromOrders(facts);
  const given = {
    table: 'customer_facts',
    taken: orderMeasureNames(),
    core: false,
    customers,
    asOf,
  } as const;
  const more = await measureKnown(known, given, query, signal);
  const isTaken = (name: string) => unknown.some(({ column }) => column === name);
  return {
    measures: [...own, ...more.measures],
    leftOut: [
      ...unknown,
      ...more.leftOut.map(({ column, reason }) => ({
        column: isTaken(column) ? `${column} (of the customer)` : column,
        reason,
      })),
    ],
    asOf,
    statement: orderFeatures(facts, own, more.measures),
  };
}

async function planCustomers(
  { columns, to, customers }: Dataset,
  settings: FeatureSettings,
  query: Query,
  { signal }: JobOptions,
): Promise<Plan> {
  const wanted = tellingOfCustomer(columns);
  const asOf = settings.asOf ?? to?.slice(0, 10) ?? lastDate(wanted);
  const given = { table: 'customers', taken: [], core: true, customers, asOf } as const;
  const { measures, leftOut } = await measureKnown(wanted, given, query, signal);
  return { measures, leftOut, asOf, statement: customerFeatures(wanted, measures) };
}

/** The last day that something is dated; nobody was born on it. */
function lastDate(columns: readonly Column[]): string | null {
  const highs = columns.flatMap(({ type, role, high }) =>
    type === 'date' && role !== 'birth-date' && high ? [String(high)] : [],
  );
  return highs.sort().at(-1)?.slice(0, 10) ?? null;
}

function planOf(
  { name, label, unit, categories, core, outcome }: Measure,
  { on }: FeatureSettings,
  seen: number,
): ColumnPlan {
  const isCore = core === true;
  const isOpen = !on && core === 'kinds' && seen >= 0;
  const reason = outcome
    ? 'It is what is to be predicted; grouping by it would answer the question with itself.'
    : (on?.includes(name) ?? (isCore || isOpen))
      ? null
      : isCore
        ? LEFT_OUT
        : DESCRIBES;
  return {
    label,
    kind: categories ? 'category' : 'number',
    categories: categories?.length ?? 0,
    unusedReason: reason,
    ...(isOpen && { onlyKinds: { seen, isShare: unit === 'share', reason: DESCRIBES } }),
  };
}

function featureOf(measure: Measure, scale: ColumnScale, gaps: number): Feature {
  const { name, label, unit, definition, categories, gapRule } = measure;
  return {
    name,
    label,
    unit,
    definition,
    ...scale,
    gaps,
    gapRule: gaps > 0 ? (gapRule ?? null) : null,
    ...(categories && { categories }),
  };
}

/** Names under which a table with one row per customer keeps what each of them brought in. */
const spendNames =
  /^(total|annual|lifetime)?(spend|spent|revenue|sales|monetary|turnover)$|^totalcharges$/;

function spendIn(features: readonly Feature[], raw: Matrix): number {
  return features.findIndex(({ name, unit }, f) => {
    if (unit !== 'money' && unit !== 'number') return false;
    if (!spendNames.test(name.toLowerCase().replaceAll(/[^a-z]/g, ''))) return false;
    for (let r = 0; r < raw.rows; r++) if (raw.data[r * raw.cols + f]! > 0) return true;
    return false;
  });
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
