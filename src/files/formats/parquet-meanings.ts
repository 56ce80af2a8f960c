import type { SchemaElement } from 'hyparquet/src/types.js';
import { dayText, decimalText, timestampText, timeText } from './numbers.ts';
import { bytesText, floatText, valueText } from './value-text.ts';

export type ToText = (value: unknown) => string | null;

/** What a stored number means, taken off the schema so that the reader hands it over unchanged. */
export type Meaning = {
  readonly kind: 'decimal' | 'date' | 'timestamp' | 'time' | 'float' | 'plain';
  readonly scale: number;
  readonly perSecond: bigint;
};

const perSecond = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n };

/**
 * Takes decimals, dates and times off the schema (changes it) and remembers them: hyparquet would make doubles and
 * millisecond dates of them.
 */
export function takeMeanings(
  schema: readonly SchemaElement[],
): ReadonlyMap<SchemaElement, Meaning> {
  const meanings = new Map<SchemaElement, Meaning>();
  for (const element of schema) {
    if (element.num_children) continue;
    const meaning = meaningOf(element);
    meanings.set(element, meaning);
    const isBytes = element.converted_type === 'BSON' || element.converted_type === 'INTERVAL';
    if (meaning.kind !== 'plain' || isBytes) {
      delete element.converted_type;
      delete element.logical_type;
    }
  }
  return meanings;
}

function meaningOf({
  type,
  converted_type: old,
  logical_type: logical,
  scale = 0,
}: SchemaElement): Meaning {
  const as = (kind: Meaning['kind'], unit: keyof typeof perSecond = 'NANOS'): Meaning => ({
    kind,
    scale: logical?.type === 'DECIMAL' ? (logical.scale ?? scale) : scale,
    perSecond: perSecond[unit],
  });
  if (old === 'DECIMAL' || logical?.type === 'DECIMAL') return as('decimal');
  if (old === 'DATE' || logical?.type === 'DATE') return as('date');
  if (logical?.type === 'TIMESTAMP') return as('timestamp', logical.unit);
  if (old === 'TIMESTAMP_MILLIS') return as('timestamp', 'MILLIS');
  if (old === 'TIMESTAMP_MICROS') return as('timestamp', 'MICROS');
  if (logical?.type === 'TIME') return as('time', logical.unit);
  if (old === 'TIME_MILLIS') return as('time', 'MILLIS');
  if (old === 'TIME_MICROS') return as('time', 'MICROS');
  if (type === 'INT96') return as('timestamp');
  return as(type === 'FLOAT' ? 'float' : 'plain');
}

/** Signed, most significant byte first. */
function bigOf(value: unknown): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as number | bigint); // as: what decimals are stored as
  let whole = 0n;
  for (const byte of value) whole = (whole << 8n) | BigInt(byte);
  return BigInt.asIntN(Math.max(1, value.length * 8), whole);
}

/** How a stored value of this meaning is written. */
export function leafText({ kind, scale, perSecond: unit }: Meaning): ToText {
  const some =
    (write: (value: unknown) => string | null): ToText =>
    (value) =>
      value === null || value === undefined ? null : write(value);
  switch (kind) {
    case 'decimal':
      return some((value) => decimalText(bigOf(value), scale));
    case 'date':
      return some((value) => dayText(Number(value)) ?? String(value));
    case 'timestamp':
      return some((value) => timestampText(bigOf(value), unit) ?? String(value));
    case 'time':
      return some((value) => timeText(bigOf(value), unit));
    case 'float':
      return some((value) => floatText(Number(value)));
    default:
      return some((value) => (value instanceof Uint8Array ? bytesText(value) : valueText(value)));
  }
}
