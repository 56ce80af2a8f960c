import { plainDouble } from './numbers.ts';

/** A typed value of Parquet or Arrow as the text of a cell; null for nothing. Lists and objects become JSON, digits stay exact. */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? plainDouble(value) : null;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return bytesText(value);
  return jsonText(value);
}

/** A float of 32 bits in the fewest digits that mean the same float: 0.1, not 0.10000000149011612. */
export function floatText(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return plainDouble(short);
  }
  return plainDouble(Number(value.toPrecision(9)));
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** Bytes that are text as text, others as hexadecimal. */
export function bytesText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''); // no text: shown as what it is
  }
}

/** JSON whose whole numbers keep all digits. */
export function jsonText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? plainDouble(value) : 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return JSON.stringify(bytesText(value));
  if (value instanceof Exact) return value.text;
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return `[${Array.from(value as ArrayLike<unknown>, jsonText).join(',')}]`; // as: both are lists of values
  if (value instanceof Map)
    return `{${[...value].map(([key, own]) => `${JSON.stringify(String(key))}:${jsonText(own)}`).join(',')}}`;
  return `{${Object.entries(value)
    .map(([key, own]) => `${JSON.stringify(key)}:${jsonText(own)}`)
    .join(',')}}`;
}

/** Text that stands in JSON as it is: a decimal with all its digits. */
export class Exact {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
