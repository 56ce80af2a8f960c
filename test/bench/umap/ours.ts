import { UMAP } from 'umap-js';
import { unattended } from '../../../src/lib/job.ts';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { layoutQualities } from '../../../src/segments/map/quality.ts';
import { umapDefaults, umapLayout } from '../../../src/segments/map/umap.ts';
import { solo, type Crew } from '../../../workers/kernels/crew.ts';
import { kernelsOn } from '../../../workers/kernels/index.ts';

let x: Matrix = matrix(0, 0);
const pictures = new Map<string, Float32Array>();

async function floats(name: string): Promise<Float32Array<ArrayBuffer>> {
  const response = await fetch(`/${name}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return new Float32Array(await response.arrayBuffer());
}

export async function load(_: Crew, name: string, cols: number): Promise<number> {
  const data = await floats(name);
  x = matrix(data.length / cols, cols, data);
  return x.rows;
}

/** The whole, with the check of the picture and of PCA's that umap-learn does not make; and the picture alone. */
export async function ours(crew: Crew) {
  const begin = performance.now();
  let drawn = begin;
  const job = {
    ...unattended,
    progress: (stage: string) => {
      if (stage !== 'Checking the map') drawn = performance.now();
    },
  };
  const { positions, words } = await umapLayout(x, umapDefaults, job, kernelsOn(crew));
  pictures.set('ours', positions);
  return { ms: performance.now() - begin, drawnMs: drawn - begin, words };
}

/** Whether one thread gives the bytes of the last picture by all. */
export async function sameAlone() {
  const { positions } = await umapLayout(x, umapDefaults, unattended, kernelsOn(solo));
  return positions.every((value, i) => Object.is(value, pictures.get('ours')?.[i]));
}

/** umap-js with its defaults on the first `rows`. */
export function umapJs(_: Crew, rows: number) {
  const list = Array.from({ length: rows }, (__, r) => [
    ...x.data.subarray(r * x.cols, (r + 1) * x.cols),
  ]);
  const begin = performance.now();
  const found = new UMAP({ random: random(1) }).fit(list);
  const ms = performance.now() - begin;
  pictures.set('umap-js', Float32Array.from(found.flat()));
  return { ms };
}

/** Trustworthiness and share of true neighbours of a picture that was made here or lies in the folder: one code for all. */
export async function judge(crew: Crew, name: string) {
  const positions = pictures.get(name) ?? (await floats(name));
  const [quality] = await layoutQualities(x, [positions], 1, unattended, kernelsOn(crew));
  return quality;
}
