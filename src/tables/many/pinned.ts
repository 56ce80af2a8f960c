import { sameKeys } from './detours.ts';
import type { ManySettings, Project } from './types.ts';

/** The project as settings that leave nothing open: the kind and roles of each table, each join used or not, and the spine. */
export function pinnedMany({ tables, joins, assembly }: Project): ManySettings {
  return {
    tables: tables.map(({ id, kind, columns }) => ({
      id,
      kind,
      roles: columns.map(({ name, role }) => ({ column: name, role })),
    })),
    joins: joins.map((join) => ({
      left: join.left,
      right: join.right,
      ...(join.folded ? { folded: true } : {}),
      use: assembly.steps.some((step) => sameKeys(step.join, join)),
    })),
    spine: assembly.spine,
  };
}
