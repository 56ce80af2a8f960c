/** A ribbon between group `from` on the left and `to` on the right, in pixels. */
export type Ribbon = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Upper edge on either side, and its height. */
  readonly left: number;
  readonly right: number;
  readonly height: number;
};

export type Bar = { readonly group: number; readonly y: number; readonly height: number };
export type FlowLayout = {
  readonly left: readonly Bar[];
  readonly right: readonly Bar[];
  readonly ribbons: readonly Ribbon[];
};

/**
 * An alluvial picture (Rosvall & Bergstrom 2010) of `table` [lefts × rights]: both sides as stacks with gaps, in the order given, ribbons as
 * thick as what they carry. Groups of nobody have no bar.
 */
export function flowLayout(
  table: ArrayLike<number>,
  { lefts, rights }: { readonly lefts: readonly number[]; readonly rights: readonly number[] },
  { height, gap }: { readonly height: number; readonly gap: number },
): FlowLayout {
  const cols = rights.length;
  const at = (from: number, to: number) => table[from * cols + to] ?? 0;
  const sum = (values: readonly number[]) => values.reduce((s, v) => s + v, 0);
  const total = sum(lefts.map((from) => sum(rights.map((to) => at(from, to)))));
  const sizeLeft = (from: number) => sum(rights.map((to) => at(from, to)));
  const sizeRight = (to: number) => sum(lefts.map((from) => at(from, to)));
  const most = Math.max(lefts.length, rights.length);
  const scale = total > 0 ? Math.max(0, height - gap * (most - 1)) / total : 0;
  const stack = (order: readonly number[], size: (group: number) => number): Bar[] => {
    let y = 0;
    return order
      .filter((group) => size(group) > 0)
      .map((group) => {
        const bar = { group, y, height: size(group) * scale };
        y += bar.height + gap;
        return bar;
      });
  };
  const [left, right] = [stack(lefts, sizeLeft), stack(rights, sizeRight)];
  const nextRight = new Map(right.map(({ group, y }) => [group, y]));
  const ribbons = left.flatMap(({ group: from, y }) => {
    let next = y;
    return right.flatMap(({ group: to }): Ribbon[] => {
      const count = at(from, to);
      if (count === 0) return [];
      const ribbon = {
        from,
        to,
        count,
        left: next,
        right: nextRight.get(to)!,
        height: count * scale,
      };
      next += ribbon.height;
      nextRight.set(to, ribbon.right + ribbon.height);
      return [ribbon];
    });
  });
  return { left, right, ribbons };
}
