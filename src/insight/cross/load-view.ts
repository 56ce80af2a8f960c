import type { Query, Table } from '../../db/query.ts';
import type { FeatureTable } from '../../features/types.ts';
import type { JobOptions } from '../../lib/job.ts';
import type { Dimension, Listed } from './dimension.ts';
import { placeProbe, timeBins, valueBins, valueCounts, type Customers } from './listed.sql.ts';
import type { Offer, Origin } from './offers.ts';
import { binDays, stepFor } from './time.ts';
import { namedView, type View } from './view.ts';

/** Values of a column that have bins of their own; the rest share one. */
const MOST_VALUES = 2_000;
const PROBES = 64;

/** Asks the database how the customers of `table` fall on a view. Throws RangeError where they are others than in the table. */
export async function loadView(
  { origin, ...common }: Offer,
  table: FeatureTable,
  means: { readonly query: Query; readonly kind: Customers['kind'] },
  options: JobOptions,
): Promise<View> {
  if ('named' in origin)
    return namedView(common, await loadView(origin.named, table, means, options));
  const { signal, onProgress } = options;
  const { query, kind } = means;
  const customers = { kind, asOf: kind === 'orders' ? table.asOf : null };
  const say = (done: number) =>
    onProgress?.({ stage: `Counting ${common.label.toLowerCase()}`, done, total: 3 });
  say(0);
  await checkPlaces(table, customers, query, signal);
  say(1);
  if ('dates' in origin) return timeView({ origin, ...common }, origin, say);
  if (!('values' in origin)) throw new RangeError(`${common.name} needs no database`);
  const { values: of } = origin;
  const found = await query(valueCounts(of, customers, MOST_VALUES + 1), signal);
  const all = found.toArray().map(({ value }): string | null => value);
  const isMore = all.length > MOST_VALUES;
  const named = isMore ? all.slice(0, MOST_VALUES) : all;
  if (named.length === 0) throw new RangeError(`${common.label} holds no value`);
  say(2);
  const rows = await query(valueBins(of, customers, named), signal);
  const dimension = listOf(rows, table.customers.length, named.length + 1, true);
  const words = [...named.map((value) => value ?? '(blank)'), 'all others'];
  return { ...common, kind: 'bars', words, dimension };

  async function timeView(
    { origin: _from, ...about }: Offer,
    { dates, from, to }: Extract<Origin, { dates: unknown }>,
    tell: (done: number) => void,
  ): Promise<View> {
    const step = stepFor(from, to);
    const days = binDays(from, to, step);
    tell(2);
    const found = await query(timeBins(dates, customers, { first: days[0]!, step }), signal);
    const dimension = listOf(found, table.customers.length, days.length, dates.of !== 'orders');
    const counted = dates.of === 'orders' ? 'orders' : 'customers';
    return { ...about, kind: 'time', step, days, counted, dimension };
  }
}

async function checkPlaces(
  { customers }: FeatureTable,
  of: Customers,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stride = Math.max(1, Math.floor(customers.length / PROBES));
  const probes = (await query(placeProbe(of, stride), signal)).toArray();
  const fits = probes.every(
    ({ row, customer, rows }) =>
      rows === customers.length && String(customer) === customers[Number(row)],
  );
  if (!fits || (customers.length > 0 && probes.length === 0))
    throw new RangeError('the customers in the database are not those of the features');
}

/** `row`, `bin` and `times`, by row and bin, as lists; what lies outside of the bins is in none. Without weights each counts once. */
function listOf(table: Table, rows: number, bins: number, isOnce: boolean): Dimension {
  const column = (name: string): Int32Array => table.getChild(name)?.toArray() ?? new Int32Array();
  const [row, bin, times] = [column('row'), column('bin'), column('times')];
  const starts = new Uint32Array(rows + 1);
  const codes = new Uint16Array(row.length);
  const weights = new Uint32Array(row.length);
  let kept = 0;
  for (let i = 0; i < row.length; i++) {
    if (bin[i]! < 0 || bin[i]! >= bins) continue;
    starts[row[i]! + 1]!++;
    codes[kept] = bin[i]!;
    weights[kept++] = times[i]!;
  }
  for (let r = 0; r < rows; r++) starts[r + 1]! += starts[r]!;
  const list: Listed = { bins, starts, codes: codes.subarray(0, kept) };
  return isOnce ? list : { ...list, weights: weights.subarray(0, kept) };
}
