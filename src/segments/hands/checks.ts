import { count, fixed, percent, plural } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { wilson } from '../../lib/stats/intervals.ts';
import { dipTest } from '../../lib/stats/dip.ts';
import { spreadTies } from '../../lib/stats/spread-ties.ts';
import { breathing } from '../../lib/steps.ts';
import { groupRows } from '../drivers.ts';
import type { Judgement } from '../judge.ts';
import { kmeans, rowsOf } from '../methods/kmeans.ts';
import { countSteps, type RuleInput, type TypedHolds } from '../methods/rules.ts';
import { distanceTo } from '../methods/silhouette.ts';
import type { SegmentRule } from '../partition.ts';
import { methodOf, type Segment, type Segmentation, type SegmentSettings } from '../types.ts';
import { alongLine, distance2, sampled, separation, spreadOf } from './spread.ts';

/** What may be wrong with the segments as a whole. */
export type Finding = {
  readonly kind:
    'skipped' | 'empty' | 'tiny' | 'two-kinds' | 'duplicate' | 'mixing' | 'unstable' | 'overlap';
  /** Segments that it is about. */
  readonly letters: readonly string[];
  /** With its figures. */
  readonly words: string;
  /** What may be done about it. */
  readonly act:
    | { readonly kind: 'merge'; readonly letter: string; readonly with: string }
    | { readonly kind: 'look' | 'split'; readonly letter: string }
    | { readonly kind: 'edits' | 'grouping' }
    | null;
};

export type CheckInput = {
  readonly segmentation: Segmentation;
  readonly settings: SegmentSettings;
  /** What the method saw: `segmentation.means` are in its units. */
  readonly scaled: Matrix;
  readonly rules: RuleInput;
  /** Of a division by rules: what the database said of those in SQL. */
  readonly typed?: TypedHolds;
  /** Where stability was tested. */
  readonly judgement: Judgement | null;
};

/** Below it a segment says little: figures of 30 customers have wide intervals, and 1 % is seldom worth its own plan. */
const FEW = 30;
const SMALL = 0.01;
/** The list warns below this silhouette too. */
const LOW = 0.1;
/** From this share on, customers nearer to another segment are a finding. */
const MIXED = 0.2;
/** Rules that share so much of what they hold for say the same. */
const SHARED = 0.2;
/** Halves of an evenly spread segment are 3.5 standard deviations apart, of a bell 2.7. */
const CLEAR = 4;
/** So seldom would one hump look like two: many segments are tested. */
const RARE = 0.001;

/** Whether the segments make sense together. Nothing found is an empty list. O(customers · cols), and for those who lean away times segments. */
export async function checkSegments(
  input: CheckInput,
  job: Job = unattended,
): Promise<readonly Finding[]> {
  const { segmentation, scaled } = input;
  const { segments, labels, means } = segmentation;
  if (scaled.rows !== labels.length || scaled.cols !== means.cols)
    throw new RangeError(`${means.cols} columns of ${labels.length} customers were grouped`);
  const real = segments.filter(({ rest }) => !rest);
  const { rows } = groupRows(labels, segments.length);
  const nearest = (one: Segment): Segment | undefined =>
    real
      .filter(({ id }) => id !== one.id)
      .toSorted((a, b) => distance2(means, one.id, a.id) - distance2(means, one.id, b.id))[0];
  const method = methodOf(input.settings);
  const counts =
    method.kind === 'rules'
      ? await breathing(countSteps(input.rules, method.rules, input.typed), job)
      : null;
  const found: Finding[] = [...skipped(segmentation), ...empty(input)];
  if (method.kind === 'rules' && counts)
    for (const [i, rule] of method.rules.entries())
      if (!('sql' in rule.when) || input.typed?.[i])
        found.push(...ofRule(rule, counts.holds[i]!, counts.wins[i]!));
  for (const one of real) {
    job.progress('Checking segments', one.id, segments.length);
    await job.breathe();
    found.push(...tiny(one, nearest(one)));
    found.push(...(await mixing(input, one, rows[one.id]!, job)));
    found.push(...(await twoKinds(input, one, rows[one.id]!, job)));
    found.push(...unstable(one, input.judgement, nearest(one)));
  }
  return [...found, ...(await duplicates(input, real, rows, job))];
}

const named = ({ letter, name }: Segment): string => `${letter} ${name}`;
const mergeWith = (one: Segment, other: Segment | undefined): Finding['act'] =>
  other
    ? { kind: 'merge', letter: one.letter, with: other.letter }
    : { kind: 'look', letter: one.letter };

function skipped({ hands }: Segmentation): Finding[] {
  const many = hands?.outcomes.filter(({ applied }) => !applied).length ?? 0;
  if (many === 0) return [];
  const words = `${plural(many, 'change')} by hand found nobody or no segment to change.`;
  return [{ kind: 'skipped', letters: [], words, act: { kind: 'edits' } }];
}

/** Letters that a person spoke of, without customers. */
function empty({ segmentation, settings }: CheckInput): Finding[] {
  const shown = new Set(segmentation.segments.map(({ letter }) => letter));
  const { names, remarks = [] } = settings;
  const said = new Set([...names, ...remarks].map(({ letter }) => letter));
  const letters = [...said].filter((letter) => !shown.has(letter)).sort();
  return letters.map((letter): Finding => {
    const name = names.find((each) => each.letter === letter)?.name;
    const words = `${letter}${name ? ` ${name}` : ''}, of which you said something, has no customers now.`;
    return { kind: 'empty', letters: [letter], words, act: null };
  });
}

/** A rule that takes nobody, or that holds for many whom one before it took. */
function ofRule({ name, when }: SegmentRule, holds: number, wins: number): Finding[] {
  const act: Finding['act'] = { kind: 'grouping' };
  if (wins === 0) {
    const why =
      holds === 0 ? 'holds for nobody' : 'holds only for customers whom rules before it took';
    return [{ kind: 'empty', letters: [], words: `The rule ${name} ${why}.`, act }];
  }
  const isCatchAll = 'all' in when && when.all.length === 0;
  const lost = holds - wins;
  if (isCatchAll || lost / holds < SHARED) return [];
  const words = `The rule ${name} holds for ${plural(holds, 'customer')}, of whom rules before it took ${count(lost)} (${percent(lost / holds, 0)}).`;
  return [{ kind: 'overlap', letters: [], words, act }];
}

function tiny(one: Segment, nearest: Segment | undefined): Finding[] {
  if (one.size >= FEW && one.share >= SMALL) return [];
  const near = nearest ? ` Nearest to it is ${named(nearest)}.` : '';
  const words = `${named(one)} is ${plural(one.size, 'customer')}, ${percent(one.share)} of all.${near}`;
  return [{ kind: 'tiny', letters: [one.letter], words, act: mergeWith(one, nearest) }];
}

/** Many of its customers are nearer to the mean of another segment than to those of their own. */
async function mixing(
  { segmentation, scaled }: CheckInput,
  one: Segment,
  rows: Int32Array,
  job: Job,
): Promise<Finding[]> {
  const { silhouettes, segments, means } = segmentation;
  await job.breathe();
  const away = rows.filter((r) => silhouettes[r]! < 0);
  const share = wilson(away.length, rows.length);
  const low = one.silhouette ?? 0;
  const real = segments.filter(({ rest }) => !rest);
  if (real.length < 2 || (low >= LOW && share.low < MIXED)) return [];
  const leans = new Int32Array(segments.length);
  for (const [i, r] of away.entries()) {
    if (i % 1024 === 0) await job.breathe();
    let [near, to] = [Infinity, -1];
    for (const { id } of real) {
      const d = id === one.id ? Infinity : distanceTo(scaled, r, means, id);
      if (d < near) [near, to] = [d, id];
    }
    if (to >= 0) leans[to]!++;
  }
  const most = leans.indexOf(Math.max(...leans));
  const other = leans[most]! > 0 ? segments[most] : undefined;
  const most2 = other ? `, ${count(leans[most]!)} of them to ${named(other)}` : '';
  const words = `${percent(share.value, 0)} (${fixed(100 * share.low, 0)}–${fixed(100 * share.high, 0)}) of the customers of ${named(one)} are nearer to another segment${most2}; its silhouette is ${fixed(low)}.`;
  const isOneWay = other !== undefined && leans[most]! >= away.length / 2 && share.value >= MIXED;
  return [
    {
      kind: 'mixing',
      letters: [one.letter],
      words,
      act: isOneWay ? mergeWith(one, other) : { kind: 'look', letter: one.letter },
    },
  ];
}

/**
 * Its customers are of two kinds: the best two parts of it (k-means on a sample) stand clearly apart, with a gap along the line through both means
 * that customers of one hump would not show (dip test, Hartigan & Hartigan 1985).
 */
async function twoKinds(
  { scaled, settings }: CheckInput,
  one: Segment,
  rows: Int32Array,
  job: Job,
): Promise<Finding[]> {
  if (rows.length < 2 * FEW) return [];
  const part = rowsOf(scaled, sampled(rows));
  const { means, labels } = await kmeans(part, { k: 2, seed: settings.seed, restarts: 3 }, job);
  if (means.rows < 2) return [];
  const { rows: sides } = groupRows(labels, 2);
  const apart = separation(part, means, [0, 1], sides);
  if (!(apart > CLEAR)) return [];
  const { p } = dipTest(spreadTies(alongLine(part, means).sort()));
  if (p > RARE) return [];
  const share = percent(Math.min(sides[0]!.length, sides[1]!.length) / part.rows, 0);
  const words = `${named(one)} holds two kinds of customers, the smaller ${share} of it: their means are ${fixed(apart, 1)} standard deviations apart, with a gap between them.`;
  return [
    { kind: 'two-kinds', letters: [one.letter], words, act: { kind: 'split', letter: one.letter } },
  ];
}

function unstable(
  one: Segment,
  judgement: Judgement | null,
  nearest: Segment | undefined,
): Finding[] {
  const found = judgement?.stability.groups[one.id];
  if (!found || found.standing === 'stable') return [];
  const { value, low, high } = found.jaccard;
  const words = `${named(one)} is found again only ${found.standing === 'doubtful' ? 'in part' : 'seldom'} among customers drawn anew: Jaccard ${fixed(value)} (${fixed(low)}–${fixed(high)}).`;
  const act: Finding['act'] =
    found.standing === 'dissolves' ? mergeWith(one, nearest) : { kind: 'look', letter: one.letter };
  return [{ kind: 'unstable', letters: [one.letter], words, act }];
}

/** Pairs whose means are nearer than their customers spread. */
async function duplicates(
  { segmentation, scaled }: CheckInput,
  real: readonly Segment[],
  rows: readonly Int32Array[],
  job: Job,
): Promise<Finding[]> {
  const { means } = segmentation;
  const some = rows.map(sampled);
  const spreads = real.map(({ id }) => spreadOf(scaled, some[id]!, means, id));
  const found: Finding[] = [];
  for (const [i, one] of real.entries())
    for (const [j, other] of real.entries()) {
      if (j <= i || distance2(means, one.id, other.id) > (spreads[i]! + spreads[j]!) / 2) continue;
      await job.breathe();
      const apart = separation(scaled, means, [one.id, other.id], some);
      if (apart >= 1) continue;
      const [small, large] = one.size < other.size ? [one, other] : [other, one];
      found.push({
        kind: 'duplicate',
        letters: [large.letter, small.letter],
        words: `${named(large)} and ${named(small)} are nearly the same: their means are ${fixed(apart)} standard deviations apart along the line through both.`,
        act: mergeWith(large, small),
      });
    }
  return found;
}
