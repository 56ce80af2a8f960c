import { sameKeys } from './detours.ts';
import { isToOne, turned } from './measure.ts';
import type { Join, ManySettings, Step, TypedTable } from './types.ts';

/** Used without being asked from this confidence on, where at least this share of the rows finds something. */
const SURE = 0.6;
export const LEAST_COVERAGE = 0.01;

/** Every table that can be reached from the spine, nearest and surest first; each once. */
export function stepsFrom(
  spine: TypedTable,
  joins: readonly Join[],
  settings: ManySettings,
): readonly Step[] {
  const steps: Step[] = [];
  const included = new Set([spine.id]);
  for (let frontier = [spine.id]; frontier.length > 0;) {
    const next: string[] = [];
    const edges = joins
      .flatMap((join) => [join, turned(join)])
      .filter(({ left, right }) => frontier.includes(left.table) && !included.has(right.table))
      .toSorted(
        (a, b) =>
          Number(isToOne(b)) - Number(isToOne(a)) || b.confidence - a.confidence || b.fit - a.fit,
      );
    for (const join of edges) {
      if (included.has(join.right.table) || !isUsable(join, settings)) continue;
      included.add(join.right.table);
      next.push(join.right.table);
      steps.push({
        join,
        from: join.left,
        to: join.right,
        firstOnly: !isToOne(join) || join.oneIn > 1,
      });
    }
    frontier = next;
  }
  return steps;
}

/** What a person said of a join, or nothing. */
export const saidOf = (
  join: Pick<Join, 'left' | 'right'>,
  { joins }: ManySettings,
): boolean | undefined => joins?.findLast((each) => sameKeys(each, join))?.use;

function isUsable(join: Join, settings: ManySettings): boolean {
  const said = saidOf(join, settings);
  return said ?? (isToOne(join) && join.confidence >= SURE && join.coverage >= LEAST_COVERAGE);
}
