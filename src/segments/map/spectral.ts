import type { Job } from '../../lib/job.ts';
import { breathing, type Steps } from '../../lib/steps.ts';
import { random } from '../../lib/random.ts';
import type { Filter, Graph, LayoutKernel } from '../kernels/layout.ts';
import { pieces, type Pieces } from './pieces.ts';
import { pauses } from './neighbours.ts';
import { deflate, ritz, rotate, WIDTH } from './subspace.ts';

export type Spectral = Pieces & {
  /** [rows × 2]: the two slowest waves on the piece of the graph that a row is in. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly rounds: number;
  /** False where the cap on rounds ended it. */
  readonly isSettled: boolean;
};

const DEGREE = 16;
const MOST_ROUNDS = 16;
/** A slowness, 1 − eigenvalue, is known well enough when it changes by less than this share: the picture is only a start. */
const SETTLED = 0.02;
/** Pieces with a smaller share of the rows need not settle. */
const MINOR = 0.01;

/**
 * Laplacian eigenmaps (Belkin & Niyogi 2003) of every piece of the graph at once: subspace iteration on D^−½ W D^−½ with Chebyshev filters
 * (Zhou & Saad 2006), the constant wave taken out, beginning with the rows' places in `start` [rows × 2]. O(edges) a step, 16 steps a round,
 * 16 rounds at most.
 */
export async function spectral(
  graph: Graph,
  start: Float32Array,
  seed: number,
  { openFilter }: Pick<LayoutKernel, 'openFilter'>,
  job: Job,
): Promise<Spectral> {
  const parts = await breathing(pieces(graph), job);
  const { weights, roots } = await breathing(normalised(graph), job);
  const filter = openFilter({ ...graph, weights });
  try {
    const next = random(seed);
    filter.block().forEach((_, i, block) => {
      const [r, w] = [Math.floor(i / WIDTH), i % WIDTH];
      block[i] = roots[r]! * (w < 2 ? start[2 * r + w]! : next() - 0.5);
    });
    let known: readonly Float64Array[] = [];
    let [rounds, cut, isSettled] = [0, 0.5, false];
    for (; !isSettled && rounds < MOST_ROUNDS; rounds++) {
      const pause = pauses('Finding a start', MOST_ROUNDS, job);
      await chebyshev(filter, cut, () => pause(rounds));
      deflate(filter.block(), roots, parts);
      const block = filter.block().slice();
      await filter.step(1, 0, 0, () => pause(rounds));
      await job.breathe();
      const { values, turns } = ritz(block, filter.block(), parts);
      await job.breathe();
      rotate(block, turns, parts);
      filter.block().set(block);
      isSettled = values.every((own, p) => isMinor(parts, p) || isNear(own, known[p]));
      cut = cutOf(values, parts);
      known = values;
    }
    const block = filter.block();
    const positions = new Float32Array(2 * graph.rows);
    positions.forEach((_, i) => {
      const r = i >> 1;
      positions[i] = block[WIDTH * r + (i & 1)]! / roots[r]!;
    });
    return { ...parts, positions, rounds, isSettled };
  } finally {
    filter.close();
  }
}

type Normalised = { readonly weights: Float32Array; readonly roots: Float64Array };

/** Weights w / √(degree · degree), and √degree. */
function* normalised({ rows, starts, tails, weights }: Graph): Steps<Normalised> {
  const roots = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    let degree = 0;
    for (let e = starts[r]!; e < starts[r + 1]!; e++) degree += weights[e]!;
    roots[r] = degree > 0 ? Math.sqrt(degree) : 1;
    if ((r & 0xffff) === 0xffff) yield;
  }
  const out = new Float32Array(weights.length);
  for (let r = 0; r < rows; r++) {
    for (let e = starts[r]!; e < starts[r + 1]!; e++)
      out[e] = weights[e]! / (roots[r]! * roots[tails[e]!]!);
    if ((r & 0xffff) === 0xffff) yield;
  }
  return { weights: out, roots };
}

/** Leaves waves of eigenvalues above `cut` the more, the nearer they are to 1, and keeps those from −1 to `cut` small. */
async function chebyshev(filter: Filter, cut: number, pause: () => Promise<void>): Promise<void> {
  const [half, middle] = [(cut + 1) / 2, (cut - 1) / 2];
  await filter.step(1 / half, -middle / half, 0, pause);
  for (let step = 1; step < DEGREE; step++)
    await filter.step(2 / half, (-2 * middle) / half, -1, pause);
}

const isMinor = ({ sizes, of }: Pieces, p: number) => sizes[p]! < MINOR * of.length;

const isNear = (own: Float64Array, before: Float64Array | undefined): boolean =>
  before !== undefined &&
  [0, 1].every((w) => Math.abs(own[w]! - before[w]!) <= SETTLED * (1 - own[w]!) + 1e-6);

/** Just below the waves that are wanted, where that is known. */
function cutOf(values: readonly Float64Array[], parts: Pieces): number {
  let cut = 0.98;
  values.forEach((own, p) => {
    if (!isMinor(parts, p)) cut = Math.min(cut, own[WIDTH - 1]!);
  });
  return Math.max(0, cut);
}
