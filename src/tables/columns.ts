import { parseNumber, numberTest } from './numbers.ts';
import type { Raw } from './raw.ts';
import type { Profiles } from './profile.ts';
import { suggestRoles, type Assigned } from './roles.ts';
import type { Seen } from './role-scores.ts';
import type { Column, TableKind, TableSettings } from './types.ts';

const EXAMPLES = 5;
const LOOKED_AT = 500;

/** What roles are looked for by: each column with its sample, as text and, where it holds numbers, as numbers. */
export function seenColumns({
  columns,
  profiles,
  source,
}: Pick<Raw, 'columns' | 'profiles' | 'source'>): readonly Seen[] {
  const head = source.sample.slice(0, LOOKED_AT);
  return columns.map(({ name, header, type, reader }, index): Seen => {
    const { gaps, unreadable, distinct } = profiles.columns[index]!;
    const cells = head.map((row) => row[index] ?? '');
    const test = reader.as === 'number' ? numberTest(reader.style) : null;
    const numbers =
      reader.as === 'number' && test
        ? cells.map((cell) => parseNumber(cell, reader.style, test) ?? Number.NaN)
        : null;
    const filled = profiles.rows - gaps - unreadable;
    return { index, name, header, type, filled, rows: profiles.rows, distinct, cells, numbers };
  });
}

/** Every column with its profile and role, and what a row of the table is. Pure: the same raw table and settings, the same answer. */
export function describeColumns(
  raw: Pick<Raw, 'columns' | 'profiles' | 'source' | 'planned'>,
  settings: TableSettings,
): { readonly kind: TableKind; readonly kindReason: string; readonly columns: readonly Column[] } {
  const seen = seenColumns(raw);
  const { kind, kindReason, columns } = suggestRoles(seen, settings, raw.planned);
  return { kind, kindReason, columns: withProfiles(seen, columns, raw.profiles) };
}

/** Puts together what is known of each column. */
export const withProfiles = (
  seen: readonly Seen[],
  roles: readonly Assigned[],
  profiles: Profiles,
): readonly Column[] =>
  seen.map(({ index, name, header, type, cells }) => ({
    index,
    name,
    header,
    type,
    ...roles[index]!,
    examples: [...new Set(cells.map((cell) => cell.trim()).filter(Boolean))].slice(0, EXAMPLES),
    ...profiles.columns[index]!,
  }));
