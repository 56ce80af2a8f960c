import type { Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { breathing } from '../../lib/steps.ts';
import { random } from '../../lib/random.ts';
import type { Graph, LayoutKernel } from '../kernels/layout.ts';
import { plainLayout } from './pca.ts';
import type { Pieces } from './pieces.ts';
import { spectral } from './spectral.ts';

export type Start = {
  /** [rows × 2], within 0 … 10 but for a little noise. */
  readonly positions: Float32Array;
  readonly words: string;
};

const SIZE = 10;
const NOISE = 1e-4;
/** More pieces than this say nothing about where they belong. */
const MOST_PIECES = 500;

/** Where the rows begin: on the slowest waves of the graph, its pieces where PCA puts their middles; or where PCA puts them. */
export async function startOf(
  x: Matrix,
  graph: Graph,
  { start, seed }: { readonly start: 'spectral' | 'pca'; readonly seed: number },
  kernel: Pick<LayoutKernel, 'openFilter'>,
  job: Job,
): Promise<Start> {
  const plain = (await breathing(plainLayout(x), job)).positions;
  if (start === 'pca') return { positions: spread(plain, seed), words: 'principal components' };
  const found = await spectral(graph, plain, seed, kernel, job);
  const many = found.sizes.length;
  if (many > MOST_PIECES)
    return {
      positions: spread(plain, seed),
      words: `principal components, since the graph is in ${many} pieces`,
    };
  const capped = found.isSettled ? '' : ` (stopped after ${found.rounds} rounds)`;
  const pieces = many > 1 ? ` of ${many} pieces of the graph` : '';
  await job.breathe();
  const placed = many > 1 ? placePieces(found.positions, found, plain) : found.positions;
  return { positions: spread(placed, seed), words: `a spectral start${pieces}${capped}` };
}

/** Each axis to 0 … SIZE, with noise so that no two rows begin in one place. */
function spread(positions: Float32Array, seed: number): Float32Array {
  const next = random(seed + 1);
  const { low, high } = ranges(positions, new Int32Array(positions.length / 2), 1);
  return positions.map((value, i) => {
    const range = high[i % 2]! - low[i % 2]!;
    const at = range > 0 ? (SIZE * (value - low[i % 2]!)) / range : SIZE / 2;
    return at + NOISE * (2 * next() - 1);
  });
}

/** Pieces around the middles that PCA gives them, each half as far as to the next middle. */
function placePieces(
  waves: Float32Array,
  { of, sizes }: Pieces,
  plain: Float32Array,
): Float32Array {
  const middles = new Float64Array(2 * sizes.length);
  plain.forEach((value, i) => (middles[2 * of[i >> 1]! + (i & 1)]! += value / sizes[of[i >> 1]!]!));
  const reach = sizes.map((_, p) => {
    let nearest = Infinity;
    for (let q = 0; q < sizes.length; q++) {
      if (q === p) continue;
      const dx = middles[2 * p]! - middles[2 * q]!;
      const dy = middles[2 * p + 1]! - middles[2 * q + 1]!;
      nearest = Math.min(nearest, dx * dx + dy * dy);
    }
    return Math.sqrt(nearest) / 2;
  });
  const { low, high } = ranges(waves, of, sizes.length);
  return waves.map((value, i) => {
    const p = of[i >> 1]!;
    const at = 2 * p + (i & 1);
    const range = high[at]! - low[at]!;
    const within = range > 0 ? (2 * (value - low[at]!)) / range - 1 : 0;
    return middles[at]! + reach[p]! * within;
  });
}

/** [pieces × 2]: least and greatest on both axes. */
function ranges(positions: Float32Array, of: Int32Array, many: number) {
  const low = new Float64Array(2 * many).fill(Infinity);
  const high = new Float64Array(2 * many).fill(-Infinity);
  positions.forEach((value, i) => {
    const at = 2 * of[i >> 1]! + (i & 1);
    if (value < low[at]!) low[at] = value;
    if (value > high[at]!) high[at] = value;
  });
  return { low, high };
}
