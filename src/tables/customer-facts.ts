import type { Database } from '../db/query.ts';
import { count } from '../lib/format.ts';
import { tellingOfCustomer, type CleanOptions } from './clean.sql.ts';
import { customerFactsTable, differingFacts, factsOverview } from './customer-facts.sql.ts';
import { isoOf, number } from './profile.ts';
import type { Column, Finding } from './types.ts';

/** The name of the table. */
export const CUSTOMER_FACTS = 'customer_facts';

/**
 * Makes table `customer_facts` beside `orders`, or drops it where no column tells of the customer. `facts` are its columns, with what is
 * known of them over its rows; `findings` say where orders of one customer tell different things of them.
 */
export async function buildCustomerFacts(
  db: Database,
  columns: readonly Column[],
  options: CleanOptions,
  signal?: AbortSignal,
): Promise<{ readonly facts: readonly Column[]; readonly findings: readonly Finding[] }> {
  const telling = tellingOfCustomer(columns);
  if (telling.length === 0) {
    await db.drop(CUSTOMER_FACTS);
    return { facts: [], findings: [] };
  }
  await db.make(CUSTOMER_FACTS, customerFactsTable(columns, options), signal);
  const seen = await db.query(factsOverview(telling), signal);
  const differ = await db.query(differingFacts(columns, options), signal);
  const rows = number(seen, 'rows') ?? 0;
  const facts = telling.map((column, i): Column => {
    const bound = (which: 'low' | 'high') => {
      const value = number(seen, which + i);
      return value !== null && column.type === 'date' ? isoOf(value) : value;
    };
    return {
      ...column,
      gaps: rows - (number(seen, `n${i}`) ?? 0),
      unreadable: 0,
      distinct: number(seen, `d${i}`) ?? 0,
      low: bound('low'),
      high: bound('high'),
      median: null,
      bins: [],
    };
  });
  const findings = telling.flatMap((column, i) => {
    const customers = number(differ, `differ${i}`) ?? 0;
    return customers > 0 ? [differs(column, customers)] : [];
  });
  return { facts, findings };
}

const differs = ({ header, name }: Column, customers: number): Finding => ({
  code: 'facts-differ',
  rows: customers,
  words: `${count(customers)} ${customers === 1 ? 'customer has' : 'customers have'} more than one “${header || name}”; the first was taken.`,
});
