import { parseNumber, numberTest } from './numbers.ts';
import type { Raw } from './raw.ts';
import { suggestRoles } from './roles.ts';
import type { Seen } from './role-scores.ts';
import type { Column, TableKind, TableSettings } from './types.ts';

const EXAMPLES = 5;
const LOOKED_AT = 500;

/** Every column with its profile and role, and what a row of the table is. Pure: the same raw table and settings, the same answer. */
export function describeColumns(
  { columns, profiles, source }: Pick<Raw, 'columns' | 'profiles' | 'source'>,
  settings: TableSettings,
): { readonly kind: TableKind; readonly kindReason: string; readonly columns: readonly Column[] } {
  const head = source.sample.slice(0, LOOKED_AT);
  const seen = columns.map(({ name, header, type, reader }, index): Seen => {
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
  const roles = suggestRoles(seen, settings);
  return {
    kind: roles.kind,
    kindReason: roles.kindReason,
    columns: seen.map(({ index, name, header, type, cells }) => ({
      index,
      name,
      header,
      type,
      ...roles.columns[index]!,
      examples: [...new Set(cells.map((cell) => cell.trim()).filter(Boolean))].slice(0, EXAMPLES),
      ...profiles.columns[index]!,
    })),
  };
}
