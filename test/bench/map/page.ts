/** What the benches of the map run in a page. */
import type { Candidate } from './candidate.ts';
import { mountMap, type Mounted } from './component.svelte.ts';
import { deck } from './deck.ts';
import { ours } from './ours.ts';
import { cloudOf, lassoOf, size, type Points } from './points.ts';
import { regl } from './regl.ts';

const makers = {
  chosen: (canvas: HTMLCanvasElement, points: Points) => ours(canvas, points, 'chosen'),
  cpu: (canvas: HTMLCanvasElement, points: Points) => ours(canvas, points, 'cpu'),
  gl: (canvas: HTMLCanvasElement, points: Points) => ours(canvas, points, 'gl'),
  regl,
  deck,
} as const;
export type Name = keyof typeof makers;

let candidate: Candidate;
let points: Points;
let mounted: Mounted;
const canvasOf = () => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [size.width, size.height];
  document.body.append(canvas);
  return canvas;
};
/** What making the points left behind is nobody's work. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 300));
const timed = async (run: () => unknown) => {
  const start = performance.now();
  await run();
  return performance.now() - start;
};

/** Makes the map and draws its first frame: ms. */
export async function open(name: Name, count: number): Promise<number> {
  points = cloudOf(count);
  candidate = makers[name](canvasOf(), points);
  await rest();
  const ms = await timed(() => candidate.first());
  await candidate.settle();
  return ms;
}

/** The whole component, from the arrays to the first frame that is on the canvas: ms. */
export async function openComponent(count: number): Promise<number> {
  points = cloudOf(count);
  await rest();
  return timed(async () => (mounted = await mountMap(points)));
}

/** Changes something around the mounted map. */
export const change = (step: number): void => mounted.change(step);

/** Back to the mounted map as it stood at first, when nothing moves any more. */
export async function comeToRest(): Promise<void> {
  mounted.rest();
  await new Promise((resolve) => setTimeout(resolve, 1000));
}

/** ms of each of `times` frames, after `warm` that do not count. */
export async function frames(
  verb: 'pan' | 'zoom' | 'recolour' | 'filter',
  times: number,
  warm: number,
): Promise<number[]> {
  const list: number[] = [];
  for (let step = 1; step <= times + warm; step++) {
    const ms = await timed(() => candidate[verb](step));
    if (step > warm) list.push(ms);
  }
  return list;
}

/** Every point against every corner: the even–odd rule, written out. */
function plainTest(polygon: readonly number[]): Uint8Array {
  const { positions } = points;
  const mask = new Uint8Array(positions.length / 2);
  const n = polygon.length;
  for (let p = 0; p < mask.length; p++) {
    const x = positions[2 * p]!;
    const y = positions[2 * p + 1]!;
    let inside = false;
    for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
      const ay = polygon[j + 1]!;
      const by = polygon[i + 1]!;
      if (ay > y !== by > y) {
        const ax = polygon[j]!;
        if (x < ((polygon[i]! - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      }
    }
    mask[p] = inside ? 1 : 0;
  }
  return mask;
}

export type Lassoed = {
  readonly ms: number[];
  readonly plainMs: number[];
  readonly inside: number;
  readonly differ: number;
};

/** Lassos of 200 corners by the candidate and by the plain test in turn; and how many points the two disagree about. */
export async function lasso(times: number): Promise<Lassoed> {
  const ms: number[] = [];
  const plainMs: number[] = [];
  let inside = 0;
  let differ = 0;
  for (let round = 0; round <= times; round++) {
    const polygon = lassoOf(200, 7 + round);
    let mask = new Uint8Array(0);
    let plain = new Uint8Array(0);
    const took = await timed(async () => (mask = Uint8Array.from(await candidate.lasso(polygon))));
    const tookPlain = await timed(() => (plain = Uint8Array.from(plainTest(polygon))));
    for (let p = 0; p < mask.length; p++) {
      inside += mask[p]!;
      differ += mask[p] === plain[p] ? 0 : 1;
    }
    if (round > 0) ms.push(took);
    if (round > 0) plainMs.push(tookPlain);
  }
  return { ms, plainMs, inside: inside / (times + 1), differ };
}

export const words = (): string => candidate.words();
