import { unattended, type Job } from '../job.ts';
import { random } from '../random.ts';
import { ascending, quantile } from './quantile.ts';

/** A value with its 95 % interval. */
export type Bounds = { readonly value: number; readonly low: number; readonly high: number };

/** 97.5 % point of the normal distribution. */
export const Z95 = 1.959963984540054;

/** A share `hits` of `n` (Wilson 1927): stays inside 0 … 1 and is right even for 0 of n. All of 0 … 1 where n is 0. */
export function wilson(hits: number, n: number): Bounds {
  if (!(hits >= 0 && hits <= n)) throw new RangeError(`${hits} of ${n} is no share`);
  if (n === 0) return { value: 0, low: 0, high: 1 };
  const value = hits / n;
  const z2 = (Z95 * Z95) / n;
  const middle = (value + z2 / 2) / (1 + z2);
  const half = (Z95 * Math.sqrt((value * (1 - value)) / n + z2 / (4 * n))) / (1 + z2);
  return {
    value,
    low: hits === 0 ? 0 : middle - half,
    high: hits === n ? 1 : middle + half,
  };
}

/** Median with an interval between order statistics, whatever the distribution (Conover 1999, §3.2, normal approximation). */
export function medianInterval(sorted: ArrayLike<number>): Bounds {
  const n = sorted.length;
  if (n === 0) return { value: NaN, low: NaN, high: NaN };
  const reach = (Z95 * Math.sqrt(n)) / 2;
  const low = Math.max(0, Math.floor(n / 2 - reach) - 1);
  const high = Math.min(n - 1, Math.ceil(n / 2 + reach));
  return { value: quantile(sorted, 0.5), low: sorted[low]!, high: sorted[high]! };
}

/** Mean ± 1.96 standard errors. */
export function meanInterval(mean: number, deviation: number, n: number): Bounds {
  const half = n > 0 ? (Z95 * deviation) / Math.sqrt(n) : 0;
  return { value: mean, low: mean - half, high: mean + half };
}

export type BootstrapOptions = {
  readonly n: number;
  readonly draws: number;
  readonly seed: number;
};

/**
 * Percentile bootstrap (Efron 1979) of several numbers at once: `of` gets how often each of the n rows was drawn and returns them.
 * Returns the 95 % bounds of each around `of` on the data as they are (each row once). O(draws · n).
 */
export async function bootstrap(
  { n, draws, seed }: BootstrapOptions,
  of: (times: Int32Array) => readonly number[],
  job: Job = unattended,
): Promise<Bounds[]> {
  if (!(n >= 1 && draws >= 1)) throw new RangeError(`${draws} draws of ${n} rows`);
  const times = new Int32Array(n).fill(1);
  const values = of(times);
  const next = random(seed);
  const drawn = values.map(() => new Float64Array(draws));
  for (let draw = 0; draw < draws; draw++) {
    times.fill(0);
    for (let i = 0; i < n; i++) times[Math.floor(next() * n)]!++;
    of(times).forEach((value, i) => (drawn[i]![draw] = value));
    await job.breathe();
  }
  return values.map((value, i) => {
    const sorted = ascending(drawn[i]!);
    return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
  });
}
