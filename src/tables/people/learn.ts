import { unattended, type Job } from '../../lib/job.ts';
import { chances, type Model, type Patterns } from './chances.ts';
import { evidenceIn, isAgainst } from './evidence.ts';
import { levelIn } from './levels.ts';
import { fitModel, start, type FitOptions } from './model.ts';
import { sharesAmong } from './shares.ts';
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
 * people, against e-mail, phone and birth date. Then it is done again, starting from the pairs that plain rules put together and
 * without those that e-mail, phone and birth date rule out. If that goes astray too, these labels stand, and their levels are counted;
 * and if even that does, the levels of one person are those expected before anything was learnt. O(patterns · rounds).
 */
export async function learnModel(
  candidates: Patterns,
  randomPairs: Patterns,
  options: FitOptions,
  job: Job = unattended,
): Promise<{ readonly model: Model; readonly learnt: Learnt }> {
  const model = await fitModel(candidates, randomPairs, options, job);
  if (!isAstray(model, candidates)) return { model, learnt: 'pairs' };
  const expected = start(options.allPairs, options.households);
  const different = sharesAmong(randomPairs, 'different');
  const byRules = only(candidates, isByRules);
  if (total(byRules) > 0) {
    const possible = only(candidates, (code) => !isAgainst(evidenceIn(code)));
    const samePairs = total(byRules) / options.allPairs;
    const from = { ...expected, same: sharesAmong(byRules, 'same'), samePairs };
    const again = await fitModel(possible, randomPairs, { ...options, from }, job);
    if (!isAstray(again, candidates)) return { model: again, learnt: 'rules' };
    const counted = { ...from, different, rounds: 1, capped: false };
    if (!isAstray(counted, candidates)) return { model: counted, learnt: 'rules' };
  }
  return { model: { ...expected, different, rounds: 0, capped: false }, learnt: 'expected' };
}

/**
 * Whether the pairs taken for one person are mostly ruled out by e-mail, phone and birth date, or agree in them less than half as
 * often as those taken for strangers do, or lack most of those with one birth date and one e-mail or phone. Of candidates in which
 * two of the three are known. O(patterns).
 */
export function isAstray(model: Model, candidates: Patterns): boolean {
  const same = { pairs: 0, against: 0, agree: 0, known: 0 };
  const strangers = { ...same };
  const certain = { pairs: 0, same: 0 };
  candidates.codes.forEach((code, i) => {
    const evidence = evidenceIn(code);
    if (evidence.known < 2) return;
    const of = chances(model, code);
    if (isCertain(code)) {
      certain.pairs += candidates.counts[i] ?? 0;
      certain.same += (candidates.counts[i] ?? 0) * of.same;
    }
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
  if (certain.pairs >= FEW && 2 * certain.same < certain.pairs) return true;
  if (same.pairs < FEW) return false;
  const isFlipped =
    strangers.pairs >= FEW && 2 * (same.agree / same.known) < strangers.agree / strangers.known;
  return isFlipped || 2 * same.against > same.pairs;
}

const sharesContact = (code: number): boolean => contacts.some((c) => levelIn(code, c) === 0);
/** What no household shares, but twins. */
const isCertain = (code: number): boolean => levelIn(code, BIRTH) === 0 && sharesContact(code);

/** Two of e-mail, phone and birth date; one e-mail or phone and no other first name, as in a household; or name and birth date. */
function isByRules(code: number): boolean {
  const [given, family, birth] = [GIVEN, FAMILY, BIRTH].map((c) => levelIn(code, c));
  if (evidenceIn(code).exact >= 2) return true;
  if (given === 0 && family === 0 && birth === 0) return true;
  return given! <= NEARLY && sharesContact(code);
}

function only({ codes, counts }: Patterns, has: (code: number) => boolean): Patterns {
  const kept = Array.from(codes.keys()).filter((i) => has(codes[i]!));
  return {
    codes: Int32Array.from(kept, (i) => codes[i]!),
    counts: Float64Array.from(kept, (i) => counts[i]!),
  };
}

const total = ({ counts }: Patterns): number => counts.reduce((sum, n) => sum + n, 0);
