import type { Feature } from '../../features/types.ts';
import { TesseraError } from '../../lib/errors.ts';
import { count, plural } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { atOnce, type Steps } from '../../lib/steps.ts';
import type { Condition, Partition, SegmentRule } from '../partition.ts';
import type { SegmentInput } from '../profile.ts';
import { namedPartition } from './named.ts';

/** What rules are read over: values in the units of the features. */
export type RuleInput = Pick<SegmentInput, 'features' | 'raw'>;

/** For each rule that is SQL, [rows] of 1 where it holds (the database was asked, see `rules.sql.ts`); null for the others. */
export type TypedHolds = readonly (Uint8Array | null)[];

export type RuleCounts = {
  /** [rules]; customers for whom it holds. */
  readonly holds: readonly number[];
  /** [rules]; of these, the ones that no rule before it took. */
  readonly wins: readonly number[];
  /** Customers for whom no rule holds. */
  readonly rest: number;
};

/** Of float32. */
const LARGEST = 3.4028234663852886e38;

/** A threshold as features are kept: float32, so that "at most 0.1" holds for a share of 0.1. Throws `RangeError` where it is no number. */
export function threshold(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no value to compare with`);
  return Math.fround(Math.min(LARGEST, Math.max(-LARGEST, value)));
}

/** Why a condition cannot be asked of these features, in a sentence; null where it can. */
export function conditionFault(
  condition: Condition,
  features: readonly Pick<Feature, 'name' | 'label' | 'categories'>[],
): string | null {
  const feature = features.find(({ name }) => name === condition.feature);
  if (!feature) return `There is no feature ${condition.feature}.`;
  if (condition.is === 'one-of' || condition.is === 'none-of')
    return feature.categories ? null : `${feature.label} is a number, not one of several words.`;
  if (feature.categories) return `${feature.label} is one of several words, not a number.`;
  const ends =
    'value' in condition
      ? [condition.value]
      : 'low' in condition
        ? [condition.low, condition.high]
        : [];
  return ends.every(Number.isFinite) ? null : `${feature.label} needs a number to compare with.`;
}

/** Every fault of the conditions of a rule; SQL is judged elsewhere. */
export const ruleFaults = (rule: SegmentRule, features: RuleInput['features']): string[] =>
  conditionsOf(rule)
    .map((condition) => conditionFault(condition, features))
    .filter((fault) => fault !== null);

export const conditionsOf = ({ when }: SegmentRule): readonly Condition[] =>
  'sql' in when ? [] : 'all' in when ? when.all : when.any;

/** Whether something holds for the customer of a row. */
export type Test = (row: number) => boolean;

/** Throws `TesseraError` features-missing where the condition cannot be asked. */
export function conditionTest(
  condition: Condition,
  { features, raw: { data, cols } }: RuleInput,
): Test {
  const fault = conditionFault(condition, features);
  if (fault) throw new TesseraError('features-missing', fault);
  const f = features.findIndex(({ name }) => name === condition.feature);
  const between = (least: number, most: number): Test => {
    const [low, high] = [threshold(least), threshold(most)];
    return (row) => data[row * cols + f]! >= low && data[row * cols + f]! <= high;
  };
  switch (condition.is) {
    case 'at-least':
      return between(condition.value, LARGEST);
    case 'at-most':
      return between(-LARGEST, condition.value);
    case 'between':
      return between(condition.low, condition.high);
    case 'one-of':
    case 'none-of': {
      const wanted = condition.is === 'one-of';
      const words = features[f]!.categories ?? [];
      const isIn = words.map((word) => condition.values.includes(word) === wanted);
      return (row) => isIn[data[row * cols + f]!] ?? !wanted;
    }
  }
}

/** `all` of nothing holds for everyone, `any` of nothing for no one. */
function ruleTest(rule: SegmentRule, typed: Uint8Array | null | undefined, input: RuleInput): Test {
  if ('sql' in rule.when) {
    if (typed?.length !== input.raw.rows)
      throw new RangeError(`rule ${rule.name} is SQL, and the database was not asked`);
    return (row) => typed[row] === 1;
  }
  const tests = conditionsOf(rule).map((condition) => conditionTest(condition, input));
  return 'all' in rule.when
    ? (row) => tests.every((test) => test(row))
    : (row) => tests.some((test) => test(row));
}

/**
 * How many customers each rule holds for and takes. Rules that cannot be asked (a fault, or SQL without an answer) count for no one, so that it
 * can be shown while they are written. O(rows · conditions): 1,000,000 customers and five rules in about 0.1 s.
 */
export function* countSteps(
  input: RuleInput,
  rules: readonly SegmentRule[],
  typed: TypedHolds = [],
): Steps<RuleCounts> {
  const { rows } = input.raw;
  const tests = rules.map((rule, i): Test => {
    const isAnswered = !('sql' in rule.when) || typed[i]?.length === rows;
    const isWhole = isAnswered && ruleFaults(rule, input.features).length === 0;
    return isWhole ? ruleTest(rule, typed[i], input) : () => false;
  });
  const holds = new Array<number>(rules.length).fill(0);
  const wins = new Array<number>(rules.length).fill(0);
  let rest = 0;
  for (let row = 0; row < rows; row++) {
    if (row % 16_384 === 16_383) yield;
    let isTaken = false;
    for (let i = 0; i < tests.length; i++) {
      if (!tests[i]!(row)) continue;
      holds[i]!++;
      if (!isTaken) ((isTaken = true), wins[i]!++);
    }
    if (!isTaken) rest++;
  }
  return { holds, wins, rest };
}

/** The same at once: for rules while they are written. */
export const countRules = (
  input: RuleInput,
  rules: readonly SegmentRule[],
  typed?: TypedHolds,
): RuleCounts => atOnce(countSteps(input, rules, typed));

/**
 * Segments by rules: each customer goes to the first rule that holds; rules of one name are one segment, and customers without a rule are in
 * no group (−1). Throws `TesseraError` features-missing where a condition cannot be asked, `RangeError` where SQL has no answer in `typed`.
 */
export async function rules(
  input: RuleInput,
  list: readonly SegmentRule[],
  typed: TypedHolds = [],
  job: Job = unattended,
): Promise<Partition> {
  const tests = list.map((rule, i) => ruleTest(rule, typed[i], input));
  const { rows } = input.raw;
  const places = new Int32Array(rows);
  let rest = 0;
  for (let row = 0; row < rows; row++) {
    places[row] = tests.findIndex((test) => test(row));
    if (places[row]! < 0) rest++;
    if (row % 16_384 === 0) {
      job.progress('Reading rules', row, rows);
      await job.breathe();
    }
  }
  const words = `${plural(list.length, 'rule')}, of which the first that holds counts; no rule holds for ${count(rest)} of ${count(rows)} customers.`;
  const names = list.map(({ name }) => name);
  return namedPartition(places, names, words);
}
