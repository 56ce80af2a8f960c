import { count, percent, plural } from '../lib/format.ts';
import { upright } from '../lib/stats/components.ts';
import { eigen } from '../lib/stats/eigen.ts';
import { parallelAnalysis } from '../lib/stats/parallel-analysis.ts';
import type { Steps } from '../lib/steps.ts';
import type { CondenseOptions } from './condense.ts';
import type { Made } from './condense-columns.ts';
import type { CondenseReport } from './condense-report.ts';

type Axis = Pick<Made, 'cols' | 'weights'>;
type Strongest = {
  readonly axes: readonly Axis[] | null;
  readonly components: CondenseReport['components'];
  readonly rule: string;
};

/** The principal components that are kept, as weights on the columns there were; null where the columns are. */
export function* strongest(
  columns: readonly Made[],
  between: Float64Array,
  rows: number,
  { keep, seed }: CondenseOptions,
): Steps<Strongest> {
  const n = columns.length;
  if (keep === 'columns' || n < 2 || rows < 3)
    return { axes: null, components: [], rule: 'The columns themselves are kept.' };
  const alone = (from: number) => columns.filter((column) => column.from === from).length < 2;
  const even = columns.map(({ from, share }, i) =>
    share === null || alone(from)
      ? 1 / Math.sqrt(between[i * n + i]!)
      : Math.SQRT2 / Math.sqrt(share),
  );
  const weighted = between.map((value, at) => value * even[Math.floor(at / n)]! * even[at % n]!);
  const { values, vectors } = yield* eigen(weighted.slice(), n);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const draws = n > 150 ? 9 : 19;
  let most = 0;
  if (keep === 'parallel') {
    const blocks = columns.map(({ from, share }, i) => (share === null ? -1 - i : from));
    const unrelated = yield* parallelAnalysis(weighted, n, { rows, blocks, draws, seed });
    while (most < n && values[most]! > unrelated) most++;
  } else for (let sum = 0; most < n && sum < keep.share * total; most++) sum += values[most]!;
  const kept = values.slice(0, most).reduce((sum, value) => sum + value, 0) / total;
  const why =
    keep === 'parallel'
      ? `those that stand out from the greatest of ${draws} draws of unrelated columns (parallel analysis)`
      : `as many as make up ${percent(keep.share)}`;
  if (most === 0)
    return {
      axes: null,
      components: [],
      rule: 'The columns have no more in common than unrelated ones would, so they are kept as they are.',
    };
  const axes = Array.from({ length: most }, (_, a) => upright(vectors.slice(a * n, (a + 1) * n)));
  return {
    axes: axes.map((axis) => ({
      cols: columns.flatMap(({ cols }) => cols),
      weights: columns.flatMap(({ weights }, j) => weights.map((w) => w * axis[j]! * even[j]!)),
    })),
    components: axes.map((axis, a) => ({
      share: values[a]! / total,
      strongest: loadings(axis, columns, values[a]!, weighted),
    })),
    rule: `${plural(most, 'principal component')} of ${count(n)} ${most === 1 ? 'is' : 'are'} kept, with ${percent(kept)} of the variance: ${why}.`,
  };
}

function loadings(
  axis: Float64Array,
  columns: readonly Made[],
  value: number,
  weighted: Float64Array,
) {
  const n = columns.length;
  return columns
    .map(({ label }, j) => ({
      label,
      correlation: (axis[j]! * Math.sqrt(value)) / Math.sqrt(weighted[j * n + j]!),
    }))
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation))
    .slice(0, 4);
}
