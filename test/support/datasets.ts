import type { Query } from '../../src/db/query.ts';
import type { Column, ColumnType, Dataset, Role } from '../../src/tables/types.ts';
import { sql } from '../../src/lib/sql.ts';

/** A column as the tables stage would describe it. */
export function column(name: string, type: ColumnType, more: Partial<Column> = {}): Column {
  const own = {
    index: 0,
    name,
    header: name,
    type,
    role: 'feature' as Role,
    confidence: 1,
    reason: '',
  };
  const facts = { examples: [], gaps: 0, unreadable: 0, distinct: 100, low: null, high: null };
  return { ...own, ...facts, median: null, bins: [], ...more };
}

/** A dataset of which only what the features stage reads is filled in. */
export function dataset(more: Partial<Dataset>): Dataset {
  const ledger = { read: 0, kept: 0, setAside: [], amountRead: null, amountKept: null, returns: 0 };
  const scan = { sha256: '', records: 0, lines: 0, blankLines: 0 };
  const source: Dataset['source'] = {
    name: 'test.csv',
    bytes: 0,
    confidence: 1,
    reason: '',
    headers: [],
    path: 'test.csv',
    dialect: {
      encoding: 'utf-8',
      delimiter: ',',
      quote: '"',
      escape: '"',
      header: true,
      skip: 0,
      decimal: '.',
    },
    scan: Promise.resolve(scan),
  };
  const common = { source, scan, columns: [], ledger, findings: [], has: [], customers: 0 };
  return { ...common, kind: 'orders', from: null, to: null, ...more };
}

/** One order line; what is absent is NULL. */
export type Line = {
  readonly customer: string;
  readonly at: string | null;
  readonly order?: string;
  readonly amount?: number;
  readonly quantity?: number;
  readonly discount?: number;
  readonly product?: string;
  readonly category?: string;
  readonly channel?: string;
  readonly isReturn?: boolean;
};

/** Table `orders` with these lines. */
export async function ordersTable(query: Query, lines: readonly Line[]): Promise<void> {
  await query(sql`
    CREATE OR REPLACE TABLE orders (customer VARCHAR, ordered_at TIMESTAMP, order_id VARCHAR, amount DOUBLE, quantity DOUBLE,
      price DOUBLE, discount DOUBLE, product VARCHAR, category VARCHAR, channel VARCHAR, place VARCHAR, is_return BOOLEAN)`);
  for (const line of lines)
    await query(sql`
      INSERT INTO orders VALUES (${line.customer}, ${line.at}::TIMESTAMP, ${line.order ?? null}, ${line.amount ?? null},
        ${line.quantity ?? null}, NULL, ${line.discount ?? null}, ${line.product ?? null}, ${line.category ?? null},
        ${line.channel ?? null}, NULL, ${line.isReturn ?? false})`);
}
