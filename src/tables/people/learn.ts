import { unattended, type Job } from '../../lib/job.ts';
import { chances, type Model, type Patterns } from './chances.ts';
import { evidenceIn, isAgainst } from './evidence.ts';
import { levelIn } from './levels.ts';
import { draftFrom, fitModel, start, type FitOptions } from './model.ts';
import { comparisons, type Learnt } from './types.ts';

/** Fewer pairs than this show nothing about a class. */
const FEW = 10;
const place = (name: (typeof comparisons)[number]): number => comparisons.indexOf(name);
const [GIVEN, FAMILY, BIRTH] = [place('given'), place('family'), place('birth')];
const contacts = [place('email'), place('phone')];
/** First names up to this level may be one person's. */
const NEARLY = 3;

/**
 * The weights, and a look at what they hold for one person. Where names come in few combinations, EM may take groups of one name for
 * people, against e-mail, phone and birth date. Then it is done again, from the pairs that plain rules put together and without those
 * that these three rule out; and if that is no better, the weights are those expected before anything was learnt.
 */
export async function learnModel(
  candidates: Patterns,
  randomPairs: Patterns,
  options: FitOptions,
  job: Job = unattended,
): Promise<{ readonly model: Model; readonly learnt: Learnt }> {
  const model = await fitModel(candidates, randomPairs, options, job);
  if (!isAstray(model, candidates)) return { model, learnt: 'pairs' };
  const byRules = only(candidates, isByRules);
  if (total(byRules) > 0) {
    const possible = only(candidates, (code) => !isAgainst(evidenceIn(code)));
    const from = draftFrom(byRules, options);
    const again = await fitModel(possible, randomPairs, { ...options, from }, job);
    if (!isAstray(again, candidates)) return { model: again, learnt: 'rules' };
  }
  const expected = start(options.allPairs, options.households);
  return { model: { ...expected, rounds: 0, capped: false }, learnt: 'expected' };
}

/**
 * Whether the pairs taken for one person are mostly ruled out by e-mail, phone and birth date, or agree in them less than half as
 * often as those taken for strangers do. Of candidates in which two of the three are known. O(patterns).
 */
export function isAstray(model: Model, candidates: Patterns): boolean {
  const same = { pairs: 0, against: 0, agree: 0, known: 0 };
  const strangers = { ...same };
  candidates.codes.forEach((code, i) => {
    const evidence = evidenceIn(code);
    if (evidence.known < 2) return;
    const of = chances(model, code);
    for (const [sums, chance] of [
      [same, of.same],
      [strangers, 1 - of.same - of.household],
    ] as const) {
      const n = (candidates.counts[i] ?? 0) * chance;
      sums.pairs += n;
      sums.known += n * evidence.known;
      sums.agree += n * evidence.exact;
      if (isAgainst(evidence)) sums.against += n;
    }
  });
  if (same.pairs < FEW) return false;
  const isFlipped =
    strangers.pairs >= FEW && 2 * (same.agree / same.known) < strangers.agree / strangers.known;
  return isFlipped || 2 * same.against > same.pairs;
}

/** Two of e-mail, phone and birth date; one e-mail or phone and no other first name, as in a household; or name and birth date. */
function isByRules(code: number): boolean {
  const [given, family, birth] = [GIVEN, FAMILY, BIRTH].map((c) => levelIn(code, c));
  if (evidenceIn(code).exact >= 2) return true;
  if (given === 0 && family === 0 && birth === 0) return true;
  return given! <= NEARLY && contacts.some((c) => levelIn(code, c) === 0);
}

function only({ codes, counts }: Patterns, has: (code: number) => boolean): Patterns {
  const kept = Array.from(codes.keys()).filter((i) => has(codes[i]!));
  return {
    codes: Int32Array.from(kept, (i) => codes[i]!),
    counts: Float64Array.from(kept, (i) => counts[i]!),
  };
}

const total = ({ counts }: Patterns): number => counts.reduce((sum, n) => sum + n, 0);
