import { count } from '../lib/format.ts';
import { assignOrders, unnamedActs } from './roles-orders.ts';
import { assignCustomers } from './roles-customers.ts';
import { withMoreRoles } from './roles-more.ts';
import { candidates, type Scores, type Seen } from './role-scores.ts';
import { single } from './role-words.ts';
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

/** What the parts of a table tell of it, where it was put together from several: wins over names and values. */
export type Planned = Omit<Roles, 'columns'> & {
  readonly roles: readonly (Assigned & { readonly column: string })[];
};

/**
 * What each column means, and what a row is: suggested from names and values, or by how the table was put together, and overruled
 * by what a person said. Pure.
 */
export function suggestRoles(
  seen: readonly Seen[],
  settings: TableSettings = {},
  planned?: Planned,
): Roles {
  const given = new Map((settings.roles ?? []).map(({ column, role }) => [column, role]));
  const scores = candidates(seen);
  const guess = planned ?? kindOf(seen, scores, given);
  const kind = settings.kind ?? guess.kind;
  const suggested =
    kind === planned?.kind ? asPlanned(seen, planned) : rolesFor(seen, scores, kind);
  const taken = new Set([...given.values()].filter(single));
  const rest: Assigned = {
    role: kind === 'orders' ? 'left-out' : 'feature',
    confidence: 0.5,
    reason: 'You gave its role to another column.',
  };
  return {
    kind,
    kindReason: settings.kind ? 'You said so.' : guess.kindReason,
    columns: seen.map(({ name }, i) => {
      const own = given.get(name);
      if (own) return { role: own, confidence: 1, reason: 'You said so.' };
      const found = suggested[i]!;
      return taken.has(found.role) ? rest : found;
    }),
  };
}

/** The likeliest roles for a table of this kind. */
export function rolesFor(
  seen: readonly Seen[],
  scores: Scores,
  kind: TableKind,
): readonly Assigned[] {
  const plain = kind === 'orders' ? assignOrders(seen, scores) : assignCustomers(seen, scores);
  return withMoreRoles(seen, plain, kind);
}

function asPlanned(seen: readonly Seen[], { roles }: Planned): readonly Assigned[] {
  const byName = new Map(roles.map((each) => [each.column, each]));
  return seen.map(({ name }) => {
    const { role, confidence, reason } = byName.get(name) ?? leftOut;
    return { role, confidence, reason };
  });
}

const leftOut: Assigned = {
  role: 'left-out',
  confidence: 0.6,
  reason: 'No role was planned for it.',
};

type Guess = Omit<Roles, 'columns'>;

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
    if (order) return { kind: 'orders', kindReason: `“${order.header}” names orders.` };
    if (date && money)
      return {
        kind: 'orders',
        kindReason: `“${date.header}” and “${money.header}” tell of purchases.`,
      };
    const back = unnamedActs(seen);
    if (back)
      return {
        kind: 'orders',
        kindReason: `The values of “${back.id.header}” come back and look like ids, and “${back.date.header}” dates them; no line of names says so.`,
      };
    return {
      kind: 'customers',
      kindReason:
        'No column names a customer, an order or a purchase, so each row is taken as a customer.',
    };
  }
  const named = `“${customer.header}” has ${count(customer.distinct)} different values in ${count(customer.filled)} rows`;
  const perCustomer = customer.filled / Math.max(1, customer.distinct);
  if (order && order.index !== customer.index && date)
    return {
      kind: 'orders',
      kindReason: `“${order.header}” names orders and “${date.header}” dates them.`,
    };
  if (perCustomer > 1.15 || (perCustomer > 1.02 && (date || order)))
    return { kind: 'orders', kindReason: `${named}: customers come back.` };
  if (order && order.index !== customer.index && money)
    return {
      kind: 'orders',
      kindReason: `“${order.header}” names orders and “${money.header}” what they cost.`,
    };
  if (customer.filled === 0 && (date || money))
    return { kind: 'orders', kindReason: 'It has dates or amounts as orders do.' };
  return { kind: 'customers', kindReason: `${named}: one row a customer.` };
}
