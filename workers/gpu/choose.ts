import type { Job } from '../../src/lib/job.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import type { Kernels } from '../../src/segments/kernels/types.ts';
import type { GpuOptions } from './device.ts';
import type { OnLost } from './lloyd.ts';
import { kernelsWith, openGpu, type Gpu } from './open.ts';
import { race, type Race, type Runner } from './race.ts';

/** Fewer values than this are done before a GPU is open. */
const WORTH_VALUES = 4e6;
/** What is smaller stays with the processor even so; the sample of the race is larger. */
const LEAST_VALUES = 1 << 17;
const SAMPLE_VALUES = 1 << 19;
const GROUPS = 16;
const QUESTIONS = 2048;
const NEIGHBOURS = 15;

export type ChooseOptions = GpuOptions & {
  readonly onLost: OnLost;
  /** Whether the picture may come from the GPU too: faster, but not the same bytes as on a machine without this GPU. */
  readonly picture: boolean;
};

/** `gpu` is to be closed by the caller when no kernel is used any more; null where the processor does all. */
export type Chosen = {
  readonly kernels: Kernels;
  readonly gpu: Gpu | null;
  /** Which does what and by how much it was faster, for the person who wants to know. */
  readonly words: string;
};

/** For each loop the fastest on these very rows: `own`, or a GPU if there is a real one and the job is large. */
export async function chooseKernels(
  own: Kernels,
  x: Matrix,
  options: ChooseOptions,
  job: Job,
): Promise<Chosen> {
  const stay = (words: string): Chosen => ({ kernels: own, gpu: null, words });
  if (x.data.length < WORTH_VALUES) return stay('The processor: the job is small.');
  const gpu = await openGpu(options);
  if (!gpu) return stay('The processor: there is no GPU that can be used.');
  try {
    const fast = kernelsWith(gpu, own, { onLost: options.onLost, least: LEAST_VALUES });
    const rows = Math.min(x.rows, Math.ceil(SAMPLE_VALUES / x.cols));
    const sample = matrix(rows, x.cols, x.data.slice(0, rows * x.cols));
    const contest = (run: (kernels: Kernels) => Promise<ArrayLike<number>>) =>
      race(contestants(gpu, own, fast, run), {
        rounds: 3,
        agree: isSame,
        now: () => performance.now(),
      });
    const groups = await contest((kernels) => group(kernels, sample, job));
    job.signal.throwIfAborted();
    const near = await contest((kernels) => neighbours(kernels, sample, job));
    job.signal.throwIfAborted();
    const [isGroups, isNear] = [groups, near].map(({ winner }) => winner.name === gpu.name);
    if (!isGroups && !isNear && !options.picture) {
      gpu.close();
      return stay(`The processor: it is faster than ${gpu.name} here.`);
    }
    const kernels: Kernels = {
      ...own,
      ...(isGroups ? { holdRows: fast.holdRows } : {}),
      ...(isNear ? { openSearch: fast.openSearch } : {}),
      ...(options.picture ? { layout: fast.layout } : {}),
    };
    const words = `${gpu.name}: groups ${ratio(groups, gpu)}, neighbours ${ratio(near, gpu)} the speed of the processor.`;
    return { kernels, gpu, words };
  } catch (error) {
    gpu.close();
    throw error;
  }
}

/** The processor first: it is right by definition. */
export function contestants<T>(
  gpu: Pick<Gpu, 'name' | 'isSoftware'>,
  own: Kernels,
  fast: Kernels,
  run: (kernels: Kernels) => Promise<T>,
): [Runner<T>, Runner<T>] {
  return [
    { name: 'processor', isSoftware: false, run: () => run(own) },
    { name: gpu.name, isSoftware: gpu.isSoftware, run: () => run(fast) },
  ];
}

const isSame = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.prototype.every.call(a, (value, i) => value === b[i]);

const ratio = ({ times }: Race<unknown>, { name }: Gpu): string =>
  times[name] === undefined ? 'not at' : `${(times['processor']! / times[name]).toFixed(1)} times`;

async function group(kernels: Kernels, x: Matrix, job: Job): Promise<ArrayLike<number>> {
  const held = await kernels.holdRows(x, job, GROUPS);
  try {
    const k = Math.min(GROUPS, x.rows);
    const run = held.start(k);
    await run.round(Float64Array.from(held.data.subarray(0, k * x.cols)), job);
    return run.labels.slice();
  } finally {
    held.close();
  }
}

async function neighbours(kernels: Kernels, x: Matrix, job: Job): Promise<ArrayLike<number>> {
  const many = Math.min(QUESTIONS, x.rows);
  const asked = matrix(many, x.cols, x.data.slice(0, many * x.cols));
  const search = kernels.openSearch(
    x,
    asked,
    Int32Array.from({ length: many }, (_, q) => q),
    NEIGHBOURS,
  );
  try {
    await search.nearest(() => job.breathe());
    return search.ids.slice();
  } finally {
    search.close();
  }
}
