import type { Job, JobOptions } from './job.ts';

const SLICE_MS = 12; // leaves most of a frame to the person

/** Long work on the page itself, in slices between frames: watched and stopped like one in a worker. */
export function pageJob({ signal, onProgress }: JobOptions): Job {
  const stop = signal ?? new AbortController().signal;
  let last = performance.now();
  return {
    signal: stop,
    progress: (stage, done, total, objective) =>
      onProgress?.({ stage, done, total, ...(objective === undefined ? {} : { objective }) }),
    async breathe() {
      stop.throwIfAborted();
      if (performance.now() - last < SLICE_MS) return;
      await new Promise((resolve) => setTimeout(resolve));
      last = performance.now();
      stop.throwIfAborted();
    },
  };
}
