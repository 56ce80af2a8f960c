import type { JoinKey, ManySettings } from './many/types.ts';
import type { Fix } from './quality/types.ts';
import type { Reader } from './reader.ts';
import type { Role, SourceKind, TableSettings } from './types.ts';

type Given = { readonly column: string; readonly role: Role };

/** The settings with one more decision of a person; an earlier one about the same thing is replaced. */
export function decideRole(
  settings: TableSettings,
  table: string | null,
  given: Given,
): TableSettings {
  const replaced = (roles: readonly Given[] = []) => [
    ...roles.filter(({ column }) => column !== given.column),
    given,
  ];
  if (table === null) return { ...settings, roles: replaced(settings.roles) };
  return withTable(settings, table, (own) => ({ ...own, roles: replaced(own.roles) }));
}

export function decideKind(
  settings: TableSettings,
  table: string,
  kind: SourceKind,
): TableSettings {
  return withTable(settings, table, ({ id }) => ({ id, kind })); // roles of another kind of table mean nothing in this one
}

export function decideSpine(settings: TableSettings, spine: string): TableSettings {
  return { ...settings, many: { ...settings.many, spine } };
}

type Keys = { readonly left: JoinKey; readonly right: JoinKey };

export function decideJoin(
  settings: TableSettings,
  { left, right }: Keys,
  use: boolean,
  folded = false,
): TableSettings {
  const name = (keys: Keys) => JSON.stringify([keys.left, keys.right]);
  const said = { left, right, use, ...(folded ? { folded } : {}) };
  const joins = (settings.many?.joins ?? []).filter((own) => name(own) !== name({ left, right }));
  return { ...settings, many: { ...settings.many, joins: [...joins, said] } };
}

/** `reader` null: Tessera's choice again. */
export function decideReader(
  settings: TableSettings,
  { table, column }: { readonly table: string; readonly column: string },
  reader: Reader | null,
): TableSettings {
  const others = (settings.readers ?? []).filter(
    (own) => own.table !== table || own.column !== column,
  );
  return { ...settings, readers: reader ? [...others, { table, column, reader }] : others };
}

export function decideFixes(
  settings: TableSettings,
  table: string,
  fixes: readonly Fix[],
): TableSettings {
  const others = (settings.fixes ?? []).filter((own) => own.table !== table);
  return { ...settings, fixes: fixes.length > 0 ? [...others, { table, fixes }] : others };
}

export const fixesOf = ({ fixes }: TableSettings, table: string): readonly Fix[] =>
  fixes?.find((own) => own.table === table)?.fixes ?? [];

type Own = NonNullable<ManySettings['tables']>[number];

function withTable(settings: TableSettings, id: string, change: (own: Own) => Own): TableSettings {
  const { many = {} } = settings;
  const tables = many.tables ?? [];
  const own = tables.find((table) => table.id === id) ?? { id };
  const others = tables.filter((table) => table.id !== id);
  return { ...settings, many: { ...many, tables: [...others, change(own)] } };
}
