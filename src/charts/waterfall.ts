/** One row of a ledger. A total states what stands there; a loss (negative) or gain (positive) changes it. */
export type LedgerStep = {
  readonly label: string;
  readonly value: number;
  readonly words: string;
  readonly kind: 'total' | 'loss';
};

/** One bar, as shares (0 to 1) of the width; `join` is where the next row's bar begins. */
export type LedgerBar = {
  readonly from: number;
  readonly to: number;
  readonly join: number;
};

export type Ledger = {
  readonly bars: readonly LedgerBar[];
  /** The axis leaves out a part of what all rows share: totals are drawn with a break. */
  readonly broken: boolean;
  /** What the rows do not explain: 0 where they add up. */
  readonly unexplained: number;
};

/** Share of the width that stands for everything below the break. */
const stub = 0.25;

/** Bars of a ledger whose rows add up, over an axis that is broken where the changes are small beside the totals. */
export function layLedger(steps: readonly LedgerStep[]): Ledger {
  let running = 0;
  let unexplained = 0;
  const spans = steps.map(({ kind, value }, i) => {
    if (kind === 'total') {
      if (i > 0) unexplained += value - running;
      running = value;
      return { from: 0, to: value, after: value };
    }
    const before = running;
    running += value;
    return { from: Math.min(before, running), to: Math.max(before, running), after: running };
  });
  const high = Math.max(0, ...spans.map(({ to }) => to));
  const low = Math.min(high, ...spans.map(({ after }) => after));
  const broken = low > 0.5 * high && low < high;
  const place = (value: number) => {
    if (high <= 0) return 0;
    if (!broken) return Math.max(0, value / high);
    return value <= 0 ? 0 : stub + ((1 - stub) * (value - low)) / (high - low);
  };
  const bars = spans.map(({ from, to, after }) => ({
    from: place(from),
    to: place(to),
    join: place(after),
  }));
  return { bars, broken, unexplained };
}
