/** What the GPU tests run inside a worker of a real browser. Each case takes and gives plain data. */
import { expose } from 'comlink';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { assign } from '../../../src/segments/kernels/assign.ts';
import { inertiaOf, moveOn } from '../../../workers/gpu/decide.ts';
import { tensorCount } from '../../../workers/gpu/device.ts';
import { OpsRows, type Update } from './ops-kmeans.ts';
import { openGpu, type Gpu } from '../../../workers/gpu/open.ts';

type Kind = 'webgpu' | 'webgl';
export type AssignCase = {
  readonly kind: Kind;
  readonly rows: number;
  readonly cols: number;
  readonly k: number;
  readonly seed: number;
  /** Rows are whole numbers, so that many lie exactly between means. */
  readonly whole?: boolean;
  readonly times?: number;
};

const gpus = new Map<Kind, Gpu>();
async function gpuOf(kind: Kind): Promise<Gpu> {
  const known = gpus.get(kind);
  if (known && !known.lost.aborted) return known;
  const gpu = await openGpu({ allowSoftware: true, only: kind });
  if (!gpu) throw new Error(`no ${kind} here`);
  gpus.set(kind, gpu);
  return gpu;
}

function made({ rows, cols, k, seed, whole = false, times = 1 }: AssignCase): {
  x: Matrix;
  means: Float64Array;
} {
  const next = random(seed);
  const value = () => times * (whole ? Math.floor(next() * 5) - 2 : next() + next() - 1);
  const x = matrix(rows, cols, Float32Array.from({ length: rows * cols }, value));
  const means = Float64Array.from({ length: k * cols }, value);
  return { x, means };
}

const lab = {
  async who(kind: Kind) {
    const { name, isSoftware } = await gpuOf(kind);
    return { name, isSoftware };
  },
  /** Without leave, a software GPU is none. */
  async real() {
    const gpu = await openGpu({ allowSoftware: false });
    return gpu ? gpu.name : null;
  },
  async assign(it: AssignCase) {
    const gpu = await gpuOf(it.kind);
    const { x, means } = made(it);
    const tensors = tensorCount();
    const held = await gpu.hold(x);
    const got = await held.assign(means);
    const again = await held.assign(means);
    held.close();
    const want = await assign(x, means);
    let added = 0;
    for (const value of x.data) added += Math.abs(value);
    const differing = (a: ArrayLike<number>, b: ArrayLike<number>) => {
      let count = 0;
      for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
      return count;
    };
    return {
      labels: differing(got.labels, want.labels),
      counts: differing(got.counts, want.counts),
      sums:
        got.sums.reduce((most, value, i) => Math.max(most, Math.abs(value - want.sums[i]!)), 0) /
        added,
      twice: differing(got.sums, again.sums),
      tensors: tensorCount() - tensors,
    };
  },
  /** Rounds on the GPU against as many of the float64 twin. */
  async settle({ rounds, ...it }: AssignCase & { rounds: number }) {
    const gpu = await gpuOf(it.kind);
    const { x, means } = made(it);
    const tensors = tensorCount();
    const held = await gpu.hold(x);
    const got = await held.settle(means, { rounds, still: -1 });
    const again = await held.settle(means, { rounds, still: -1 });
    held.close();
    let want = means;
    let inertia = 0;
    for (let round = 0; round < rounds; round++) {
      const { sums, counts } = await assign(x, want);
      want = moveOn(want, sums, counts);
      const norm2 = x.data.reduce((sum, value) => sum + value * value, 0);
      inertia = inertiaOf(norm2, want, sums, counts);
    }
    return {
      ...{ rounds: got.rounds, isStill: got.isStill, inertia: got.inertia / inertia },
      apart: got.means.reduce((most, value, i) => Math.max(most, Math.abs(value - want[i]!)), 0),
      twice: got.means.every((value, i) => value === again.means[i]),
      tensors: tensorCount() - tensors,
    };
  },
  /** Our rounds and those in TensorFlow.js ops in turn, on the same device and rows. Times are milliseconds a round. */
  async bench({ rounds, pairs, ...it }: AssignCase & { rounds: number; pairs: number }) {
    const gpu = await gpuOf(it.kind);
    const { x, means } = made(it);
    const held = await gpu.hold(x);
    const peer = new OpsRows(x);
    const timed = async (run: () => Promise<unknown>) => {
      const began = performance.now();
      await run();
      return (performance.now() - began) / rounds;
    };
    const ways: Record<'ours' | Update, () => Promise<unknown>> = {
      ours: () => held.settle(means, { rounds, still: -1 }),
      matmul: () => peer.settle(means, rounds, 'matmul'),
      'segment-sum': () => peer.settle(means, rounds, 'segment-sum'),
    };
    const times = { ours: [] as number[], matmul: [] as number[], 'segment-sum': [] as number[] };
    for (let pair = -1; pair < pairs; pair++)
      for (const [name, run] of Object.entries(ways)) {
        const ms = await timed(run);
        if (pair >= 0) times[name as keyof typeof times].push(ms); // the first compiles
      }
    const { means: last } = await held.settle(means, { rounds, still: -1 });
    const theirs = await peer.settle(means, rounds, 'matmul');
    const ours = await held.assign(last);
    const [twin, ops] = [await assign(x, last), await peer.labels(last)];
    const differing = (other: ArrayLike<number>) =>
      ours.labels.reduce((count, label, r) => count + (label === other[r] ? 0 : 1), 0);
    held.close();
    peer.close();
    return {
      ...{ name: gpu.name, times },
      /** Rows whose label is not that of the float64 twin, and of the ops. */
      twin: differing(twin.labels),
      ops: differing(ops),
      /** Farthest that a coordinate of a mean lies from that of the ops after all rounds. */
      apart: last.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i]!)), 0),
    };
  },
};
export type Lab = typeof lab;
expose(lab);
