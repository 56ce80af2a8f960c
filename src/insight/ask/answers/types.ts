import type { Unit } from '../../../features/types.ts';
import type { Bounds } from '../../../lib/stats/intervals.ts';
import type { Who } from '../../who.ts';

/** A number with its 95 % interval; without one where it is exact or an extreme. */
export type Figure = {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
};

/** One line of an answer: a segment, a value, a month, a feature. */
export type AnswerRow = {
  readonly label: string;
  /** Segment that it is of, for its tile; null of others. */
  readonly segment: number | null;
  readonly figures: readonly (Figure | null)[];
  /** The figures as a person reads them, one for each. */
  readonly shown: readonly string[];
  /** Customers behind it. */
  readonly customers: number;
  /** Whether it is what was asked for; of answers that show the others beside. */
  readonly isMet?: boolean;
};

/** A number of each customer, as a column beside the id. */
export type AnswerColumn = {
  readonly label: string;
  readonly unit: Unit;
  readonly values: ArrayLike<number>;
};

/** What a question comes to. */
export type Answer = {
  readonly sentence: string;
  /** What it was measured by, and how far it may be trusted; a sentence each. */
  readonly notes: readonly string[];
  /** The number in the sentence, where there is one. */
  readonly figure: Figure | null;
  /** What `rows` are, and what each of their figures is. */
  readonly heads: readonly string[];
  readonly rows: readonly AnswerRow[];
  /** What everyone comes to, drawn in grey: the naive baseline; null where there is none. */
  readonly baseline: { readonly value: number; readonly words: string } | null;
  /** How the first figure of `rows` is drawn. */
  readonly chart: 'rows' | 'line' | 'histogram' | 'none';
  readonly unit: Unit;
  /** Of a histogram: the values of everyone. */
  readonly values: Float32Array | null;
  /** The customers behind the answer; null where it is not about some customers. */
  readonly who: Who | null;
  /** Their rows in the order in which they are listed. */
  readonly order: Uint32Array;
  readonly columns: readonly AnswerColumn[];
  /** The segment that is described, to be opened. */
  readonly segment: number | null;
};

/** What of an answer is given away when it leaves a worker. */
export const buffersOf = ({ values, who, order, columns }: Answer): Transferable[] => [
  ...new Set(
    [values, who?.inside, order, ...columns.map((column) => column.values)].flatMap((each) =>
      ArrayBuffer.isView(each) && each.buffer instanceof ArrayBuffer ? [each.buffer] : [],
    ),
  ),
];

export const figureOf = ({ value, low, high }: Bounds): Figure => ({ value, low, high });
export const exact = (value: number): Figure => ({ value, low: null, high: null });

/** An answer of which only what differs is given. */
export const answerOf = (
  sentence: string,
  more: Partial<Omit<Answer, 'sentence'>> = {},
): Answer => ({
  ...{ sentence, notes: [], figure: null, heads: [], rows: [], baseline: null, chart: 'none' },
  ...{ unit: 'number', values: null, who: null, order: new Uint32Array(), columns: [] },
  segment: null,
  ...more,
});
