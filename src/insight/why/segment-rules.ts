import { unattended, type Job } from '../../lib/job.ts';
import { wilson, type Bounds } from '../../lib/stats/intervals.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { conditionTest, type RuleInput } from '../../segments/methods/rules.ts';
import type { Condition } from '../../segments/partition.ts';
import { binsOf, type Bins } from './bins.ts';
import { conditionsOf } from './conditions.ts';
import { polished, score, type Box, type Part } from './polish.ts';
import { grow, inCut, type Path } from './tree.ts';

export type RuleOptions = {
  /** Labels are 0 … segments − 1. */
  readonly segments: number;
  readonly seed: number;
};

/** In a few conditions, who is in a segment. */
export type FoundRule = {
  /** One rule or two, of which one has to hold; each at most three conditions, which all have to hold. */
  readonly anyOf: readonly (readonly Condition[])[];
  /** On customers it was not made from: of those for whom it holds, the share in the segment; of the segment, the share for whom it holds. */
  readonly precision: Bounds;
  readonly recall: Bounds;
  /** The naive baseline: the share of the segment among them, which is the precision of a rule that says nothing. */
  readonly baseline: number;
  /** All customers for whom it holds. */
  readonly size: number;
  /** Customers it was made from and customers it was judged on. */
  readonly made: number;
  readonly judged: number;
};

const DEPTH = 3;
/** Of fewer that it would be made from there is nothing to learn. */
const FEWEST = 5;
/** More to learn from change no threshold that a person would notice. */
const MOST_MADE = 50_000;
/** A second rule has to add so much to the score; a condition is left out where it costs less. */
const WORTH = 0.02;
const SLIGHT = 0.01;

/** So many of the boxes that score best are polished. */
const POLISHED = 8;

/**
 * For each segment the rule that tells its customers best (`score`, on the customers it is made from) among the boxes of two shallow trees, one
 * that weighs customers alike and one that weighs both sides alike, the best of them polished, and unions of two boxes. Half of the customers make it, at most 50,000; all
 * others judge it. Null where fewer than five of the segment, or of all others, are among those who make it. O(segments · made · features + segments · customers).
 */
export async function segmentRules(
  input: RuleInput,
  labels: Int32Array,
  { segments, seed }: RuleOptions,
  job: Job = unattended,
): Promise<(FoundRule | null)[]> {
  const { rows } = input.raw;
  if (labels.length !== rows) throw new RangeError(`${labels.length} labels of ${rows} customers`);
  const making = sampleRows(rows, Math.min(MOST_MADE, Math.ceil(rows / 2)), seed);
  const bins: Bins[] = [];
  for (let f = 0; f < input.features.length; f++) {
    bins.push(binsOf(input, f, making));
    await job.breathe();
  }
  const isMade = new Uint8Array(rows);
  for (const r of making) isMade[r] = 1;
  const found: (FoundRule | null)[] = [];
  for (let segment = 0; segment < segments; segment++) {
    job.progress('Finding rules', segment, segments);
    const isIn = Uint8Array.from(making, (r) => (labels[r] === segment ? 1 : 0));
    const paths = await bestRule({ bins, isIn, all: isIn.reduce((s, is) => s + is, 0) }, job);
    const anyOf = paths?.map((path) => conditionsOf(path, input.features, bins));
    found.push(anyOf ? await judged(input, anyOf, { labels, segment, isMade }, job) : null);
  }
  return found;
}

/** The paths of one box or two; null where there are too few to tell, or nothing tells them. */
async function bestRule(part: Part, job: Job): Promise<Path[] | null> {
  const { bins, isIn, all } = part;
  const others = isIn.length - all;
  if (all < FEWEST || others < FEWEST) return null;
  const least = Math.max(2, Math.min(20, Math.ceil(all / 20)));
  const boxes: Box[] = [];
  for (const weight of [1, others / all]) {
    boxes.push(...grow(bins, isIn, { depth: DEPTH, least, weight }).slice(1));
    await job.breathe();
  }
  const worth = ({ path, hits, rows }: Box) => score(hits, rows.length, all) - SLIGHT * path.length;
  boxes.sort((a, b) => worth(b) - worth(a));
  for (const box of boxes.slice(0, POLISHED)) {
    boxes.push(polished(box, part, { depth: DEPTH, least }));
    await job.breathe();
  }
  if (boxes.length === 0) return null;
  const single = boxes.reduce((a, b) => (worth(b) > worth(a) ? b : a));
  let best: { readonly paths: readonly Path[]; readonly score: number } = {
    paths: [single.path],
    score: worth(single) + WORTH,
  };
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1)) {
      if (!apart(a.path, b.path)) continue;
      const length = a.path.length + b.path.length;
      const both = score(a.hits + b.hits, a.rows.length + b.rows.length, all) - SLIGHT * length;
      if (both > best.score) best = { paths: [a.path, b.path], score: both };
    }
  return shortened([...best.paths], part);
}

/** Whether two boxes share no customer: a feature on which one ends where the other has not begun. */
function apart(a: Path, b: Path): boolean {
  return a.some((cut) =>
    b.some((other) => {
      if (cut.feature !== other.feature) return false;
      if ('bin' in cut && 'bin' in other) {
        if (cut.side === other.side) return false;
        const [upTo, from] = cut.side === 'up-to' ? [cut, other] : [other, cut];
        return upTo.bin < from.bin;
      }
      if (!('codes' in cut && 'codes' in other) || cut.side === other.side) return false;
      const [one, none] = cut.side === 'one-of' ? [cut, other] : [other, cut];
      return one.codes.every((code) => none.codes.includes(code));
    }),
  );
}

/** Without the conditions that are hardly missed, and without a second rule that has become part of the first. */
function shortened(rule: Path[], part: Part): Path[] {
  let now = rule;
  let best = scoreOf(now, part);
  for (let p = 0; p < now.length; p++)
    for (let c = now[p]!.length - 1; c >= 0 && now[p]!.length > 1; c--) {
      const shorter = now.with(p, now[p]!.toSpliced(c, 1));
      const without = scoreOf(shorter, part);
      if (without >= best - SLIGHT) ((now = shorter), (best = without));
    }
  if (now.length === 2)
    for (const only of now) if (scoreOf([only], part) >= best - SLIGHT) return [only];
  return now;
}

function scoreOf(rule: readonly Path[], { bins, isIn, all }: Part): number {
  let [hits, size] = [0, 0];
  for (let i = 0; i < isIn.length; i++) {
    if (!rule.some((path) => path.every((cut) => inCut(cut, bins[cut.feature]!.codes[i]!))))
      continue;
    size++;
    hits += isIn[i]!;
  }
  return score(hits, size, all);
}

async function judged(
  input: RuleInput,
  anyOf: FoundRule['anyOf'],
  whose: { readonly labels: Int32Array; readonly segment: number; readonly isMade: Uint8Array },
  job: Job,
): Promise<FoundRule> {
  const tests = anyOf.map((all) => all.map((condition) => conditionTest(condition, input)));
  let [size, judgedOn, own, holds, hits] = [0, 0, 0, 0, 0];
  for (let row = 0; row < input.raw.rows; row++) {
    if (row % 16_384 === 0) await job.breathe();
    const does = tests.some((all) => all.every((test) => test(row)));
    if (does) size++;
    if (whose.isMade[row]) continue;
    const isIn = whose.labels[row] === whose.segment;
    judgedOn++;
    if (isIn) own++;
    if (does) holds++;
    if (does && isIn) hits++;
  }
  return {
    anyOf,
    precision: wilson(hits, holds),
    recall: wilson(hits, own),
    baseline: judgedOn > 0 ? own / judgedOn : 0,
    size,
    made: input.raw.rows - judgedOn,
    judged: judgedOn,
  };
}
