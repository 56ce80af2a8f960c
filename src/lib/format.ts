/** Numbers, money and dates as a person reads them. The locale is the browser's unless a test names one. */
const locale = (): string => (typeof navigator === 'undefined' ? 'en-GB' : navigator.language);
const formats = new Map<string, Intl.NumberFormat>();

function number(value: number, options: Intl.NumberFormatOptions): string {
  if (!Number.isFinite(value)) return '–';
  const key = locale() + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale(), options)));
  return format.format(value).replace('-', '−');
}

/** 4,372 */
export const count = (value: number): string => number(value, { maximumFractionDigits: 0 });

/** Never more digits than are known: `digits` significant ones, whole numbers stay whole. */
export const measure = (value: number, digits = 3): string =>
  Math.abs(value) >= 10 ** digits
    ? number(value, { maximumFractionDigits: 0 })
    : number(value, { maximumSignificantDigits: digits });

/** Fixed decimals: silhouettes, indices. */
export const fixed = (value: number, decimals = 2): string =>
  number(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** 0.071 → "7.1 %", space before the sign. */
export const percent = (share: number, decimals = 1): string =>
  `${number(100 * share, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })} %`;

/** 46,130,000 → "46.1 MB" */
export function bytes(size: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) ((value /= 1000), unit++);
  return `${measure(value)} ${units[unit]}`;
}

/** ISO text → "9 Dec 2011". Dates of a file have no time zone, so none is applied. */
export function day(iso: string): string {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleDateString(locale(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** ISO text → "Dec 2011". */
export const monthWords = (iso: string): string =>
  new Date(`${iso.slice(0, 7)}-01T00:00:00Z`).toLocaleDateString(locale(), {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });

/** 8_400 → "8 s", 95_000 → "1 min 35 s" */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** "1 customer", "2 customers" */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** "a", "a and b", "a, b and c" */
export const listed = (words: readonly string[]): string =>
  words.length < 2
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
