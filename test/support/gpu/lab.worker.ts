/** What the GPU tests run inside a worker of a real browser. Each case takes and gives plain data. */
import { expose } from 'comlink';
import type { TesseraError } from '../../../src/lib/errors.ts';
import { unattended, type Job } from '../../../src/lib/job.ts';
import { holdRows, type HoldRows } from '../../../src/segments/kernels/lloyd.ts';
import { plainKernels, type Kernels } from '../../../src/segments/kernels/types.ts';
import { chooseKernels, contestants } from '../../../workers/gpu/choose.ts';
import { tensorCount } from '../../../workers/gpu/device.ts';
import { kernelsWith, openGpu, type Gpu } from '../../../workers/gpu/open.ts';
import { race } from '../../../workers/gpu/race.ts';
import { bench } from './bench.ts';
import {
  differing,
  farthest,
  made,
  neighbours,
  picture,
  startOf,
  type Case,
  type Kind,
  type PictureCase,
  type SearchCase,
} from './made.ts';

const gpus = new Map<Kind, Gpu>();
async function gpuOf(kind: Kind): Promise<Gpu> {
  const known = gpus.get(kind);
  if (known && !known.lost.aborted) return known;
  for (const other of gpus.values()) other.close(); // one at a time
  gpus.clear();
  const gpu = await openGpu({ allowSoftware: true, only: kind });
  if (!gpu) throw new Error(`no ${kind} here`);
  gpus.set(kind, gpu);
  return gpu;
}

const noLoss = (error: TesseraError): never => {
  throw error;
};

/** Some rounds of Lloyd's by hand: all that a form says after each. `between` is called before each round. */
async function rounds(hold: HoldRows, it: Case, job: Job, between: (round: number) => void) {
  const held = await hold(made(it), job, it.k);
  try {
    const run = held.start(it.k);
    const means = Float64Array.from({ length: it.k * it.cols }, (_, i) => {
      const row = Math.floor((it.rows * Math.floor(i / it.cols)) / it.k);
      return held.data[row * it.cols + (i % it.cols)]!;
    });
    const said: number[] = [];
    for (let round = 0; round < 5; round++) {
      between(round);
      said.push(await run.round(means, job), ...run.labels, ...run.counts, ...run.sums);
      run.sums.forEach((sum, i) => {
        const count = run.counts[Math.floor(i / it.cols)]!;
        if (count > 0) means[i] = sum / count;
      });
    }
    return said;
  } finally {
    held.close();
  }
}

/** Ends a device as a driver would. */
async function breakGpu(gpu: Gpu): Promise<void> {
  gpu.breakForTests();
  if (!gpu.lost.aborted)
    await new Promise((resolve) => gpu.lost.addEventListener('abort', resolve, { once: true }));
}

/** Aborts at the given breath. */
function stopping(after: number): Job & { readonly breaths: () => number } {
  const controller = new AbortController();
  let breaths = 0;
  return {
    signal: controller.signal,
    progress: () => {},
    breaths: () => breaths,
    async breathe() {
      if (++breaths >= after) controller.abort();
      controller.signal.throwIfAborted();
    },
  };
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
  /** k-means rounds, and how many of all numbers differ from the plain form. */
  async lloyd(it: Case) {
    const gpu = await gpuOf(it.kind);
    const tensors = tensorCount();
    const { holdRows: hold } = kernelsWith(gpu, plainKernels, { onLost: noLoss, least: 0 });
    const got = await rounds(hold, it, unattended, () => {});
    const want = await rounds(holdRows, it, unattended, () => {});
    return { differing: differing(got, want), tensors: tensorCount() - tensors };
  },
  /** One round in float32 on the GPU, against the plain form: sums as a share of what was added up. */
  async settle(it: Case & { readonly rounds: number }) {
    const gpu = await gpuOf(it.kind);
    const tensors = tensorCount();
    const x = made(it);
    const start = made({ ...it, rows: it.k }, 9).data;
    const rows = await gpu.openRows(x, unattended);
    const once = await rows.settle(start, { rounds: 1, still: -1 }, unattended);
    const some = await rows.settle(start, { rounds: it.rounds, still: 0 }, unattended);
    const again = await rows.settle(start, { rounds: it.rounds, still: 0 }, unattended);
    rows.close();
    const counts = new Int32Array(it.k);
    const sums = new Float64Array(it.k * it.cols);
    const own = { half: new Float32Array(it.k), labels: new Int32Array(it.rows) };
    const { halfSquares, nearest } = await import('../../../src/segments/kernels/lloyd.ts');
    own.half.set(halfSquares(start, it.k, it.cols));
    let added = 0;
    for (let r = 0; r < it.rows; r++) {
      const m = nearest(x, r, start, own.half);
      counts[m]!++;
      for (let c = 0; c < it.cols; c++) {
        sums[m * it.cols + c]! += x.data[r * it.cols + c]!;
        added += Math.abs(x.data[r * it.cols + c]!);
      }
    }
    return {
      counts: differing(once.counts, counts),
      sums: farthest(once.sums, sums) / Math.max(added, 1e-30),
      twice: differing(some.means, again.means),
      isStill: some.isStill,
      rounds: some.rounds,
      tensors: tensorCount() - tensors,
    };
  },
  /** Neighbours, and how many of all numbers differ from the plain form. */
  async knn(it: SearchCase) {
    const gpu = await gpuOf(it.kind);
    const tensors = tensorCount();
    const got = await neighbours(
      kernelsWith(gpu, plainKernels, { onLost: noLoss, least: 0 }),
      it,
      async () => {},
    );
    const want = await neighbours(plainKernels, it, async () => {});
    return { differing: differing(got, want), tensors: tensorCount() - tensors };
  },
  /** Pictures after one epoch and after more, against the plain form. */
  async picture(it: PictureCase) {
    const gpu = await gpuOf(it.kind);
    const tensors = tensorCount();
    const form = kernelsWith(gpu, plainKernels, { onLost: noLoss, least: 0 });
    const { first = 0 } = it;
    const one = await picture(form, { ...it, epochs: 1 });
    const plain = await picture(plainKernels, { ...it, epochs: 1 });
    const some = await picture(form, it);
    return {
      apart: farthest(one, plain),
      two: farthest(
        await picture(form, { ...it, epochs: 2 }),
        await picture(plainKernels, { ...it, epochs: 2 }),
      ),
      moved: farthest(one, startOf(it)),
      twice: differing(some, await picture(form, it)),
      other: differing(some, await picture(form, { ...it, seed: 2 })),
      fixed: differing(some.subarray(0, 2 * first), startOf(it).subarray(0, 2 * first)),
      tensors: tensorCount() - tensors,
    };
  },
  /** The GPU is lost in the middle of the search, and in the middle of the picture. */
  async lostElsewhere(kind: Kind) {
    const heard: string[] = [];
    const lossy = (gpu: Gpu) =>
      kernelsWith(gpu, plainKernels, {
        least: 0,
        onLost: ({ message }) => void heard.push(message),
      });
    const it = { kind, rows: 4000, questions: 700, cols: 5, k: 6 };
    let gpu = await gpuOf(kind);
    const tensors = tensorCount();
    const breaking = gpu;
    let calls = 0;
    const got = await neighbours(lossy(gpu), it, async () => {
      if (++calls === 2) await breakGpu(breaking);
    });
    const search = differing(got, await neighbours(plainKernels, it, async () => {}));
    gpu = await gpuOf(kind);
    const drawn = await picture(lossy(gpu), { kind, rows: 400, k: 5, epochs: 6 }, async (epoch) => {
      if (epoch === 3) await breakGpu(gpu);
    });
    const isDrawn = drawn.every(Number.isFinite) && farthest(drawn, startOf({ rows: 400 })) > 0.1;
    return { heard: heard.length, search, isDrawn, tensors: tensorCount() - tensors };
  },
  async cancelSearch(kind: Kind) {
    const gpu = await gpuOf(kind);
    const tensors = tensorCount();
    const it = { kind, rows: 4000, questions: 700, cols: 5, k: 6 };
    let calls = 0;
    const ended = await neighbours(
      kernelsWith(gpu, plainKernels, { onLost: noLoss, least: 0 }),
      it,
      async () => {
        if (++calls === 3) throw new DOMException('stop', 'AbortError');
      },
    ).then(
      () => 'finished',
      (error: Error) => error.name,
    );
    return { ended, calls, tensors: tensorCount() - tensors };
  },
  /** The GPU is lost before round 2: whether the run ended as if nothing had been, and what was said. */
  async lost(it: Case) {
    const gpu = await gpuOf(it.kind);
    const tensors = tensorCount();
    const heard: string[] = [];
    const kernels: Kernels = kernelsWith(gpu, plainKernels, {
      least: 0,
      onLost: ({ code, message }) => heard.push(`${code}: ${message}`),
    });
    const got = await rounds(kernels.holdRows, it, unattended, (round) => {
      if (round === 2) void breakGpu(gpu);
    });
    const want = await rounds(holdRows, it, unattended, () => {});
    await breakGpu(gpu);
    return { heard, differing: differing(got, want), tensors: tensorCount() - tensors };
  },
  async cancel(it: Case & { readonly after: number }) {
    const gpu = await gpuOf(it.kind);
    const tensors = tensorCount();
    const { holdRows: hold } = kernelsWith(gpu, plainKernels, { onLost: noLoss, least: 0 });
    const job = stopping(it.after);
    const ended = await rounds(hold, it, job, () => {}).then(
      () => 'finished',
      (error: Error) => error.name,
    );
    return { ended, late: job.breaths() - it.after, tensors: tensorCount() - tensors };
  },
  /** What is chosen on a machine whose only GPU is software, and how a race with it would go if it were not known as such. */
  async race(kind: Kind) {
    const gpu = await gpuOf(kind);
    const fast = kernelsWith(gpu, plainKernels, { onLost: noLoss, least: 0 });
    const x = made({ rows: 900, cols: 5 });
    const run = async (kernels: Kernels) => {
      const held = await kernels.holdRows(x, unattended, 4);
      const started = held.start(4);
      await started.round(Float64Array.from(held.data.subarray(0, 20)), unattended);
      held.close();
      return [...started.labels];
    };
    const options = {
      rounds: 2,
      agree: (a: number[], b: number[]) => differing(a, b) === 0,
      now: () => performance.now(),
    };
    const known = await race(contestants(gpu, plainKernels, fast, run), options);
    const disguised = { name: gpu.name, isSoftware: false };
    const open = await race(contestants(disguised, plainKernels, fast, run), options);
    return { gpu: gpu.name, known: known.out, open: open.out, timed: Object.keys(open.times) };
  },
  async choose() {
    const large = made({ rows: 200_000, cols: 20 });
    const options = { allowSoftware: false, picture: true, onLost: noLoss };
    const { kernels, gpu, words } = await chooseKernels(plainKernels, large, options, unattended);
    return { isOwn: kernels === plainKernels, gpu, words };
  },
  async bench(it: Parameters<typeof bench>[1]) {
    return bench(await gpuOf(it.kind), it);
  },
};
export type Lab = typeof lab;
expose(lab);
