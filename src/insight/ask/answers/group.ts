import type { FeatureTable } from '../../../features/types.ts';
import type { Job } from '../../../lib/job.ts';
import { threshold } from '../../../segments/methods/rules.ts';
import type { Segmentation } from '../../../segments/types.ts';
import { daysOf } from '../days.ts';
import type { Told } from '../facts.ts';
import { inSpan } from '../line-filter.ts';
import type { AskCondition, Compared, Group, Measure, Subject } from '../types.ts';

/** What answers are computed from. */
export type Ground = {
  readonly table: Pick<FeatureTable, 'features' | 'raw' | 'spend'>;
  readonly segmentation: Pick<Segmentation, 'labels' | 'segments'>;
  readonly subject: Subject;
  readonly facts: Told;
  /** Absent: nobody stops it. */
  readonly job?: Job;
};

/** A measure of every customer; [customers]. */
export async function valuesOf(it: Measure, { table, facts, job }: Ground): Promise<Float64Array> {
  await job?.breathe();
  if (it.is === 'flow') return (await facts.flows(it.lines))[it.flow];
  const { data, rows, cols } = table.raw;
  const values = new Float64Array(rows);
  for (let r = 0; r < rows; r++) values[r] = data[r * cols + it.feature]!;
  return values;
}

/** [customers], 1 where every condition holds. Numbers are compared at float32, as features are kept. O(customers) a condition. */
export async function insideOf(group: Group, ground: Ground): Promise<Uint8Array<ArrayBuffer>> {
  const inside = new Uint8Array(ground.table.raw.rows).fill(1);
  for (const condition of group) {
    await ground.job?.breathe();
    const holds = await testOf(condition, ground);
    for (let r = 0; r < inside.length; r++) if (inside[r] === 1 && !holds(r)) inside[r] = 0;
  }
  return inside;
}

type Test = (row: number) => boolean;

async function testOf(it: AskCondition, ground: Ground): Promise<Test> {
  const { table, segmentation, facts, subject } = ground;
  const turned = (test: Test, not: boolean): Test => (not ? (r) => !test(r) : test);
  switch (it.is) {
    case 'segment': {
      const wanted = new Set(it.segments);
      return turned((r) => wanted.has(segmentation.labels[r]!), it.not);
    }
    case 'value': {
      const { dimension, values } = it;
      if (dimension.of === 'orders') {
        const having = await facts.having(dimension.column, values);
        return turned((r) => having[r] === 1, it.not);
      }
      const own = await valuesOf({ is: 'feature', feature: dimension.feature }, ground);
      const categories = table.features[dimension.feature]?.categories ?? [];
      return turned((r) => values.includes(categories[own[r]!]!), it.not);
    }
    case 'number': {
      const own = await valuesOf(it.measure, ground);
      return compare(own, it.than, threshold(it.value));
    }
    case 'between': {
      const own = await valuesOf(it.measure, ground);
      const [low, high] = [threshold(it.low), threshold(it.high)];
      return (r) => Math.fround(own[r]!) >= low && Math.fround(own[r]!) <= high;
    }
    case 'average': {
      const own = await valuesOf(it.measure, ground);
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      return it.than === 'over' ? (r) => own[r]! > mean : (r) => own[r]! < mean;
    }
    case 'yes': {
      const own = await valuesOf({ is: 'feature', feature: it.feature }, ground);
      return turned((r) => own[r] === 1, it.not);
    }
    case 'active': {
      const { orders } = await facts.flows(inSpan(it.span));
      return turned((r) => orders[r]! > 0, it.not);
    }
    case 'bought': {
      const had = await facts.bought(it.lines);
      if (it.how !== 'only') return turned((r) => had[r] === 1, it.how === 'none');
      const others = await facts.elsewhere(it.lines);
      return (r) => had[r] === 1 && others[r] !== 1;
    }
    case 'joined': {
      const asOf = subject.days?.asOf ?? it.span.to;
      const tenure = table.features.findIndex(({ name }) => name === 'tenure_days');
      const own = await valuesOf({ is: 'feature', feature: tenure }, ground);
      const least = daysOf({ from: it.span.to, to: asOf }) - 1;
      const most = daysOf({ from: it.span.from, to: asOf }) - 1;
      return (r) => own[r]! >= least && own[r]! <= most;
    }
    case 'change': {
      const { flow, early, late } = it.change;
      const [before, after] = [await facts.flows(inSpan(early)), await facts.flows(inSpan(late))];
      const [x, y] = [before[flow], after[flow]];
      return it.direction === 'falling' ? (r) => y[r]! < x[r]! : (r) => y[r]! > x[r]!;
    }
  }
}

function compare(own: Float64Array, than: Compared, value: number): Test {
  const at = (r: number) => Math.fround(own[r]!);
  switch (than) {
    case 'over':
      return (r) => at(r) > value;
    case 'at-least':
      return (r) => at(r) >= value;
    case 'under':
      return (r) => at(r) < value;
    case 'at-most':
      return (r) => at(r) <= value;
    case 'exactly':
      return (r) => at(r) === value;
  }
}
