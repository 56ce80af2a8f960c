import { count, duration } from './format.ts';
import type { Progress } from './job.ts';

/** How far something is, how fast it goes and how long it will take; null until that can be told. */
export type Pace = {
  readonly done: number;
  readonly total: number;
  /** In the unit of `done`. */
  readonly perSecond: number | null;
  readonly leftMs: number | null;
};

type Seen = { readonly stage: string; readonly done: number; readonly atMs: number };

/** Long enough to even out one busy moment, short enough to follow a machine that becomes slower. */
const WINDOW_MS = 5_000;
/** Before that a rate is mostly chance. */
const SOONEST_MS = 500;

/** Follows the progress of one task. The rate is that of the last 5 s of the present step. Needs no clock: the caller says the time. */
export class PaceMeter {
  #seen: readonly Seen[] = [];

  see({ stage, done, total }: Progress, atMs: number): Pace {
    const same = this.#seen.filter((each) => each.stage === stage && each.done <= done);
    const since = same.findLastIndex((each) => atMs - each.atMs >= WINDOW_MS);
    this.#seen = [...same.slice(Math.max(0, since)), { stage, done, atMs }];
    const first = this.#seen[0]!;
    const goneMs = atMs - first.atMs;
    const gone = done - first.done;
    if (goneMs < SOONEST_MS || gone <= 0) return { done, total, perSecond: null, leftMs: null };
    return {
      done,
      total,
      perSecond: (1000 * gone) / goneMs,
      leftMs: (goneMs * Math.max(0, total - done)) / gone,
    };
  }
}

/**
 * Of bytes read as rows: "2,300,000 of about 10,000,000 rows, 390,000 rows a second, 20 s left". `rowBytes`: mean length of a record;
 * `isExact`: the rows were counted.
 */
export function loadingWords(
  { done, total, perSecond, leftMs }: Pace,
  { rowBytes, isExact }: { readonly rowBytes: number; readonly isExact: boolean },
): string {
  const rows = (bytes: number) => round(bytes / rowBytes);
  const all = isExact ? count(total / rowBytes) : `about ${count(rows(total))}`;
  const parts = [
    `${count(done >= total && isExact ? total / rowBytes : rows(done))} of ${all} rows`,
  ];
  if (perSecond !== null) parts.push(`${count(rows(perSecond))} rows a second`);
  if (leftMs !== null && done < total) parts.push(`${duration(leftMs)} left`);
  return parts.join(', ');
}

/** Two digits are known of a pace, not seven. */
function round(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.round(value / step) * step;
}
