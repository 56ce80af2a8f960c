import { estimate, type Device, type Estimate, type Expected } from './estimate.ts';
import type { Probe } from './probe.ts';

/** Keeps rows whose date lies in [from, to] (ISO days, both included), or whose value as text is one of `is`. Gaps are not kept. */
export type Condition =
  | { readonly column: string; readonly from?: string; readonly to?: string }
  | { readonly column: string; readonly is: readonly string[] };

/** Which part of a file a person chose to load; plain JSON, what is absent is not restricted. */
export type Portion = {
  /** Names of the columns that are kept. */
  readonly columns?: readonly string[];
  /** All must hold. */
  readonly where?: readonly Condition[];
  /**
   * `by` customer: all lines of a seeded share of the customers in `column`, and no line without one. `by` record: evenly spread
   * over the file. `share`: 0 to 1.
   */
  readonly sample?: {
    readonly share: number;
    readonly by: 'customer' | 'record';
    readonly column?: string;
    readonly seed: number;
  };
};

/** The same portion with every column that its conditions and its sample need. */
export function withNeeded(portion: Portion): Portion {
  const { columns, where = [], sample } = portion;
  if (!columns) return portion;
  const needed = [...where.map(({ column }) => column), ...(sample?.column ? [sample.column] : [])];
  return { ...portion, columns: [...new Set([...columns, ...needed])] };
}

/** A column that may be left out, with what that saves. */
export type ColumnOffer = {
  readonly name: string;
  readonly bytes: number;
  /** Part of the clean table: who, when, what, how much. */
  readonly used: boolean;
};

export type Offers = {
  /** Largest saving first. */
  readonly columns: readonly ColumnOffer[];
  /** The customer column, by which whole customers can be sampled; null where none was found. */
  readonly customer: string | null;
  /** About how many customers there are; null without a customer column. */
  readonly customers: number | null;
  /** Columns with few values, most common value first, by which rows can be chosen; `share` of the records, from the slices. */
  readonly values: readonly {
    readonly column: string;
    readonly values: readonly { readonly value: string; readonly share: number }[];
  }[];
  /** Columns of dates, by which rows can be chosen. */
  readonly dates: readonly string[];
  /** What Tessera would do: columns without a use first, then as few customers or records as must be. */
  readonly suggested: Portion;
};

const MOST_VALUES = 12;

/** Shares that are offered for a sample. */
export const SHARES: readonly number[] = [0.75, 0.5, 0.33, 0.25, 0.2, 0.1, 0.05, 0.02, 0.01];

/** What can be left out so that the file fits. Pure. O(columns²). */
export function offers(seen: Probe, expected: Expected, device: Device): Offers {
  const whole = estimate(seen, expected, device);
  const names = expected.columns.map(({ name }) => name);
  const used = new Set(expected.clean.map(({ from }) => from));
  const columns = whole.columns
    .map(({ name }, i) => {
      const kept = names.filter((each) => each !== name);
      const bytes =
        whole.peakBytes - estimate(seen, expected, device, { share: 1, kept }).peakBytes;
      return { name, bytes, used: used.has(i) };
    })
    .toSorted((a, b) => b.bytes - a.bytes);
  const customer = expected.needs === null ? null : (names[expected.needs] ?? null);
  const customers = expected.needs === null ? null : customersOf(seen, expected.needs);
  const fits = (share: number, kept: readonly string[] | null) =>
    estimate(seen, expected, device, { share, kept }).verdict === 'fits';
  const values = names.flatMap((column, i) => {
    const common = commonValues(seen, i);
    return common.length > 0 ? [{ column, values: common }] : [];
  });
  const dates = expected.columns.filter(({ kind }) => kind === 'date').map(({ name }) => name);
  return { columns, customer, customers, values, dates, suggested: suggest() };

  function suggest(): Portion {
    if (fits(1, null)) return {};
    const kept = names.filter((_, i) => used.has(i));
    if (kept.length >= 2 && kept.length < names.length && fits(1, kept)) return { columns: kept };
    const share = SHARES.find((each) => fits(each, null)) ?? 0.01;
    const whom = customer
      ? { by: 'customer' as const, column: customer }
      : { by: 'record' as const };
    return { sample: { share, ...whom, seed: 1 } };
  }
}

/** The values of a column that has between 2 and 12 of them, most common first; else none. */
function commonValues({ slices }: Pick<Probe, 'slices'>, i: number) {
  const counts = new Map<string, number>();
  let rows = 0;
  for (const row of slices.flat()) {
    const value = row[i]?.trim() ?? '';
    rows++;
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MOST_VALUES) return [];
  }
  if (counts.size < 2) return [];
  const sorted = [...counts].toSorted((a, b) => b[1] - a[1]);
  return sorted.map(([value, n]) => ({ value, share: n / rows }));
}

/** The estimate of a portion; `whereShare`: the share of records that its conditions keep, as `shareKept` found it. */
export function estimatePortion(
  it: { readonly seen: Probe; readonly expected: Expected; readonly device: Device },
  portion: Portion,
  whereShare = 1,
): Estimate {
  const { columns, sample } = withNeeded(portion);
  const share = whereShare * (sample?.share ?? 1);
  return estimate(it.seen, it.expected, it.device, { share, kept: columns ?? null });
}

/**
 * About how many different values a column holds, from those seen in one slice only and in two (Chao 1987, for incidences): a lower
 * bound, so that the error of a sample is stated too large rather than too small. O(rows looked at).
 */
export function customersOf(
  { slices, rows }: Pick<Probe, 'slices' | 'rows'>,
  column: number,
): number {
  const seenIn = new Map<string, number>();
  for (const slice of slices)
    for (const value of new Set(slice.map((row) => row[column]?.trim() ?? '')))
      if (value !== '') seenIn.set(value, (seenIn.get(value) ?? 0) + 1);
  if (slices.length < 2) return seenIn.size;
  const inSlices = (n: number) => [...seenIn.values()].filter((times) => times === n).length;
  const [once, twice] = [inSlices(1), inSlices(2)];
  const unseen = (once * (once - 1)) / (2 * (twice + 1)); // the form that stands where none was seen twice
  return Math.min(rows.about, Math.round(seenIn.size + unseen));
}
