import { unattended, type Job } from '../../lib/job.ts';
import { chances } from './chances.ts';
import { cluster, type Link } from './cluster.ts';
import { comparer } from './compare.ts';
import { reasonsFor, weightTable } from './explain.ts';
import { hardEvidence } from './evidence.ts';
import { frequencies } from './frequency.ts';
import { differs, levelIn, PATTERNS } from './levels.ts';
import { learnModel } from './learn.ts';
import { patternsFor, patternsOf, randomPatterns } from './patterns.ts';
import { plainRules } from './rules.ts';
import {
  comparisons,
  type Pairs,
  type Records,
  type Resolution,
  type ReviewPair,
} from './types.ts';

export type ResolveOptions = {
  readonly link: number;
  readonly review: number;
  readonly seed: number;
  /** By record numbers. */
  readonly accepted: readonly (readonly [number, number])[];
  readonly refused: readonly (readonly [number, number])[];
};

const MOST_ROUNDS = 300;
const TOLERANCE = 1e-6;
/** Pairs shown for review at most; the rest are counted. */
export const REVIEWED = 500;

const [GIVEN, BIRTH] = [comparisons.indexOf('given'), comparisons.indexOf('birth')];

/**
 * Which records are one person: every candidate pair compared, the weights learnt, likely pairs put together.
 * The same input and options give the same result. O(pairs), about 2 µs each.
 */
export async function resolve(
  records: Records,
  pairs: Pairs,
  options: ResolveOptions,
  job: Job = unattended,
): Promise<Resolution> {
  const { link, review, seed, accepted, refused } = options;
  if (!(review >= 0 && link >= review && link <= 1))
    throw new RangeError(`cannot review from ${review} and link from ${link}`);
  const compare = comparer(records);
  const patterns = await patternsFor(pairs, compare, job);
  const tally = new Float64Array(PATTERNS);
  for (const pattern of patterns) tally[pattern]!++;
  const { model, learnt } = await learnModel(
    patternsOf(tally),
    await randomPatterns(records.count, compare, seed, job),
    {
      allPairs: (records.count * (records.count - 1)) / 2,
      households: knowsFirstNames(records),
      maxRounds: MOST_ROUNDS,
      tolerance: TOLERANCE,
    },
    job,
  );
  const common = frequencies(records, model);
  const chancesOf = (pattern: number, a: number, b: number) => {
    const { strangers, relatives } = common.of(pattern, a, b);
    return chances(model, pattern, strangers, relatives);
  };
  const key = (a: number, b: number) => Math.min(a, b) * records.count + Math.max(a, b);
  const decided = new Set([...accepted, ...refused].map(([a, b]) => key(a, b)));
  const likely: (Link & { readonly pattern: number })[] = [];
  for (let i = 0; i < patterns.length; i++) {
    if (i % 8192 === 0) await job.breathe();
    const [first, second, pattern] = [pairs.first[i]!, pairs.second[i]!, patterns[i]!];
    const probability = chancesOf(pattern, first, second).same;
    if (probability >= review && !decided.has(key(first, second)))
      likely.push({ first, second, probability, pattern });
  }
  likely.sort((a, b) => b.probability - a.probability || a.first - b.first || a.second - b.second);
  const links = likely.filter(({ probability }) => probability >= link);
  const clusters = await cluster(
    {
      count: records.count,
      links,
      accepted,
      refused,
      hard: hardEvidence(records, compare),
      contradicts(a, b) {
        const pattern = compare(a, b);
        return isConflict(pattern) && chancesOf(pattern, a, b).same < review;
      },
    },
    job,
  );
  const unsure = oneQuestionEach(
    [...clusters.held, ...likely.slice(links.length)] as typeof likely, // held links are links
    clusters.people,
  );
  const asked = unsure.slice(0, REVIEWED).map((pair): ReviewPair => {
    const { first, second, probability, pattern } = pair;
    const { household } = chancesOf(pattern, first, second);
    const reasons = reasonsFor(pattern, model, (c) => common.factor(c, first, second));
    return { first, second, probability, household, held: probability >= link, reasons };
  });
  return {
    people: clusters.people,
    count: clusters.count,
    review: asked,
    unsure: unsure.length,
    weights: weightTable(model),
    learnt,
    pairs: patterns.length,
    linked: links.length - clusters.held.length,
    held: clusters.held.length,
    split: clusters.split,
    conflicts: clusters.conflicts,
    rounds: model.rounds,
    capped: model.capped,
    baseline: await plainRules(records),
  };
}

/** In at least one record of ten. */
const knowsFirstNames = ({ count, given }: Records): boolean =>
  10 * given.codes.reduce((filled, code) => (code >= 0 ? filled + 1 : filled), 0) >= count;

/** Other first names, or other birth dates: what one person hardly has in two records. */
const isConflict = (pattern: number): boolean =>
  levelIn(pattern, GIVEN) === differs('given') || levelIn(pattern, BIRTH) === differs('birth');

/** Between two persons the likeliest pair asks for all; the least sure first. */
function oneQuestionEach<P extends Link>(pairs: readonly P[], people: Int32Array): P[] {
  const asked = new Map<string, P>();
  for (const pair of pairs) {
    const [a, b] = [people[pair.first]!, people[pair.second]!];
    const between = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (a !== b && !asked.has(between)) asked.set(between, pair);
  }
  const doubt = ({ probability }: P) => Math.abs(probability - 0.5);
  return [...asked.values()].sort(
    (a, b) => doubt(a) - doubt(b) || a.first - b.first || a.second - b.second,
  );
}
