type Ends = {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/**
 * Ends of a scale for rows of which some stand out: those wholly (with 0 and `also`), the others as far as they lie within one more width of it
 * on either side. So one row that is a thousand times as large does not squash the rest; what lies beyond is drawn at the edge.
 */
export function nearRange(
  rows: readonly (Ends & { readonly strong?: boolean })[],
  also: number | null,
): readonly [number, number] {
  const ends = (of: readonly Ends[]) =>
    of
      .flatMap(({ value, low, high }) => [value, low, high])
      .filter((each) => each !== null && Number.isFinite(each)) as number[]; // filtered on this line
  const outstanding = rows.filter(({ strong = true }) => strong);
  const core = [0, ...(also === null ? [] : [also]), ...ends(outstanding)];
  const [least, most] = [Math.min(...core), Math.max(...core)];
  const more = most - least || Infinity;
  const others = ends(rows);
  return [
    Math.max(Math.min(least, ...others), least - more),
    Math.min(Math.max(most, ...others), most + more),
  ];
}
