/** The mark nearest to mark `from` in a direction (±1 along one axis), sideways counted twice; the same one where there is none. O(marks). */
export function toward(
  { xs, ys }: { readonly xs: ArrayLike<number>; readonly ys: ArrayLike<number> },
  from: number,
  [dx, dy]: readonly [number, number],
): number {
  let [nearest, least] = [from, Infinity];
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i]! - xs[from]!, ys[i]! - ys[from]!];
    const along = x * dx + y * dy;
    if (!(along > 0.5)) continue;
    const reach = along + 2 * Math.abs(x * dy + y * dx);
    if (reach < least) [nearest, least] = [i, reach];
  }
  return nearest;
}
