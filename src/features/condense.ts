import { unattended, type Job } from '../lib/job.ts';
import { matrix, type Matrix } from '../lib/matrix.ts';
import { project } from '../lib/stats/components.ts';
import { moments } from '../lib/stats/covariance.ts';
import { breathing } from '../lib/steps.ts';
import {
  columnsToCondense,
  correlationOf,
  covarianceOf,
  type CondenseFeature,
  type Made,
} from './condense-columns.ts';
import { strongest } from './condense-components.ts';
import { joinCorrelated, standIns } from './condense-groups.ts';
import type { CondenseReport } from './condense-report.ts';

export type CondenseOptions = {
  /** Correlation, either way, from which one column stands for another. */
  readonly same: number;
  /** Correlation between any two from which columns count as one. */
  readonly together: number;
  /** Which principal components are kept: those above what unrelated columns would show, those that make up a share, or the columns instead. */
  readonly keep: 'parallel' | 'columns' | { readonly share: number };
  readonly seed: number;
};

export const condenseDefaults: CondenseOptions = {
  same: 0.98,
  together: 0.9,
  keep: 'parallel',
  seed: 1,
};

export type Condensed = {
  /** [rows × few] */
  readonly x: Matrix;
  /** For each column of `x`: the feature that it is, −1 where it is made of several. */
  readonly from: readonly number[];
  readonly report: CondenseReport;
};

/**
 * Many columns become few without losing what they share: near-constant ones go, copies are merged, correlated ones count as one, and the
 * principal components that stand out are kept. Each feature weighs the same: columns have spread 1, the values of a category are weighted
 * by 1/√share (as in multiple correspondence analysis; mixed with numbers: Pagès 2004), so on no axis can a feature of many values weigh more
 * than a number. All of it is one linear map found from one pass over the rows, and a second applies it: O(rows · cols² / 2 + cols³).
 * `x` is [rows × cols] with 0 or 1/√2 for the values of a category, as `scale` makes it; `from` the feature of each column. Throws
 * `RangeError` at NaN and ∞.
 */
export async function condense(
  x: Matrix,
  from: readonly number[],
  features: readonly CondenseFeature[],
  options: CondenseOptions = condenseDefaults,
  job: Job = unattended,
): Promise<Condensed> {
  if (from.length !== x.cols) throw new RangeError(`${from.length} features for ${x.cols} columns`);
  job.progress('Condensing many columns', 0, 3);
  const { means, covariance } = await breathing(moments(x), job);
  job.progress('Condensing many columns', 1, 3);
  const { made, leftOut } = columnsToCondense(x, from, features, { means, covariance });
  const { kept, merged } = mergeCopies(made, covarianceOf(made, covariance, x.cols), options.same);
  const { columns, groups } = await breathing(
    joinCorrelated(kept, covarianceOf(kept, covariance, x.cols), options.together),
    job,
  );
  const between = covarianceOf(columns, covariance, x.cols);
  const { axes, components, rule } = await breathing(
    strongest(columns, between, x.rows, options),
    job,
  );
  job.progress('Condensing many columns', 2, 3);
  const maps = (axes ?? columns).map(({ cols, weights }) => {
    const map = new Float64Array(x.cols);
    cols.forEach((c, i) => (map[c] = weights[i]!));
    return map;
  });
  // columns that stay as they are keep their middle, so that they can still be read
  const middle = axes ? means : new Float64Array(x.cols);
  const condensed =
    x.rows > 0 ? await breathing(project(x, middle, maps), job) : matrix(0, maps.length);
  const filled = new Set(from);
  return {
    x: condensed,
    from: axes ? axes.map(() => -1) : columns.map((column) => column.from),
    report: {
      before: x.cols,
      after: maps.length,
      leftOut,
      merged,
      groups,
      components,
      gaps: features.reduce((sum, { gaps }, f) => sum + (filled.has(f) ? gaps : 0), 0),
      rule,
    },
  };
}

function mergeCopies(made: readonly Made[], covariance: Float64Array, least: number) {
  const by = standIns(correlationOf(covariance, made.length), made.length, least);
  const merged = made.flatMap(({ label }, i) => {
    const others = made.filter((_, j) => j !== i && by[j] === i).map((other) => other.label);
    return others.length > 0 ? [{ stands: label, for: others }] : [];
  });
  return { kept: made.filter((_, i) => by[i] === i), merged };
}
