/**
 * A number as it stands in a file, in the shortest spelling that means the same: 1.1000000000000001 → 1.1 (one double), and
 * without an exponent. Whole numbers too long for a double keep all their digits.
 */
export function plainNumber(source: string): string {
  if (/^-?\d+$/.test(source)) return source.replace(/^(-?)0+(?=\d)/, '$1');
  return plainDouble(Number(source), source);
}

/** Beyond so many zeros an exponent is the clearer spelling, and the one that is still taken for a number. */
const MOST_ZEROS = 24;

/** A double in its shortest spelling, where it can be without an exponent; `source` where it is none. */
export function plainDouble(value: number, source = ''): string {
  if (!Number.isFinite(value)) return source;
  const text = String(value);
  const [digits = '', exponent] = text.split('e');
  if (exponent === undefined || Math.abs(Number(exponent)) > MOST_ZEROS) return text;
  const sign = digits.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.');
  const shift = Number(exponent);
  return shift < 0
    ? `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(shift, '0')}`;
}

/** A whole number of 10^-scale as a decimal: (12345n, 2) → "123.45"; exact. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A time since 1970 (UTC) as "2024-01-31 10:00:00.123456"; `perSecond` units a second; exact. Null beyond the years 1 to 9999. */
export function timestampText(units: bigint, perSecond: bigint): string | null {
  const rest = ((units % perSecond) + perSecond) % perSecond;
  const seconds = Number((units - rest) / perSecond);
  const text = dayText(Math.floor(seconds / 86_400));
  if (text === null) return null;
  return `${text} ${timeText(BigInt(((seconds % 86_400) + 86_400) % 86_400) * perSecond + rest, perSecond)}`;
}

/** Days since 1970 as "2024-01-31". Null beyond the years 1 to 9999. */
export function dayText(days: number): string | null {
  if (!(days >= -719_162 && days <= 2_932_896)) return null;
  const date = new Date(days * 86_400_000).toISOString();
  return date.slice(0, 10);
}

/** A time of day (or a span) as "10:00:00.123", without zeros at its end. */
export function timeText(units: bigint, perSecond: bigint): string {
  const sign = units < 0n ? '-' : '';
  const size = units < 0n ? -units : units;
  const seconds = size / perSecond;
  const two = (n: bigint) => String(n).padStart(2, '0');
  const part = String(size % perSecond)
    .padStart(String(perSecond).length - 1, '0')
    .replace(/0+$/, '');
  return `${sign}${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}${part ? `.${part}` : ''}`;
}
