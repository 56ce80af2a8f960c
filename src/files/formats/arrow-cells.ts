import type { Batch, Field } from '@uwdata/flechette';
import { dayText, decimalText, timestampText, timeText } from './numbers.ts';
import { Exact, floatText, jsonText, valueText } from './value-text.ts';

/** One column of the table: a column of the file, or a field of nested records in it. */
export type ArrowColumn = {
  readonly name: string;
  readonly top: number;
  readonly path: readonly number[];
};

/** What is read of a batch of flechette, whatever its class. */
type Values = {
  readonly length: number;
  readonly nullCount: number;
  readonly type: TypeFacts;
  readonly validity?: Uint8Array;
  readonly values?: ArrayLike<number | bigint>;
  readonly offsets?: ArrayLike<number | bigint>;
  readonly children?: readonly Values[];
  at(i: number): unknown;
};
type TypeFacts = {
  readonly typeId: number;
  readonly children?: readonly { readonly name: string; readonly type: TypeFacts }[];
  readonly unit?: number;
  readonly scale?: number;
  readonly precision?: number;
  readonly stride?: number;
  readonly dictionary?: TypeFacts;
};

// Numbers of the Arrow format (Schema.fbs)
const [FLOAT, DECIMAL, DATE, TIME, TIMESTAMP, LIST, STRUCT] = [3, 7, 8, 9, 10, 12, 13];
const [FIXED_LIST, MAP, DURATION, LARGE_LIST, DICTIONARY] = [16, 17, 18, 21, -1];
const perSecond = [1n, 1000n, 1_000_000n, 1_000_000_000n];

/** Columns with nested records as `outer.inner`, grouped by column of the file. */
export const arrowColumns = (fields: readonly Field[]): readonly (readonly ArrowColumn[])[] =>
  fields.map((field, top) =>
    columnsOf(field.name, field.type as unknown as TypeFacts, { top, path: [] }),
  ); // as: flechette's union of types, of which these facts are read

function columnsOf(
  name: string,
  type: TypeFacts,
  place: { readonly top: number; readonly path: readonly number[] },
): readonly ArrowColumn[] {
  if (type.typeId !== STRUCT || !type.children?.length) return [{ name, ...place }];
  return type.children.flatMap((child, i) =>
    columnsOf(`${name}.${child.name}`, child.type, { top: place.top, path: [...place.path, i] }),
  );
}

/** The cells of a column in one batch, by row. */
export function cellsOf(
  batch: Batch<unknown>,
  { path }: ArrowColumn,
): (row: number) => string | null {
  let own = batch as unknown as Values; // as: the fields of a batch that its type hides
  const above: Values[] = [];
  for (const i of path) {
    above.push(own);
    own = own.children![i]!; // !: the path was made from the same schema
  }
  return (row) => (above.some((outer) => isNull(outer, row)) ? null : textOf(exactAt(own, row)));
}

const textOf = (value: unknown): string | null =>
  value instanceof Exact
    ? value.text
    : typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
      ? jsonText(value)
      : valueText(value);

const isNull = (batch: Values, row: number): boolean =>
  batch.nullCount > 0 &&
  batch.validity !== undefined &&
  batch.validity.length > 0 &&
  ((batch.validity[row >> 3]! >> (row & 7)) & 1) === 0;

/** The value with all its digits: numbers of decimals and times are read before flechette makes doubles of them. */
function exactAt(batch: Values, row: number): unknown {
  if (isNull(batch, row)) return null;
  const { type, values, offsets, children } = batch;
  const child = children?.[0];
  switch (type.typeId) {
    case LIST:
    case LARGE_LIST:
      return child && offsets ? range(child, Number(offsets[row]), Number(offsets[row + 1])) : null;
    case FIXED_LIST:
      return child ? range(child, row * (type.stride ?? 0), (row + 1) * (type.stride ?? 0)) : null;
    case MAP:
      if (!child || !offsets) return null;
      return new Map(
        range(child, Number(offsets[row]), Number(offsets[row + 1])).map((entry) => {
          const [key, value] = entry instanceof Map ? [...entry.values()] : [];
          return [key instanceof Exact ? key.text : String(key), value];
        }),
      );
    case STRUCT:
      return new Map(
        (type.children ?? []).map(({ name }, i) => [
          name,
          children?.[i] ? exactAt(children[i], row) : null,
        ]),
      );
    case DICTIONARY:
      return ofDictionary(batch.at(row), type.dictionary ?? type);
    case DATE:
    case TIMESTAMP:
      return exact(values?.[row], type);
    default:
      return exact(batch.at(row), type);
  }
}

/** Dates and times of a dictionary come in milliseconds since 1970. */
function ofDictionary(value: unknown, type: TypeFacts): unknown {
  if (typeof value === 'number' && (type.typeId === DATE || type.typeId === TIMESTAMP)) {
    const date = type.typeId === DATE ? dayText(value / 86_400_000) : null;
    return date ?? timestampText(BigInt(Math.round(value * 1000)), 1_000_000n) ?? String(value);
  }
  return exact(value, type);
}

const range = (batch: Values, from: number, to: number): unknown[] =>
  Array.from({ length: to - from }, (_, i) => exactAt(batch, from + i));

function exact(value: unknown, { typeId, unit = 0, scale = 0, precision }: TypeFacts): unknown {
  if (typeof value !== 'number' && typeof value !== 'bigint') return value;
  const second = perSecond[unit] ?? 1000n;
  switch (typeId) {
    case FLOAT:
      return precision === 1 ? new Exact(floatText(Number(value)) ?? '') : value;
    case DECIMAL:
      return new Exact(decimalText(BigInt(value), scale));
    case DATE:
      return (
        dayText(unit === 0 ? Number(value) : Math.floor(Number(value) / 86_400_000)) ??
        String(value)
      );
    case TIME:
    case DURATION:
      return timeText(BigInt(value), second);
    case TIMESTAMP:
      return timestampText(BigInt(value), second) ?? String(value);
    default:
      return value;
  }
}
