type Places = {
  readonly longitudes: ArrayLike<number>;
  readonly latitudes: ArrayLike<number>;
  /** The heavier choose first. */
  readonly weights: ArrayLike<number>;
};

/**
 * Places as equal tiles on a grid, roughly where they lie: ranks of longitude and latitude take the room evenly, then each takes the nearest tile
 * that is free, the heaviest first. `side` in pixels. O(places · tiles).
 */
export function placeTiles(
  { longitudes, latitudes, weights }: Places,
  { wide, height, rim }: { readonly wide: number; readonly height: number; readonly rim: number },
): { readonly xs: readonly number[]; readonly ys: readonly number[]; readonly side: number } {
  const places = longitudes.length;
  const [across, up] = [wide - 2 * rim, height - 2 * rim];
  let lines = 1;
  const columnsOf = () => Math.max(1, Math.floor((across * lines) / up));
  while (columnsOf() * lines < 1.25 * places) lines++; // some stay free, so that none has to go far
  const columns = columnsOf();
  const side = up / lines;
  const [east, north] = [ranks(longitudes), ranks(latitudes)];
  const order = Array.from({ length: places }, (_, i) => i).sort(
    (a, b) => weights[b]! - weights[a]! || a - b,
  );
  const taken = new Uint8Array(columns * lines);
  const xs = new Array<number>(places).fill(0);
  const ys = new Array<number>(places).fill(0);
  const left = (wide - columns * side) / 2;
  for (const place of order) {
    const [x, y] = [east[place]! * (columns - 1), (1 - north[place]!) * (lines - 1)];
    let [best, least] = [0, Infinity];
    for (let tile = 0; tile < taken.length; tile++) {
      if (taken[tile]) continue;
      const [dx, dy] = [(tile % columns) - x, Math.floor(tile / columns) - y];
      const far = dx * dx + dy * dy;
      if (far < least) [best, least] = [tile, far];
    }
    taken[best] = 1;
    xs[place] = left + ((best % columns) + 0.5) * side;
    ys[place] = rim + (Math.floor(best / columns) + 0.5) * side;
  }
  return { xs, ys, side };
}

/** 0 for the smallest … 1 for the largest; one alone stands in the middle. */
function ranks(values: ArrayLike<number>): readonly number[] {
  const order = Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => values[a]! - values[b]! || a - b,
  );
  const of = new Array<number>(values.length).fill(0.5);
  if (order.length > 1) order.forEach((place, rank) => (of[place] = rank / (order.length - 1)));
  return of;
}
