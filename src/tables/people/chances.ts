import { levelIn, MISSING } from './levels.ts';
import { comparisons } from './types.ts';

/** How many pairs show each pattern of levels; only those that occur. */
export type Patterns = {
  readonly codes: Int32Array<ArrayBuffer>;
  readonly counts: Float64Array<ArrayBuffer>;
};

/** By comparison and level: how often pairs of each kind show it, adding up to 1 over a comparison's levels. */
export type Shares = readonly (readonly number[])[];

/** Three kinds of pairs: one person, two of a household, two strangers. */
export type Model = {
  readonly same: Shares;
  readonly household: Shares;
  readonly different: Shares;
  /** Share of all pairs of records that are one person, or two of a household. */
  readonly samePairs: number;
  readonly householdPairs: number;
  readonly rounds: number;
  readonly capped: boolean;
};

export type Chances = { readonly same: number; readonly household: number };

/**
 * How likely a pair with this pattern is one person, or two of a household. `strangers` and `relatives` multiply what strangers and
 * households would show (1: as the model has it): common values make them likelier.
 */
export function chances(
  model: Omit<Model, 'rounds' | 'capped'>,
  code: number,
  strangers = 1,
  relatives = 1,
): Chances {
  let same = model.samePairs;
  let household = model.householdPairs * relatives;
  let different = (1 - model.samePairs - model.householdPairs) * strangers;
  for (let c = 0; c < comparisons.length; c++) {
    const level = levelIn(code, c);
    if (level === MISSING) continue;
    same *= model.same[c]![level]!;
    household *= model.household[c]![level]!;
    different *= model.different[c]![level]!;
  }
  const all = same + household + different;
  return all > 0 ? { same: same / all, household: household / all } : { same: 0, household: 0 };
}
