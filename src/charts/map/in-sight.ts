import { count, plural } from '../../lib/format.ts';
import type { Bounds, MapModel } from './model.ts';
import { visibleRanges } from './view.ts';

/** How many points of each group stand in a rectangle; those of no group under −1. O(points in the cells that it touches). */
export function countInRect(
  model: MapModel,
  groups: ArrayLike<number>,
  { left, right, bottom, top }: Bounds,
): ReadonlyMap<number, number> {
  const { positions, order } = model;
  const ranges = visibleRanges(model, { left, right, bottom, top });
  const found = new Map<number, number>();
  for (let r = 0; r < ranges.length; r += 2)
    for (let slot = ranges[r]!; slot < ranges[r + 1]!; slot++) {
      const [x, y] = [positions[2 * slot]!, positions[2 * slot + 1]!];
      if (!(x >= left && x <= right && y >= bottom && y <= top)) continue;
      const group = Math.max(-1, groups[order[slot]!] ?? -1);
      found.set(group, (found.get(group) ?? 0) + 1);
    }
  return found;
}

const mostNamed = 5;

/** "412 customers in sight: C 300, A 112." Of many groups the largest five. */
export function inSightWords(
  found: ReadonlyMap<number, number>,
  noun: readonly [one: string, many: string],
  letters: readonly string[],
): string {
  const total = [...found.values()].reduce((sum, size) => sum + size, 0);
  const named = [...found]
    .filter(([group]) => letters[group])
    .toSorted(([a, x], [b, y]) => y - x || a - b);
  const parts = named
    .slice(0, mostNamed)
    .map(([group, size]) => `${letters[group]} ${count(size)}`);
  const more =
    named.length > mostNamed ? ` and ${plural(named.length - mostNamed, 'more group')}` : '';
  return `${plural(total, ...noun)} in sight${parts.length > 0 ? `: ${parts.join(', ')}` : ''}${more}.`;
}
