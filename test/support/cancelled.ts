import type { Job } from '../../src/lib/job.ts';

/** A job that a person cancels at its n-th breath (0: before it began); `breaths` says how many it took. */
export function cancelledAt(n: number): { readonly job: Job; breaths(): number } {
  const controller = new AbortController();
  if (n === 0) controller.abort();
  let breaths = 0;
  const breathe = async () => {
    if (++breaths === n) controller.abort();
    controller.signal.throwIfAborted();
  };
  return {
    job: { signal: controller.signal, progress: () => {}, breathe },
    breaths: () => breaths,
  };
}
