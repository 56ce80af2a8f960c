import { extent } from 'd3';

/** Degrees as pixels, as large as `wide` × `height` allows within a `rim` and in the middle of it; one place alone stands in the middle. */
export function spreadOut(
  {
    longitudes,
    latitudes,
    squeeze,
  }: {
    readonly longitudes: ArrayLike<number>;
    readonly latitudes: ArrayLike<number>;
    readonly squeeze: number;
  },
  { wide, height, rim }: { readonly wide: number; readonly height: number; readonly rim: number },
): { readonly xs: readonly number[]; readonly ys: readonly number[] } {
  const [west = 0, east = 0] = extent(Array.from(longitudes));
  const [south = 0, north = 0] = extent(Array.from(latitudes));
  const scale = Math.min(
    (wide - 2 * rim) / ((east - west) * squeeze || 1e-9),
    (height - 2 * rim) / (north - south || 1e-9),
    1e6,
  );
  const left = (wide - (east - west) * squeeze * scale) / 2;
  const bottom = (height + (north - south) * scale) / 2;
  return {
    xs: Array.from(longitudes, (lon) => left + (lon - west) * squeeze * scale),
    ys: Array.from(latitudes, (lat) => bottom - (lat - south) * scale),
  };
}
