import { uniqueNames } from '../names.ts';
import { single } from '../role-words.ts';
import type { Assigned } from '../roles.ts';
import type { Column, Role } from '../types.ts';
import { plannedRoles } from './plan-roles.ts';
import type { AssembledColumn, Step, TypedTable } from './types.ts';

/** A column that goes into the result, with the table it comes from. */
export type Part = {
  readonly table: TypedTable;
  readonly column: Column;
  readonly step: Step | null;
};

/**
 * The columns of the result: those of the spine in their order, then those of each step without its key, which repeats what is there.
 * Names stay where they can; one that is taken gets the name of its table before it. Pure.
 */
export function assembledColumns(
  tables: readonly TypedTable[],
  spine: TypedTable,
  steps: readonly Step[],
): readonly AssembledColumn[] {
  const parts: Part[] = [
    ...spine.columns.map((column) => ({ table: spine, column, step: null })),
    ...steps.flatMap((step) => {
      const table = tables.find(({ id }) => id === step.to.table);
      const own = table?.columns.filter(({ name }) => !step.to.columns.includes(name)) ?? [];
      return own.map((column) => ({ table: table!, column, step })); // own is empty without a table
    }),
  ];
  const roles = settled(parts, plannedRoles(parts, steps, spine));
  const names = namesOf(parts);
  return parts.map(({ table, column }, i) => ({
    ...roles[i]!,
    name: names[i]!,
    origin: { table: table.id, column: column.name },
  }));
}

/** `customers_city` where `city` is taken, or where two tables that are brought in both have one. */
function namesOf(parts: readonly Part[]): readonly string[] {
  const key = (name: string) => name.toLowerCase();
  const counts = new Map<string, number>();
  for (const { column } of parts)
    counts.set(key(column.name), (counts.get(key(column.name)) ?? 0) + 1);
  return uniqueNames(
    parts.map(({ table, column, step }) =>
      step !== null && (counts.get(key(column.name)) ?? 0) > 1
        ? `${table.label}_${column.name}`
        : column.name,
    ),
  );
}

/** Each column with its role; what nobody planned a role for says where it comes from. */
function settled(
  parts: readonly Part[],
  planned: ReadonlyMap<Part, Assigned>,
): readonly Assigned[] {
  const taken = new Set<Role>([...planned.values()].map(({ role }) => role));
  return parts.map((part): Assigned => {
    const found = planned.get(part);
    if (found) return found;
    const { table, column } = part;
    const own = { role: column.role, confidence: column.confidence, reason: column.reason };
    if (column.role === 'outcome' && table.kind === 'customers') return own;
    if (table.kind === 'customers' && column.role === 'feature')
      return {
        role: 'feature',
        confidence: column.confidence,
        reason: `Describes the customer, in ${table.label}.`,
      };
    if (extended.includes(column.role) && !(single(column.role) && taken.has(column.role))) {
      taken.add(column.role);
      return own;
    }
    return {
      role: 'left-out',
      confidence: 0.6,
      reason: `Comes from ${table.label}; it plays no part in an order.`,
    };
  });
}

const extended: readonly Role[] = [
  'email',
  'phone',
  'person-name',
  'birth-date',
  'address',
  'campaign',
  'coupon',
  'event',
  'rating',
  'comment',
  'image',
  'line',
];
