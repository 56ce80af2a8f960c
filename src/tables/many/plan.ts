import { fixed, percent, plural } from '../../lib/format.ts';
import type { Role, SourceKind } from '../types.ts';
import { isToOne, turned } from './measure.ts';
import { assembledColumns } from './plan-columns.ts';
import { LEAST_COVERAGE, saidOf, stepsFrom } from './steps.ts';
import type { Assembly, Join, ManySettings, Step, TypedTable } from './types.ts';

/** Which kind of table gives the rows of the result, best first. */
const spines: readonly SourceKind[] = [
  'order-lines',
  'transactions',
  'customers',
  'events',
  'redemptions',
  'reviews',
  'contacts',
  'payments',
  'other',
];

/**
 * How several tables become one without losing or multiplying a row: the spine gives the rows, and each other table that a row meets
 * once at most gives columns. Throws RangeError without tables. Pure.
 */
export function planAssembly(
  tables: readonly TypedTable[],
  joins: readonly Join[],
  settings: ManySettings,
): Assembly {
  const { table: spine, steps, reason } = spineOf(tables, joins, settings);
  const included = new Set([spine.id, ...steps.map(({ to }) => to.table)]);
  const label = (id: string) => tables.find((table) => table.id === id)?.label ?? id;
  const isOfCustomers = spine.kind === 'customers';
  return {
    spine: spine.id,
    spineReason: reason,
    steps,
    columns: assembledColumns(tables, spine, steps),
    kind: isOfCustomers ? 'customers' : 'orders',
    kindReason: isOfCustomers
      ? `Each row of ${spine.label} is a customer.`
      : `Each row of ${spine.label} tells of a purchase or an action of a customer.`,
    apart: tables
      .filter(({ id }) => !included.has(id))
      .map((table) => ({
        table: table.id,
        reason: whyApart(table, { label, included, joins, settings }),
      })),
  };
}

type Spine = {
  readonly table: TypedTable;
  readonly steps: readonly Step[];
  readonly reason: string;
};

function spineOf(
  tables: readonly TypedTable[],
  joins: readonly Join[],
  settings: ManySettings,
): Spine {
  const reached = (table: TypedTable): Spine => ({
    table,
    steps: stepsFrom(table, joins, settings),
    reason: 'You chose it.',
  });
  const chosen = tables.find(({ id }) => id === settings.spine);
  if (chosen) return reached(chosen);
  const ranked = tables.toSorted((a, b) => rank(a) - rank(b) || b.rows - a.rows);
  const all = ranked.map(reached);
  const knows = ({ table, steps }: Spine) => {
    const ids = [table.id, ...steps.map(({ to }) => to.table)];
    return tables.some(
      ({ id, columns }) => ids.includes(id) && columns.some(({ role }) => role === 'customer'),
    );
  };
  const fit = all.filter((it) => knows(it) && !lacksAmounts(it, tables));
  const first = fit[0] ?? all.find(knows) ?? all[0];
  if (!first) throw new RangeError('no tables to put together');
  const best = tellsMore(first, fit) ?? first;
  const { table } = best;
  if (best !== first)
    return {
      ...best,
      reason: `${plural(table.rows, 'row')} of ${table.kind}: no table tells of money or orders, and this one tells of most that customers did.`,
    };
  const beaten = all.slice(0, all.indexOf(best)).map((it) => it.table.label);
  const why = `${plural(table.rows, 'row')} of ${table.kind.replace('-', ' ')}`;
  const instead =
    beaten.length > 0 ? `; ${beaten.join(' and ')} would not lead to a customer and an amount` : '';
  return {
    ...best,
    reason: `${why}: the closest to single purchases that leads to a customer${instead}.`,
  };
}

const acts: readonly SourceKind[] = ['transactions', 'events', 'reviews'];
const buys: readonly Role[] = ['order', 'amount', 'price', 'quantity'];

/** Where the first of them only says who did something and when: the one with most rows of those that do. */
function tellsMore(first: Spine, fit: readonly Spine[]): Spine | undefined {
  const isAct = ({ table }: Spine) =>
    acts.includes(table.kind) && !table.columns.some(({ role }) => buys.includes(role));
  return isAct(first)
    ? fit.filter(isAct).reduce((most, it) => (it.table.rows > most.table.rows ? it : most))
    : undefined;
}

const rank = ({ kind }: TypedTable): number => {
  const place = spines.indexOf(kind);
  return place < 0 ? spines.length : place;
};

/** Lines without an amount or a price, of orders that have one: taken from the orders it would be counted once a line. */
function lacksAmounts({ table, steps }: Spine, tables: readonly TypedTable[]): boolean {
  const has = (of: TypedTable | undefined) =>
    of?.columns.some(({ role }) => role === 'amount' || role === 'price') ?? false;
  if (table.kind !== 'order-lines' || has(table)) return false;
  const others = steps.map(({ to }) => tables.find(({ id }) => id === to.table));
  return (
    others.some((other) => other?.kind === 'transactions' && has(other)) &&
    !others.some((other) => other?.kind === 'products' && has(other))
  );
}

function whyApart(
  table: TypedTable,
  it: {
    readonly label: (id: string) => string;
    readonly included: ReadonlySet<string>;
    readonly joins: readonly Join[];
    readonly settings: ManySettings;
  },
): string {
  const towards = it.joins
    .flatMap((join) => [join, turned(join)])
    .filter(({ left, right }) => right.table === table.id && it.included.has(left.table));
  const join = towards.find((each) => isToOne(each)) ?? towards[0];
  if (!join) return 'No join leads to it from the tables that are used.';
  if (saidOf(join, it.settings) === false) return 'You left its join out.';
  if (!isToOne(join)) return multiplies(join, it.label(join.left.table));
  return join.coverage < LEAST_COVERAGE
    ? `Only ${percent(join.coverage)} of the rows find one in it.`
    : 'Its join is too unsure to be used unasked.';
}

const multiplies = ({ fanOut }: Join, from: string): string =>
  `A row of ${from} meets up to ${plural(fanOut.most, 'row')} of it, ${fixed(fanOut.mean)} on average: joined, rows would be multiplied.`;
