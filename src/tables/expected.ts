import type { Expected } from '../files/estimate.ts';
import type { Probe } from '../files/probe.ts';
import type { CellKind } from '../files/table-bytes.ts';
import { describeColumns } from './columns.ts';
import { planColumns, type ChosenReader, type Raw } from './raw.ts';
import { isGap } from './reader.ts';
import type { Role, TableSettings } from './types.ts';

/** Columns of `orders` as `Dataset` documents them, by the role that fills each; null where none does. */
const ordersColumns: readonly (readonly [CellKind, Role | null])[] = [
  ['text', 'customer'],
  ['date', 'date'],
  ['text', 'order'],
  ['number', 'amount'],
  ['number', 'quantity'],
  ['number', 'price'],
  ['number', 'discount'],
  ['text', 'product'],
  ['text', 'category'],
  ['text', 'channel'],
  ['text', 'place'],
  ['yes-no', null],
];

/** What will be made of a file, from records all over it: types and roles are found as for the whole, but from the sample alone. */
export function expectTables(
  opened: Parameters<typeof planColumns>[0],
  { slices }: Pick<Probe, 'slices'>,
  settings: TableSettings & { readonly readers?: readonly ChosenReader[] } = {},
): Expected {
  const { columns } = planColumns(opened, settings.readers);
  const rows = slices.flat();
  const profiles = columns.map((_, i) => {
    const cells = rows.map((row) => row[i]?.trim() ?? '').filter((cell) => !isGap(cell));
    const facts = { unreadable: 0, low: null, high: null, median: null, bins: [] };
    return { ...facts, gaps: rows.length - cells.length, distinct: new Set(cells).size };
  });
  const raw = {
    columns,
    profiles: { table: 'raw', rows: rows.length, columns: profiles, isClose: false },
    source: { sample: rows } as unknown as Raw['source'], // roles are looked for in the sample and nowhere else
  };
  const described = describeColumns(raw, settings);
  const playing = (role: Role | null) => {
    const found = described.columns.find((column) => column.role === role);
    return found ? found.index : null;
  };
  const customer = playing('customer');
  const isFeature = (role: Role) => role === 'feature' || role === 'outcome';
  const features = described.columns.filter(({ role }) => isFeature(role));
  return {
    columns: columns.map(({ name, type }) => ({ name, kind: type })),
    kind: described.kind,
    needs: customer,
    clean:
      described.kind === 'orders'
        ? ordersColumns.map(([kind, role]) => ({ kind, from: role && playing(role) }))
        : [
            { kind: 'text', from: customer },
            ...features.map(({ index, type }) => ({ kind: type, from: index })),
          ],
  };
}
