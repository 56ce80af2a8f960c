export type PairScore = {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
};

/** Of the pairs of records put together how many are one person, and of those that are how many were found. */
export function pairScore(found: ArrayLike<number>, truth: ArrayLike<number>): PairScore {
  const records = Array.from({ length: truth.length }, (_, r) => r);
  const pairsBy = (label: (r: number) => string) => {
    const sizes = new Map<string, number>();
    for (const r of records) sizes.set(label(r), (sizes.get(label(r)) ?? 0) + 1);
    return [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  };
  const right = pairsBy((r) => `${found[r]} ${truth[r]}`);
  const precision = right / pairsBy((r) => `${found[r]}`);
  const recall = right / pairsBy((r) => `${truth[r]}`);
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}
