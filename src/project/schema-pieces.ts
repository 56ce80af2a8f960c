import * as v from 'valibot';

const MAX_ITEMS = 100_000;

/** Pieces that the schemas of recipe and settings share. */
export const text = v.pipe(v.string(), v.maxLength(100_000));
export const short = v.pipe(v.string(), v.maxLength(400));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const fileKey = v.pipe(v.string(), v.regex(/^f\d{1,6}$/));
export const letter = v.pipe(v.string(), v.regex(/^[A-Z]{1,3}$/));
export const list = <const T extends v.GenericSchema>(of: T, most = MAX_ITEMS) =>
  v.pipe(v.array(of), v.maxLength(most), v.readonly());

export const optional = v.exactOptional;
/** Of an object whose fields may all be absent: valibot would take a list for one. */
export const fields = <const T extends v.ObjectEntries>(entries: T) =>
  v.pipe(
    v.unknown(),
    v.check((value) => !Array.isArray(value), 'a list'),
    v.strictObject(entries),
  );
export const whole = (low: number, high: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const day = v.pipe(v.string(), v.isoDate(), v.check(isRealDay, 'no such day'));
export const oneCharacter = v.pipe(v.string(), v.regex(/^[^\r\n\0]$/u));
export const tableId = v.pipe(v.string(), v.regex(/^t\d{1,6}$/));
export const bound = v.union([v.pipe(v.number(), v.finite()), short]);

function isRealDay(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
