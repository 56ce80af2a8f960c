import { upright } from '../lib/stats/components.ts';
import { eigen } from '../lib/stats/eigen.ts';
import type { Steps } from '../lib/steps.ts';
import { correlationOf, type Made } from './condense-columns.ts';
import type { CondenseReport } from './condense-report.ts';

/** For each of n columns the first one that says nearly the same (|r| at least `least`), or itself. */
export function standIns(correlation: Float64Array, n: number, least: number): Int32Array {
  const by = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    by[i] = i;
    for (let j = 0; j < i && by[i] === i; j++)
      if (by[j] === j && Math.abs(correlation[j * n + i]!) >= least) by[i] = j;
  }
  return by;
}

/**
 * Groups of columns of which every two are correlated by at least `least` either way (complete linkage on 1 − |r|, Sørensen 1948), each in
 * the order of its columns; columns alone are none. Of equal pairs the first is joined first. O(n³) at worst, for some hundreds of columns.
 */
export function* correlatedGroups(
  correlation: Float64Array,
  n: number,
  least: number,
): Steps<number[][]> {
  const alike = correlation.map(Math.abs);
  const members: (number[] | null)[] = Array.from({ length: n }, (_, i) => [i]);
  for (;;) {
    let [best, a, b] = [least, -1, -1];
    for (let i = 0; i < n; i++) {
      if (!members[i]) continue;
      for (let j = i + 1; j < n; j++)
        if (members[j] && (alike[i * n + j]! > best || (a < 0 && alike[i * n + j] === best)))
          [best, a, b] = [alike[i * n + j]!, i, j];
    }
    if (a < 0) break;
    members[a] = [...members[a]!, ...members[b]!].sort((p, q) => p - q);
    members[b] = null;
    for (let j = 0; j < n; j++)
      alike[a * n + j] = alike[j * n + a] = Math.min(alike[a * n + j]!, alike[b * n + j]!);
    yield;
  }
  return members.filter((group): group is number[] => group !== null && group.length > 1);
}

/** Each group becomes the first principal component of its columns at spread 1, with the mean spread of one of them. */
export function* joinCorrelated(
  made: readonly Made[],
  covariance: Float64Array,
  least: number,
): Steps<{ readonly columns: readonly Made[]; readonly groups: CondenseReport['groups'] }> {
  const n = made.length;
  const r = correlationOf(covariance, n);
  const found = yield* correlatedGroups(r, n, least);
  const spread = (i: number) => Math.sqrt(covariance[i * n + i]!);
  const columns = new Map<number, Made>(made.entries());
  for (const group of found) {
    const size = group.length;
    const own = Float64Array.from({ length: size * size }, (_, at) => {
      return r[group[Math.floor(at / size)]! * n + group[at % size]!]!;
    });
    const { values, vectors } = yield* eigen(own, size);
    const usual = group.reduce((sum, i) => sum + spread(i), 0) / size;
    const stretch = usual / Math.sqrt(values[0]!);
    const axis = upright(vectors.slice(0, size)).map((value) => value * stretch);
    const parts = group.map((i, k) => ({ ...made[i]!, times: axis[k]! / spread(i) }));
    group.forEach((i) => columns.delete(i));
    columns.set(group[0]!, {
      label: `${parts[0]!.label} and ${size - 1} like it`,
      cols: parts.flatMap(({ cols }) => cols),
      weights: parts.flatMap(({ weights, times }) => weights.map((weight) => weight * times)),
      from: parts.every(({ from }) => from === parts[0]!.from) ? parts[0]!.from : -1,
      share: null,
    });
  }
  const groups = found.map((group) => ({
    members: group.map((i) => made[i]!.label),
    least: Math.min(...group.flatMap((i) => group.map((j) => Math.abs(r[i * n + j]!)))),
  }));
  const inOrder = [...columns].sort(([a], [b]) => a - b).map(([, column]) => column);
  return { columns: inOrder, groups };
}
