/** Numbers on the ramp: its range. */
export type RampLegend = {
  readonly kind: 'ramp';
  readonly title: string;
  /** Along the ramp, low to high. */
  readonly words: readonly [low: string, middle: string, high: string];
};

/** Values with a colour each, and how many customers. */
export type ValueLegend = {
  readonly kind: 'values';
  readonly title: string;
  readonly entries: readonly {
    readonly id: number;
    /** Place in the palette; −1: grey. */
    readonly ink: number;
    readonly words: string;
    readonly count: string;
  }[];
  /** Of those that are grey together, where there are some. */
  readonly others: string | null;
  /** Value that everything else is filtered by. */
  readonly picked: number | null;
};

/** Three sizes and what they stand for. */
export type SizeLegend = {
  readonly title: string;
  readonly words: readonly [small: string, middle: string, large: string];
};
