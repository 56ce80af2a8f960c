import type { Job } from './job.ts';

/** Work that can pause between its steps, so that one text serves callers that wait for it and callers that breathe. */
export type Steps<T> = Generator<void, T, void>;

/** Does all steps at once: for small input. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Breathes after each step, the last too (rounds of one step each are a loop of their own), so a cancelled job stops there. */
export async function breathing<T>(steps: Steps<T>, job: Job): Promise<T> {
  for (;;) {
    const step = steps.next();
    await job.breathe();
    if (step.done) return step.value;
  }
}
