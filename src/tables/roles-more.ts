import { moreRoleOf } from './role-more.ts';
import type { MoreRole } from './role-more-names.ts';
import type { Seen } from './role-scores.ts';
import { single } from './role-words.ts';
import type { Assigned } from './roles.ts';
import type { TableKind } from './types.ts';

/** Who a person is: in a table of customers these names and addresses are no features. */
const identity: readonly MoreRole[] = ['email', 'phone', 'person-name', 'birth-date'];
const loose: readonly MoreRole[] = [...identity, 'address', 'comment', 'image'];

/**
 * Gives the additional roles to columns that nothing better was found for: in orders to those left out, in a table of customers
 * to what tells who a person is or what they wrote. Of roles that one column plays, the likeliest gets it.
 */
export function withMoreRoles(
  seen: readonly Seen[],
  plain: readonly Assigned[],
  kind: TableKind,
): readonly Assigned[] {
  const more = seen.map((column, i) => {
    const { role } = plain[i]!;
    const found = moreRoleOf(column);
    if (!found) return null;
    if (role === 'left-out') return kind === 'orders' || loose.includes(found.role) ? found : null;
    return kind === 'customers' && role === 'feature' && identity.includes(found.role)
      ? found
      : null;
  });
  return plain.map((it, i) => {
    const found = more[i];
    if (!found) return it;
    const better = more.some(
      (other, j) =>
        other?.role === found.role &&
        (other.score > found.score || (other.score === found.score && j < i)),
    );
    if (better && single(found.role)) return it;
    return { role: found.role, confidence: found.score, reason: found.reason };
  });
}
