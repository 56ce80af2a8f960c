import { unattended, type Job } from '../../lib/job.ts';
import { chances, type Model, type Patterns } from './chances.ts';
import { add, normalise, PRIOR_PAIRS, priors } from './shares.ts';
import { comparisons } from './types.ts';

export type FitOptions = {
  /** Of all records: n (n − 1) / 2. Pairs that are no candidates count as strangers. */
  readonly allPairs: number;
  readonly maxRounds: number;
  /** Whether two people of a household can be told from one: only where first names are known. */
  readonly households: boolean;
  /** Largest change of a share in a round at which the rounds end. */
  readonly tolerance: number;
  /** Where to start; what is expected before anything was learnt, where absent. */
  readonly from?: Draft;
};

/**
 * Rounds in which the shares of strangers are taken again; then they stand. Further rounds would let them drift to those of the
 * pairs that they should leave out, where one field alone tells people apart.
 */
const STRANGER_ROUNDS = 5;
const GIVEN = comparisons.indexOf('given');

export type Draft = {
  same: number[][];
  household: number[][];
  different: number[][];
  samePairs: number;
  householdPairs: number;
};

/**
 * Weights of Fellegi and Sunter (1969) by EM (Winkler 1988), with missing levels left out of the product (Enamorado, Fifield and Imai
 * 2019) and a third kind of pair, two people of one household, who share name, phone and address but not the first name (Larsen and
 * Rubin 2001). `same` and `household` are learnt from the candidates, `different` is taken from random pairs, less those that
 * are likely one of the others; in a household first names are as different as among strangers. O(patterns · rounds).
 */
export async function fitModel(
  candidates: Patterns,
  randomPairs: Patterns,
  { allPairs, households, maxRounds, tolerance, from }: FitOptions,
  job: Job = unattended,
): Promise<Model> {
  let now = from ?? start(allPairs, households);
  for (let round = 1; round <= maxRounds; round++) {
    job.progress('Learning what each field weighs', round, maxRounds);
    await job.breathe();
    const next = better(now, candidates, round <= STRANGER_ROUNDS ? randomPairs : null, allPairs);
    const moved = change(now, next);
    now = next;
    if (moved < tolerance && round > STRANGER_ROUNDS)
      return { ...now, rounds: round, capped: false };
  }
  return { ...now, rounds: maxRounds, capped: true };
}

/** Before anything is learnt: about one pair a record is one person, half as many share a household. */
export function start(allPairs: number, households: boolean): Draft {
  const records = (1 + Math.sqrt(1 + 8 * allPairs)) / 2;
  const samePairs = Math.min(0.2, records / Math.max(1, allPairs));
  return {
    same: priors('same'),
    household: priors('household'),
    different: priors('different'),
    samePairs,
    householdPairs: households ? samePairs / 2 : 0,
  };
}

/** One round: how likely each pattern is each kind, then the shares that follow from it. */
function better(
  now: Draft,
  candidates: Patterns,
  randomPairs: Patterns | null,
  allPairs: number,
): Draft {
  const [same, household] = [priors('same', PRIOR_PAIRS), priors('household', PRIOR_PAIRS)];
  const different = randomPairs ? priors('different', PRIOR_PAIRS) : now.different;
  let samePairs = 0;
  let householdPairs = 0;
  candidates.codes.forEach((code, i) => {
    const of = chances(now, code);
    const n = candidates.counts[i] ?? 0;
    samePairs += n * of.same;
    householdPairs += n * of.household;
    add(same, code, n * of.same);
    add(household, code, n * of.household);
  });
  randomPairs?.codes.forEach((code, i) => {
    const of = chances(now, code);
    add(different, code, (randomPairs.counts[i] ?? 0) * (1 - of.same - of.household));
  });
  for (const shares of [same, household]) normalise(shares);
  if (randomPairs) normalise(different);
  household[GIVEN] = different[GIVEN] ?? [];
  const all = Math.max(1, allPairs);
  return {
    same,
    household,
    different,
    samePairs: samePairs / all,
    householdPairs: householdPairs / all,
  };
}

function change(a: Draft, b: Draft): number {
  let most = 0;
  for (const kind of ['same', 'household', 'different'] as const)
    a[kind].forEach((shares, c) =>
      shares.forEach((share, l) => (most = Math.max(most, Math.abs(share - b[kind][c]![l]!)))),
    );
  return most;
}
