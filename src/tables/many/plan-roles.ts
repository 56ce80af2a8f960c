import { count, percent } from '../../lib/format.ts';
import { isNamed } from '../role-scores.ts';
import type { Assigned } from '../roles.ts';
import type { Column, Role, SourceKind } from '../types.ts';
import { isIdName, wordsOf } from '../words.ts';
import type { Part } from './plan-columns.ts';
import type { Step, TypedTable } from './types.ts';

/** Where the column of a role is looked for: `spine` first or last, and the kinds of table that a row meets. */
const places: readonly (readonly [role: Role, from: readonly (SourceKind | 'spine')[]])[] = [
  ['order', ['spine', 'transactions']],
  ['date', ['transactions', 'spine']],
  ['amount', ['spine']],
  ['quantity', ['spine']],
  ['price', ['spine', 'products']],
  ['discount', ['spine']],
  ['product', ['spine']],
  ['channel', ['spine', 'transactions']],
];

/**
 * Which column of the result plays which role. Amounts come from the spine alone: from a table that several rows share they would be
 * counted once a row. Pure.
 */
export function plannedRoles(
  parts: readonly Part[],
  steps: readonly Step[],
  spine: TypedTable,
): ReadonlyMap<Part, Assigned> {
  const planned = new Map<Part, Assigned>();
  const give = (part: Part | undefined, it: Assigned | null) => {
    if (part && it && !planned.has(part)) planned.set(part, it);
  };
  const ofRole = (role: Role, from: SourceKind | 'spine') =>
    parts
      .filter(({ step, table }) =>
        from === 'spine' ? step === null : step !== null && table.kind === from,
      )
      .filter(({ column }) => column.role === role)
      .toSorted((a, b) => b.column.confidence - a.column.confidence)[0];
  const person = customerOf(parts, steps);
  if (person) give(person.part, person.assigned);
  if (spine.kind === 'customers') {
    for (const part of parts) if (part.step === null) give(part, asItIs(part));
    return planned;
  }
  const hasAmount = ofRole('amount', 'spine') !== undefined;
  for (const [role, from] of places) {
    if (role === 'price' && hasAmount && !ofRole('price', 'spine')) continue;
    const found = from
      .map((place) => ofRole(role, place))
      .find((part) => part && !planned.has(part));
    if (found) give(found, { ...asItIs(found), reason: withOrigin(found) });
  }
  const category = categoryOf(parts, steps);
  if (category) give(category.part, category.assigned);
  const place = placeOf(parts);
  if (place)
    give(place, {
      role: 'place',
      confidence: 0.7,
      reason: `Named like a place, in ${place.table.label}.`,
    });
  return planned;
}

const asItIs = ({ column }: Part): Assigned => ({
  role: column.role,
  confidence: column.confidence,
  reason: column.reason,
});

const withOrigin = ({ step, table, column }: Part): string =>
  step === null ? column.reason : `${column.reason.replace(/\.$/, '')}, in ${table.label}.`;

type Found = { readonly part: Part; readonly assigned: Assigned };

/**
 * Who a row belongs to: the customer column nearest to the spine, unless that is another one for each order and the table of
 * customers knows who they are (Olist's customer_id against customer_unique_id).
 */
function customerOf(parts: readonly Part[], steps: readonly Step[]): Found | null {
  const candidates = parts.filter(({ column }) => column.role === 'customer');
  const given = candidates.find(({ column }) => column.confidence === 1);
  if (given) return { part: given, assigned: asItIs(given) };
  const base = candidates[0];
  if (!base) return null;
  const step = steps.find(
    ({ from }) => from.table === base.table.id && from.columns.includes(base.column.name),
  );
  const perOrder = step?.join.kind === 'one-to-one' && base.table.kind !== 'customers';
  const better = parts
    .filter((part) => perOrder && part.step === step && part.table.kind === 'customers')
    .filter(({ column }) => isNamed(column.header, 'customer') && isIdName(column.header))
    .find(({ column }) => column.gaps === 0 && isCommoner(column, base.column));
  if (!better) return { part: base, assigned: { ...asItIs(base), reason: withOrigin(base) } };
  const [own, other] = [base.column, better.column];
  return {
    part: better,
    assigned: {
      role: 'customer',
      confidence: 0.9,
      reason: `“${own.header}” is another one for each order (${count(own.distinct)} in ${count(base.table.rows)} rows of ${base.table.label}); “${other.header}” has ${count(other.distinct)} values, so people come back by it.`,
    },
  };
}

/** Fewer values over the same customers; `distinct` may be an estimate, so a name that says so counts too. */
const isCommoner = (column: Column, base: Column): boolean =>
  column.distinct < base.distinct || wordsOf(column.header).includes('unique');

/** The category of the product; where a table says for all of them what the code stands for, those words. */
function categoryOf(parts: readonly Part[], steps: readonly Step[]): Found | null {
  const playing = parts.filter(({ column }) => column.role === 'category');
  const rank = ({ table, step }: Part) => (table.kind === 'products' ? 0 : step === null ? 1 : 2);
  const code = playing.toSorted(
    (a, b) => rank(a) - rank(b) || b.column.confidence - a.column.confidence,
  )[0];
  if (!code) return null;
  const step = steps.find(
    ({ from }) => from.table === code.table.id && from.columns.includes(code.column.name),
  );
  const words =
    step &&
    step.join.fit >= 0.99 &&
    parts.find((part) => part.step === step && part.column.type === 'text');
  if (!words) return { part: code, assigned: { ...asItIs(code), reason: withOrigin(code) } };
  const reason = `${words.table.label} says what “${code.column.header}” stands for, for ${percent(step.join.fit, 0)} of the products that have one.`;
  return { part: words, assigned: { role: 'category', confidence: 0.8, reason } };
}

/** Where customers are, else where the order was placed: of several places the widest, which has the fewest values. */
function placeOf(parts: readonly Part[]): Part | undefined {
  const rank = ({ table, step }: Part) =>
    table.kind === 'customers' ? 0 : step === null ? 1 : table.kind === 'transactions' ? 2 : 9;
  return parts
    .filter((part) => rank(part) < 9)
    .filter(
      ({ table, column }) =>
        column.role === 'place' ||
        (table.kind === 'customers' && column.type === 'text' && isNamed(column.header, 'place')),
    )
    .filter(({ column }) => column.distinct > 1)
    .toSorted((a, b) => rank(a) - rank(b) || a.column.distinct - b.column.distinct)[0];
}
