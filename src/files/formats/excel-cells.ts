import { plainNumber } from './numbers.ts';

/** How a number of the sheet is shown, as far as it changes what it means. */
export type CellFormat =
  | { readonly kind: 'number' }
  | { readonly kind: 'date' | 'datetime' | 'time' | 'duration' }
  /** "00000": a number shown with leading zeros is an id or a postcode. */
  | { readonly kind: 'padded'; readonly digits: number };

const DAY_MS = 86_400_000;
const plain: CellFormat = { kind: 'number' };

/** Formats that Excel knows by number alone (ECMA-376 18.8.30, with those of Chinese, Japanese and Korean editions). */
function builtIn(id: number): CellFormat {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58))
    return { kind: 'date' };
  if (id === 22) return { kind: 'datetime' };
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47)
    return { kind: 'time' };
  return id === 46 ? { kind: 'duration' } : plain;
}

/** What a format code says: `dd/mm/yyyy hh:mm`, `[h]:mm`, `00000`, `#,##0.00 "EUR"`. */
export function readFormat(id: number, code: string | undefined): CellFormat {
  if (code === undefined) return builtIn(id);
  const [first = ''] = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';');
  if (/^0{2,}$/.test(first.trim())) return { kind: 'padded', digits: first.trim().length };
  if (/\[(h+|m+|s+)\]/i.test(first)) return { kind: 'duration' };
  const marks = first
    .replace(/\[[^\]]*\]/g, '')
    .replace(/general|standard|am\/pm|a\/p/gi, '')
    .toLowerCase();
  const time = /[hs]/.test(marks);
  const date = /[yd]/.test(marks) || (!time && /m/.test(marks));
  if (date) return { kind: time ? 'datetime' : 'date' };
  return time ? { kind: 'time' } : plain;
}

/** A number of the sheet as text: ISO for dates, never in the format of a country, digits as they stand in the file. */
export function numberText(source: string, format: CellFormat, date1904: boolean): string {
  const value = Number(source);
  if (!Number.isFinite(value) || source.trim() === '') return source.trim();
  switch (format.kind) {
    case 'number':
      return plainNumber(source.trim());
    case 'padded':
      return Number.isInteger(value) && value >= 0
        ? String(value).padStart(format.digits, '0')
        : plainNumber(source.trim());
    case 'duration':
      return clock(Math.round(value * DAY_MS));
    default:
      return dateText(value, format.kind, date1904);
  }
}

/**
 * A serial as ISO. Days are counted from 1899-12-30 (or 1904-01-01); Lotus and Excel take 1900 for a leap year, so serials below
 * 60 are a day further and 60 is a day that never was.
 */
function dateText(serial: number, kind: 'date' | 'datetime' | 'time', date1904: boolean): string {
  const ms = Math.round(serial * DAY_MS);
  const rest = ((ms % DAY_MS) + DAY_MS) % DAY_MS;
  let day = (ms - rest) / DAY_MS;
  if (kind === 'time' && day === 0) return clock(rest);
  if (!date1904 && day === 0 && serial >= 0) return clock(rest);
  if (day < 0 || day > 2_958_465) return plainNumber(String(serial));
  const leap = !date1904 && day === 60;
  if (!date1904 && day < 60) day++;
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const date = leap ? '1900-02-29' : new Date(epoch + day * DAY_MS).toISOString().slice(0, 10);
  return kind === 'date' && rest === 0 ? date : `${date} ${clock(rest)}`;
}

function clock(ms: number): string {
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const size = Math.abs(ms);
  const text = `${two(size / 3_600_000)}:${two((size / 60_000) % 60)}:${two((size / 1000) % 60)}`;
  const part = size % 1000;
  return `${ms < 0 ? '-' : ''}${text}${part === 0 ? '' : `.${String(part).padStart(3, '0')}`}`;
}

/** Text of a cell: `_x000D_` is how Office writes characters that XML cannot. */
export const unescapeOffice = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;

/** "BC12" → [row 12, column 54], both from 0; null where it is no reference. */
export function cellPlace(reference: string): readonly [number, number] | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference);
  if (!found) return null;
  let column = 0;
  for (const letter of found[1]!.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return [Number(found[2]) - 1, column - 1];
}
