import type { Feature } from '../features/types.ts';
import { valueWords } from '../features/value-words.ts';
import { cubeIndex, type RfmBox, type RfmPlan } from './methods/rfm-grid.ts';
import type { RfmScore, RfmScores } from './methods/rfm.ts';

/** One square of recency × frequency as it is drawn, over all monetary scores or one of them. */
export type Face = {
  readonly recency: number;
  readonly frequency: number;
  /** Names of the cells behind it, the highest monetary score first; none where they have none. */
  readonly names: readonly string[];
  readonly customers: number;
  readonly spend: number;
  /** Spend per customer ÷ the most of any square, 0 to 1. */
  readonly shade: number;
};

export type Summary = { readonly customers: number; readonly spend: number };

/** Rows of the picture: best recency first, frequency from 1 up. `slice` is one monetary score, null for all. */
export function facesOf(scores: RfmScores, plan: RfmPlan, slice: number | null): Face[][] {
  const { bands } = scores;
  const range = slice === null ? ([1, bands] as const) : ([slice, slice] as const);
  const square = (r: number, f: number) => {
    const names: string[] = [];
    for (let m = range[1]; m >= range[0]; m--) {
      const name = plan.names[plan.places[cubeIndex(bands, r, f, m)]!];
      if (name !== undefined && !names.includes(name)) names.push(name);
    }
    const box = { recency: [r, r], frequency: [f, f], monetary: range } as const;
    return { recency: r, frequency: f, names, ...summaryOf(scores, box) };
  };
  const steps = Array.from({ length: bands }, (_, i) => i + 1);
  const rows = steps.toReversed().map((r) => steps.map((f) => square(r, f)));
  const mean = ({ customers, spend }: Summary) =>
    customers > 0 ? Math.max(0, spend / customers) : 0;
  const most = Math.max(...rows.flat().map(mean));
  return rows.map((row) => row.map((it) => ({ ...it, shade: most > 0 ? mean(it) / most : 0 })));
}

/** Customers and their spend in a box of scores. */
export function summaryOf({ bands, customers, spend }: RfmScores, box: RfmBox): Summary {
  const sum = { customers: 0, spend: 0 };
  for (let r = box.recency[0]; r <= box.recency[1]; r++)
    for (let f = box.frequency[0]; f <= box.frequency[1]; f++)
      for (let m = box.monetary[0]; m <= box.monetary[1]; m++) {
        sum.customers += customers[cubeIndex(bands, r, f, m)]!;
        sum.spend += spend[cubeIndex(bands, r, f, m)]!;
      }
  return sum;
}

/** What a score means in the unit of its feature: "over 1 to 3", "90 and more"; "nobody" where it lies inside a tie. */
export function bandWords(
  { edges }: RfmScore,
  score: number,
  feature: Pick<Feature, 'unit'>,
  side: 'recency' | 'other',
): string {
  const [below, above] = [edges[score - 2], edges[score - 1]];
  const say = (edge: number) => valueWords(edge, feature);
  if (below !== undefined && below === above) return 'nobody';
  if (side === 'recency') {
    if (below === undefined) return `${say(above!)} and more`;
    return above === undefined ? `under ${say(below)}` : `${say(above)} to under ${say(below)}`;
  }
  if (below === undefined) return `up to ${say(above!)}`;
  return above === undefined ? `over ${say(below)}` : `over ${say(below)} to ${say(above)}`;
}

export type Square = Pick<Face, 'recency' | 'frequency'>;

/** The box between two squares, over all monetary scores or one. */
export function boxBetween(a: Square, b: Square, bands: number, slice: number | null): RfmBox {
  const span = (x: number, y: number) => [Math.min(x, y), Math.max(x, y)] as const;
  return {
    recency: span(a.recency, b.recency),
    frequency: span(a.frequency, b.frequency),
    monetary: slice === null ? [1, bands] : [slice, slice],
  };
}

export const isInBox = ({ recency, frequency }: Square, box: RfmBox): boolean =>
  recency >= box.recency[0] &&
  recency <= box.recency[1] &&
  frequency >= box.frequency[0] &&
  frequency <= box.frequency[1];

/** One step of an arrow key on the grid; undefined for other keys. Up is more recent, right more frequent. */
export function stepOf(
  key: string,
  { recency, frequency }: Square,
  bands: number,
): Square | undefined {
  const inside = (score: number) => Math.min(bands, Math.max(1, score));
  if (key === 'ArrowUp') return { recency: inside(recency + 1), frequency };
  if (key === 'ArrowDown') return { recency: inside(recency - 1), frequency };
  if (key === 'ArrowRight') return { recency, frequency: inside(frequency + 1) };
  if (key === 'ArrowLeft') return { recency, frequency: inside(frequency - 1) };
  if (key === 'Home') return { recency, frequency: 1 };
  if (key === 'End') return { recency, frequency: bands };
  return undefined;
}

/** Every cell. */
export const wholeBox = (bands: number): RfmBox => ({
  recency: [1, bands],
  frequency: [1, bands],
  monetary: [1, bands],
});
