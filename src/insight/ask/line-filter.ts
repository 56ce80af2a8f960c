import type { LineFilter, LineValues, Span } from './types.ts';

/** Every order line. */
export const everyLine: LineFilter = { span: null, values: [], weekdays: [] };

export const inSpan = (span: Span | null): LineFilter => ({ ...everyLine, span });

export const isEvery = ({ span, values, weekdays }: LineFilter): boolean =>
  span === null && values.length === 0 && weekdays.length === 0;

/**
 * Lines that are in all of these; null where two say days, weekdays or values of one column: they would be none, or not what is meant.
 * Keys in the order of the type, since readings are told apart by their JSON.
 */
export function both(filters: readonly LineFilter[]): LineFilter | null {
  const spans = filters.filter(({ span }) => span !== null);
  const weekdays = filters.filter((each) => each.weekdays.length > 0);
  const values = filters.flatMap((each) => each.values);
  const columns = new Set(values.filter(({ not }) => !not).map(({ column }) => column));
  if (spans.length > 1 || weekdays.length > 1) return null;
  if (columns.size < values.filter(({ not }) => !not).length) return null;
  return {
    span: spans[0]?.span ?? null,
    values: values.toSorted((a, b) => order(a) - order(b)),
    weekdays: weekdays[0]?.weekdays ?? [],
  };
}

const columns = ['place', 'channel', 'category', 'product'] as const;
const order = ({ column, not }: LineValues): number => 2 * columns.indexOf(column) + Number(not);
