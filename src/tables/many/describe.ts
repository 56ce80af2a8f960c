import { seenColumns, withProfiles } from '../columns.ts';
import type { Raw } from '../raw.ts';
import { moreRoleOf } from '../role-more.ts';
import type { MoreRole } from '../role-more-names.ts';
import { candidates, type Scores, type Seen } from '../role-scores.ts';
import { single } from '../role-words.ts';
import { rolesFor, type Assigned } from '../roles.ts';
import type { Role, SourceKind } from '../types.ts';
import { isIdName, wordsOf } from '../words.ts';
import { suggestKind } from './kinds.ts';
import { labelsOf } from './labels.ts';
import type { ManySettings, TypedTable } from './types.ts';

/** A table of the project as it was imported. */
export type RawTable = { readonly id: string; readonly raw: Raw };

/** What each table and each of its columns is: suggested, and overruled by what a person said. Pure. */
export function describeTables(
  raws: readonly RawTable[],
  settings: ManySettings,
): readonly TypedTable[] {
  const labels = labelsOf(raws.map(({ raw }) => raw.source.name));
  return raws.map(({ id, raw }, i): TypedTable => {
    const said = settings.tables?.find((each) => each.id === id);
    const label = labels[i]!;
    const seen = seenColumns(raw);
    const named = seen.map((column) => ({ ...column, header: namedIn(label, column) }));
    const scores = candidates(named);
    const guess = suggestKind({ label, seen: named, scores });
    const { kind, confidence, reason } = said?.kind
      ? { kind: said.kind, confidence: 1, reason: 'You said so.' }
      : guess;
    const roles = withGiven(seen, rolesOfKind(named, scores, kind), said?.roles ?? []);
    return {
      id,
      table: raw.profiles.table,
      name: raw.source.name,
      label,
      kind,
      confidence,
      reason,
      rows: raw.profiles.rows,
      columns: withProfiles(seen, roles, raw.profiles),
    };
  });
}

/** A column that is only called a number is the number of what the table holds: `id` in customers is a customer’s. */
function namedIn(label: string, { header }: Seen): string {
  const isBare = isIdName(header) && wordsOf(header).every((word) => isIdName(word));
  const thing = wordsOf(label).at(-1);
  return isBare && thing ? `${thing} ${thing.replace(/(?:en|s|e)$/, '')} ${header}` : header;
}

/** Roles that tell of a person, and the kinds of table where a row may be about one. */
const personal: readonly MoreRole[] = ['email', 'phone', 'person-name', 'birth-date', 'address'];
const aboutPeople: readonly SourceKind[] = [
  'customers',
  'transactions',
  'contacts',
  'events',
  'reviews',
  'other',
];
const weakest = 0.5;
const left: Assigned = {
  role: 'left-out',
  confidence: 0.6,
  reason: 'Nothing in its name or values says what it would mean here.',
};

/** What a row of things rather than of purchases has no amount of. */
const ofPurchases: readonly Role[] = ['customer', 'order', 'quantity', 'amount', 'discount'];
const things: readonly SourceKind[] = ['products', 'lookup', 'images', 'campaigns'];

function isStray({ role, confidence }: Assigned, kind: SourceKind): boolean {
  if (things.includes(kind) && ofPurchases.includes(role)) return true;
  return (
    role === 'left-out' || (role === 'customer' && confidence < weakest && kind !== 'transactions')
  );
}

function rolesOfKind(seen: readonly Seen[], scores: Scores, kind: SourceKind): readonly Assigned[] {
  if (kind === 'customers') return rolesFor(seen, scores, 'customers');
  const plain = rolesFor(seen, scores, 'orders').map((each) => (isStray(each, kind) ? left : each));
  const taken = new Set<string>();
  return plain.map((each, i) => {
    const more = moreRoleOf(seen[i]!);
    if (!more || more.score < each.confidence - 0.05) return each;
    if (personal.includes(more.role) && !aboutPeople.includes(kind))
      return each.role === more.role ? left : each;
    if (single(more.role) && taken.has(more.role)) return each.role === more.role ? left : each;
    taken.add(more.role);
    return { role: more.role, confidence: more.score, reason: more.reason };
  });
}

function withGiven(
  seen: readonly Seen[],
  roles: readonly Assigned[],
  given: readonly { readonly column: string; readonly role: Assigned['role'] }[],
): readonly Assigned[] {
  if (given.length === 0) return roles;
  const byName = new Map(given.map(({ column, role }) => [column, role]));
  const taken = new Set([...byName.values()].filter(single));
  return roles.map((each, i) => {
    const own = byName.get(seen[i]!.name);
    if (own) return { role: own, confidence: 1, reason: 'You said so.' };
    return taken.has(each.role)
      ? { ...left, reason: 'You gave its role to another column.' }
      : each;
  });
}
