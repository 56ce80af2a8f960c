import type { Candidate } from './candidate.ts';
import { ours } from './ours.ts';
import { cloudOf, size } from './points.ts';

let candidate: Candidate;
const canvasOf = () => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [size.width, size.height];
  document.body.append(canvas);
  return canvas;
};
const timed = async (run: () => unknown) => {
  const start = performance.now();
  await run();
  return performance.now() - start;
};

/** Makes the map and draws its first frame: ms. */
export async function open(name: string, count: number): Promise<number> {
  const points = cloudOf(count);
  candidate = ours(canvasOf(), points, name as 'cpu');
  const ms = await timed(() => candidate.first());
  await candidate.settle();
  return ms;
}

/** ms of each of `times` frames, after `warm` that do not count. */
export async function frames(
  verb: 'pan' | 'zoom' | 'recolour' | 'filter',
  times: number,
  warm: number,
) {
  const list: number[] = [];
  for (let step = 1; step <= times + warm; step++) {
    const ms = await timed(() => candidate[verb](step));
    if (step > warm) list.push(ms);
  }
  return list;
}
export const words = () => candidate.words();
