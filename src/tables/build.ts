import type { Database } from '../db/query.ts';
import { TesseraError } from '../lib/errors.ts';
import type { JobOptions } from '../lib/job.ts';
import {
  asideRows,
  asideRules,
  customersLedger,
  customersTable,
  ordersLedger,
  ordersSpan,
  ordersTable,
} from './clean.sql.ts';
import { buildCustomerFacts, CUSTOMER_FACTS } from './customer-facts.ts';
import { hasAmount, nobodyFinding, orderFindings, unreadableFindings } from './build-findings.ts';
import { beforeRaw, closeLedger, fileLine, setAside } from './ledger.ts';
import { number, isoOf } from './profile.ts';
import type { Raw } from './raw.ts';
import { shownRows } from './rows.ts';
import type { Column, Dataset, Finding, Role, SetAside, TableKind } from './types.ts';

const SHOWN = 100;

type Built = Pick<Dataset, 'ledger' | 'findings' | 'has' | 'customers' | 'from' | 'to' | 'facts'>;

/**
 * Makes the clean table from the raw one and accounts for every record.
 * Throws roles-missing where an orders table has no customer column, no-customers and no-rows where nothing is left.
 */
export async function buildDataset(
  db: Database,
  raw: Raw,
  { kind, columns }: { readonly kind: TableKind; readonly columns: readonly Column[] },
  job: JobOptions = {},
): Promise<Dataset> {
  job.onProgress?.({ stage: 'Cleaning the rows', done: 0, total: 3 });
  const make = kind === 'orders' ? buildOrders : buildCustomers;
  const built = await make(db, raw, columns, job);
  const findings = [...raw.findings, ...unreadableFindings(columns), ...built.findings];
  return { source: raw.source, scan: await raw.source.scan, kind, columns, ...built, findings };
}

async function buildOrders(
  db: Database,
  raw: Raw,
  columns: readonly Column[],
  { signal, onProgress }: JobOptions,
): Promise<Built> {
  if (!columns.some(({ role }) => role === 'customer'))
    throw new TesseraError('roles-missing', 'No column looks like the id of a customer.');
  const none = await nobodyFinding(db, raw, columns, signal);
  const options = {
    table: raw.profiles.table,
    cancelled: hasCancelled(raw, columns),
    noneWords: none.length > 0,
  };
  const sums = await db.query(ordersLedger(columns, options), signal);
  const of = (name: string) => number(sums, name);
  const before = beforeRaw(raw.count, of('rows') ?? 0, raw);
  const kept = of('kept') ?? 0;
  const rules = asideRules(columns, options);
  onProgress?.({ stage: 'Cleaning the rows', done: 1, total: 3 });
  if (kept === 0)
    throw nothingLeft(rules.map(({ reason }, i) => ({ reason, rows: of(`rows${i}`) ?? 0 })));
  await db.make('orders', ordersTable(columns, options), signal);
  const known = await buildCustomerFacts(db, columns, options, signal);
  onProgress?.({ stage: 'Cleaning the rows', done: 2, total: 3 });
  const aside: SetAside[] = [];
  for (const [i, { reason }] of rules.entries()) {
    const rows = of(`rows${i}`) ?? 0;
    if (rows === 0) continue;
    const sample = await sampleOf(db, raw, { columns, reason, ...options }, signal);
    aside.push(
      setAside(reason, rows, { amount: hasAmount(columns) ? of(`amount${i}`) : null, sample }),
    );
  }
  const span = await db.query(ordersSpan(), signal);
  const ledger = closeLedger({
    read: before.read,
    kept,
    setAside: [...aside, ...before.setAside],
    amountRead: hasAmount(columns) ? of('amount_read') : null,
    amountKept: hasAmount(columns) ? of('amount_kept') : null,
    returns: of('returns') ?? 0,
  });
  const facts = {
    ledger,
    negative: of('negative') ?? 0,
    zero: of('zero') ?? 0,
    rows: of('rows') ?? 0,
    cancelled: options.cancelled,
  };
  return {
    ledger,
    findings: [...before.findings, ...none, ...orderFindings(columns, facts), ...known.findings],
    has: rolesOf(columns),
    facts: known.facts,
    customers: number(span, 'customers') ?? 0,
    from: dateOf(number(span, 'first')),
    to: dateOf(number(span, 'last')),
  };
}

async function buildCustomers(
  db: Database,
  raw: Raw,
  columns: readonly Column[],
  { signal }: JobOptions,
): Promise<Built> {
  const none = await nobodyFinding(db, raw, columns, signal);
  const options = {
    table: raw.profiles.table,
    cancelled: false,
    noneWords: none.length > 0,
  };
  const sums = await db.query(customersLedger(columns, options), signal);
  const [rows, without, customers] = ['rows', 'without', 'different'].map(
    (name) => number(sums, name) ?? 0,
  ) as [number, number, number];
  const before = beforeRaw(raw.count, rows, raw);
  if (customers === 0) throw nothingLeft([{ reason: 'no-customer', rows: without }]);
  const repeated = rows - without - customers;
  await db.make(
    'customers',
    customersTable(columns, { ...options, repeated: repeated > 0 }),
    signal,
  );
  await db.drop(CUSTOMER_FACTS);
  const aside: SetAside[] = [];
  const counts = [
    ['no-customer', without],
    ['repeated-customer', repeated],
  ] as const;
  for (const [reason, n] of counts)
    if (n > 0)
      aside.push(
        setAside(reason, n, {
          sample: await sampleOf(db, raw, { columns, reason, ...options }, signal),
        }),
      );
  const ledger = closeLedger({
    read: before.read,
    kept: customers,
    setAside: [...aside, ...before.setAside],
    amountRead: null,
    amountKept: null,
    returns: 0,
  });
  const numbered: Finding = {
    code: 'row-number-ids',
    rows: customers,
    words: 'No column identifies a customer, so each row is one and goes by its number.',
  };
  const hasId = columns.some(({ role }) => role === 'customer');
  return {
    ledger,
    findings: [...before.findings, ...none, ...(hasId ? [] : [numbered])],
    has: rolesOf(columns),
    customers,
    from: null,
    to: null,
  };
}

/** Ids of cancelled orders start with a C where nearly all others are digits, as in C536379. */
function hasCancelled({ source }: Raw, columns: readonly Column[]): boolean {
  const order = columns.find(({ role }) => role === 'order');
  if (!order || order.type !== 'text') return false;
  const ids = source.sample.map((row) => row[order.index]?.trim() ?? '').filter(Boolean);
  return ids.filter((id) => /^\d+$/.test(id)).length > 0.6 * ids.length;
}

function rolesOf(columns: readonly Column[]): readonly Role[] {
  const roles = new Set(columns.map(({ role }) => role));
  if (hasAmount(columns)) roles.add('amount');
  roles.delete('left-out');
  return [...roles];
}

function nothingLeft(
  rules: readonly { readonly reason: SetAside['reason']; readonly rows: number }[],
): TesseraError {
  const most = rules.toSorted((a, b) => b.rows - a.rows)[0];
  const words = most
    ? setAside(most.reason, most.rows, { sample: [] }).words
    : 'There are no rows.';
  return new TesseraError(most?.reason === 'no-customer' ? 'no-customers' : 'no-rows', words);
}

async function sampleOf(
  db: Database,
  raw: Raw,
  it: { readonly columns: readonly Column[] } & Omit<Parameters<typeof asideRows>[1], 'count'>,
  signal?: AbortSignal,
): Promise<SetAside['sample']> {
  const table = await db.query(asideRows(it.columns, { ...it, count: SHOWN }), signal);
  return shownRows(table, it.columns).map(({ row, cells }) => ({
    line: fileLine(raw.count, row),
    text: cells.join(raw.source.dialect.delimiter),
  }));
}

const dateOf = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));
