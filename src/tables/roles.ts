import { count } from '../lib/format.ts';
import { assignOrders } from './roles-orders.ts';
import { assignCustomers } from './roles-customers.ts';
import { candidates, type Seen } from './role-scores.ts';
import type { Role, TableKind, TableSettings } from './types.ts';

export type Assigned = {
  readonly role: Role;
  readonly confidence: number;
  readonly reason: string;
};
export type Roles = {
  readonly kind: TableKind;
  readonly kindReason: string;
  /** For each column, in order. */
  readonly columns: readonly Assigned[];
};

/** Roles of which a table has at most one column. */
export const single = (role: Role): boolean =>
  role !== 'feature' && role !== 'outcome' && role !== 'left-out';

/** What each column means, and what a row is: suggested from names and values, overruled by what a person said. Pure. */
export function suggestRoles(seen: readonly Seen[], settings: TableSettings = {}): Roles {
  const given = new Map((settings.roles ?? []).map(({ column, role }) => [column, role]));
  const scores = candidates(seen);
  const guess = kindOf(seen, scores, given);
  const kind = settings.kind ?? guess.kind;
  const suggested = kind === 'orders' ? assignOrders(seen, scores) : assignCustomers(seen, scores);
  const taken = new Set([...given.values()].filter(single));
  const rest: Assigned = {
    role: kind === 'orders' ? 'left-out' : 'feature',
    confidence: 0.5,
    reason: 'You gave its role to another column.',
  };
  return {
    kind,
    kindReason: settings.kind ? 'You said so.' : guess.reason,
    columns: seen.map(({ name }, i) => {
      const own = given.get(name);
      if (own) return { role: own, confidence: 1, reason: 'You said so.' };
      const found = suggested[i]!;
      return taken.has(found.role) ? rest : found;
    }),
  };
}

type Guess = { readonly kind: TableKind; readonly reason: string };

/** One row an order line, or one row a customer: does anybody come twice, is there an order or a date? */
function kindOf(
  seen: readonly Seen[],
  scores: ReturnType<typeof candidates>,
  given: ReadonlyMap<string, Role>,
): Guess {
  const chosen = (role: Role) => seen.find(({ name }) => given.get(name) === role);
  const best = (role: Role, least: number) => {
    const found = scores.best(role);
    return chosen(role) ?? (found && found.score >= least ? seen[found.index] : undefined);
  };
  const customer = best('customer', 0.35);
  const order = best('order', 0.5);
  const date = best('date', 0.5);
  const money = best('amount', 0.5) ?? best('price', 0.5);
  if (!customer) {
    if (order) return { kind: 'orders', reason: `“${order.header}” names orders.` };
    if (date && money)
      return {
        kind: 'orders',
        reason: `“${date.header}” and “${money.header}” tell of purchases.`,
      };
    return {
      kind: 'customers',
      reason:
        'No column names a customer, an order or a purchase, so each row is taken as a customer.',
    };
  }
  const named = `“${customer.header}” has ${count(customer.distinct)} different values in ${count(customer.filled)} rows`;
  const perCustomer = customer.filled / Math.max(1, customer.distinct);
  if (order && order.index !== customer.index && date)
    return {
      kind: 'orders',
      reason: `“${order.header}” names orders and “${date.header}” dates them.`,
    };
  if (perCustomer > 1.15 || (perCustomer > 1.02 && (date || order)))
    return { kind: 'orders', reason: `${named}: customers come back.` };
  if (order && order.index !== customer.index && money)
    return {
      kind: 'orders',
      reason: `“${order.header}” names orders and “${money.header}” what they cost.`,
    };
  if (customer.filled === 0 && (date || money))
    return { kind: 'orders', reason: 'It has dates or amounts as orders do.' };
  return { kind: 'customers', reason: `${named}: one row a customer.` };
}
