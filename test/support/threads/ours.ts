import { unattended } from '../../../src/lib/job.ts';
import type { Matrix } from '../../../src/lib/matrix.ts';
import { dbscan } from '../../../src/segments/methods/dbscan.ts';
import { genie } from '../../../src/segments/methods/genie.ts';
import { hdbscan } from '../../../src/segments/methods/hdbscan.ts';
import { solo, type Crew } from '../../../workers/kernels/crew.ts';
import { openTreeIn } from '../../../workers/kernels/tree.ts';
import { noise, planted } from '../blobs.ts';
import { cancelledAt } from '../cancelled.ts';

/** Clouds, nothing, and rows of which hundreds are alike, so that most distances are ties. */
function cases(): Readonly<Record<string, Matrix>> {
  const ties = noise(30_000, 3, 1);
  for (let i = 0; i < ties.data.length; i++) ties.data[i] = Math.floor(12 * ties.data[i]!);
  const clouds = planted({ rows: 30_000, cols: 5, groups: 9, apart: 5 }, 2).x;
  return { clouds, nothing: noise(30_000, 2, 3), ties };
}

const methods = {
  dbscan: (x: Matrix, crew: Crew) =>
    dbscan(x, { radius: null, neighbours: 8 }, unattended, openTreeIn(crew)),
  hdbscan: (x: Matrix, crew: Crew) =>
    hdbscan(
      x,
      { smallest: 50, neighbours: 10, pick: 'excess-of-mass' },
      unattended,
      openTreeIn(crew),
    ),
  genie: (x: Matrix, crew: Crew) =>
    genie(x, { k: 6, kMax: 10, evenness: 0.3, noise: null }, unattended, openTreeIn(crew)),
};

/** Runs of the crew, of so many each, whose partition is not that of one thread. */
export async function differing(crew: Crew, runs: number): Promise<string[]> {
  const out: string[] = [];
  for (const [name, x] of Object.entries(cases()))
    for (const [method, run] of Object.entries(methods)) {
      const alone = JSON.stringify((await run(x, solo)).partition);
      for (let i = 0; i < runs; i++)
        if (JSON.stringify((await run(x, crew)).partition) !== alone)
          out.push(`${method}, ${name}`);
    }
  return out;
}

/** One run to its end and some that are cancelled; how many of these stopped with the reason. */
export async function finishAndCancel(crew: Crew): Promise<number> {
  const { clouds } = cases();
  await methods.hdbscan(clouds!, crew);
  let stopped = 0;
  for (const stop of [0, 3, 8, 14]) {
    const options = { smallest: 50, neighbours: 10, pick: 'leaves' } as const;
    const run = hdbscan(clouds!, options, cancelledAt(stop).job, openTreeIn(crew));
    await run.catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') stopped++;
    });
  }
  return stopped;
}
