import { levelIn, levels, MISSING } from './levels.ts';
import type { Model } from './chances.ts';
import { comparisons, type LevelWeight, type Reason } from './types.ts';

/** What each comparison says of a pair, in words and bits. `factor` is how common the pair's own values are (see `frequencies`). */
export function reasonsFor(pattern: number, model: Model, factor: (c: number) => number): Reason[] {
  return comparisons.flatMap((comparison, c) => {
    const at = levelIn(pattern, c);
    if (at === MISSING) return [];
    const different = model.different[c]![at]! * (at === 0 ? factor(c) : 1);
    const words = levels[comparison][at]!.words;
    return [{ comparison, words, weight: Math.log2(model.same[c]![at]! / different) }];
  });
}

/** The whole model as a table: every level of every comparison. */
export const weightTable = (model: Model): LevelWeight[] =>
  comparisons.flatMap((comparison, c) =>
    levels[comparison].map(({ words }, at) => {
      const [same, different] = [model.same[c]![at]!, model.different[c]![at]!];
      return { comparison, words, same, different, weight: Math.log2(same / different) };
    }),
  );
