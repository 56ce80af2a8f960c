const DAY_MS = 86_400_000;
const encoder = new TextEncoder();

/** The longest period, in days: an order's id has twelve bits for its day. */
export const MOST_DAYS = 4096;

/** ISO day → days since 1970-01-01. Throws a RangeError on text that is no day. */
export function dayNumber(iso: string): number {
  const time = Date.parse(`${iso}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(iso) || Number.isNaN(time) || isoDay(time / DAY_MS) !== iso)
    throw new RangeError(`"${iso}" is not a day (yyyy-mm-dd)`);
  return time / DAY_MS;
}

/** Days since 1970-01-01 → ISO day. */
export const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** 0 is Monday. */
export const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** A stretch of each year, "mm-dd" to "mm-dd", both included; it may run over New Year. */
export type YearSpan = { readonly from: string; readonly to: string };

/** Whether `day` (since 1970-01-01) lies in the stretch. */
export function inSpan(day: number, { from, to }: YearSpan): boolean {
  const date = isoDay(day).slice(5);
  return from <= to ? from <= date && date <= to : from <= date || date <= to;
}

/** The ten bytes of each day from `first` on. */
export function dateCells(first: number, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, i) => encoder.encode(isoDay(first + i)));
}
