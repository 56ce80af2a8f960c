import type { Job } from '../../../src/lib/job.ts';
import { halfSquares, type Rows } from '../../../src/segments/kernels/lloyd.ts';
import {
  checkShape,
  longestOf,
  slackOf,
  type GpuRows,
  type SettleOptions,
  type Settled,
} from '../rows.ts';
import { assignCode, planFor, THREADS, type Plan, type Shape } from './assign.wgsl.ts';
import type { Desk, Pass } from './desk.ts';
import { accumulateCode, reduceCode } from './reduce.wgsl.ts';
import { uploadRows } from './upload.ts';

/** Partial sums of all workgroups together. */
const MOST_PARTIAL_BYTES = 1 << 24;
const MOST_GROUPS = 256;
/** A submission should take about this long: cancel is heard between two of them. */
const SUBMISSION_MS = 100;
const MOST_ROUNDS_A_SUBMISSION = 32;

type Buffers = Record<
  'means' | 'half' | 'labels' | 'part' | 'tally' | 'sums' | 'counts' | 'moved' | 'task',
  GPUBuffer
>;
/** What one k needs on the GPU. */
type Setup = {
  readonly shape: Shape;
  readonly plan: Plan;
  readonly groups: number;
  readonly buffers: Buffers;
  readonly label: readonly Pass[];
  readonly round: readonly Pass[];
};

/** Assign-and-accumulate in WGSL: a round is one dispatch over the rows and a small one over the means. */
export async function openRows(desk: Desk, rows: Rows, job: Job): Promise<GpuRows> {
  const buffer = await uploadRows(desk, rows, () => job.breathe());
  return new WebGpuRows(desk, rows, buffer);
}

class WebGpuRows implements GpuRows {
  readonly #desk: Desk;
  readonly #rows: Rows;
  readonly #x: GPUBuffer;
  #setup: Setup | null = null;

  constructor(desk: Desk, rows: Rows, x: GPUBuffer) {
    this.#desk = desk;
    this.#rows = rows;
    this.#x = x;
  }

  async label(
    means: Float32Array,
    half: Float32Array,
    job: Job,
  ): Promise<Uint32Array<ArrayBuffer>> {
    const { buffers, label } = await this.#load(means, half);
    job.signal.throwIfAborted();
    this.#desk.submit(label);
    const words = await this.#desk.read(buffers.labels, this.#rows.rows * 4);
    return new Uint32Array(words);
  }

  async settle(start: Float32Array, options: SettleOptions, job: Job): Promise<Settled> {
    const { cols } = this.#rows;
    const half = halfSquares(start, start.length / cols, cols);
    const { shape, buffers, round } = await this.#load(start, half);
    let [done, batch, isStill] = [0, 1, false];
    while (done < options.rounds && !isStill) {
      job.signal.throwIfAborted();
      const began = performance.now();
      const now = Math.min(batch, options.rounds - done);
      this.#desk.submit(Array.from({ length: now }, () => round).flat());
      const moved = new Float32Array(await this.#desk.read(buffers.moved, shape.k * 4));
      done += now;
      isStill = moved.reduce((sum, value) => sum + value, 0) <= options.still;
      const took = performance.now() - began;
      if (took < SUBMISSION_MS / 2) batch = Math.min(MOST_ROUNDS_A_SUBMISSION, 2 * batch);
      else if (took > 2 * SUBMISSION_MS) batch = Math.max(1, batch >> 1);
      await job.breathe();
    }
    const counts = new Int32Array(await this.#desk.read(buffers.counts, shape.k * 4));
    const sums = await this.#cells(shape, buffers.sums);
    const means = await this.#cells(shape, buffers.means);
    return { means, counts, sums, rounds: done, isStill };
  }

  close(): void {
    this.#x.destroy();
    this.#forget();
  }

  #forget(): void {
    for (const buffer of Object.values(this.#setup?.buffers ?? {})) buffer.destroy();
    this.#setup = null;
  }

  /** Puts means on the GPU, with room and programs for as many. */
  async #load(means: Float32Array, half: Float32Array): Promise<Setup> {
    const { cols, rows } = this.#rows;
    const k = means.length / cols;
    checkShape(k, cols);
    if (this.#setup?.shape.k !== k) {
      this.#forget();
      this.#setup = await this.#desk.checked(() => this.#prepare({ cols, k }));
    }
    const { plan, groups, buffers } = this.#setup;
    const wide = plan.blocks * 4;
    const packed = new Float32Array(plan.padded * wide);
    for (let m = 0; m < k; m++) packed.set(means.subarray(m * cols, (m + 1) * cols), m * wide);
    const halves = new Float32Array(plan.padded).fill(2e38); // padding is never near
    halves.set(half);
    this.#desk.write(buffers.means, packed);
    this.#desk.write(buffers.half, halves);
    const task = new Uint32Array(8);
    task.set([rows, Math.ceil(rows / (THREADS * plan.rowsEach)), groups]);
    new Float32Array(task.buffer).set([slackOf(cols), longestOf(half)], 3);
    this.#desk.write(buffers.task, task);
    return this.#setup;
  }

  async #prepare(shape: Shape): Promise<Setup> {
    const { k } = shape;
    const plan = planFor(shape);
    const tiles = Math.ceil(this.#rows.rows / (THREADS * plan.rowsEach));
    const cellBytes = k * plan.blocks * 16;
    const room = Math.max(1, Math.floor(MOST_PARTIAL_BYTES / cellBytes));
    const groups = Math.min(tiles, MOST_GROUPS, room);
    const desk = this.#desk;
    const buffers: Buffers = {
      means: desk.buffer(plan.padded * plan.blocks * 16),
      half: desk.buffer(plan.padded * 4),
      labels: desk.buffer(this.#rows.rows * 4),
      part: desk.buffer(groups * cellBytes),
      tally: desk.buffer(groups * k * 4),
      sums: desk.buffer(cellBytes),
      counts: desk.buffer(k * 4),
      moved: desk.buffer(k * 4),
      task: desk.uniform(new Uint32Array(8)),
    };
    const { means, half, labels, part, tally, sums, counts, moved, task } = buffers;
    const x = this.#x;
    const each = Math.min(tiles, 4096);
    const found = [part, tally, means, half, sums, counts, moved, task];
    const reduce = await desk.pass(reduceCode(shape), found, [k]);
    const roundCode = assignCode(shape, false);
    const round = plan.isFused
      ? [await desk.pass(roundCode, [x, means, half, task, part, tally], [groups])]
      : [
          await desk.pass(roundCode, [x, means, half, task, labels], [each]),
          await desk.pass(
            accumulateCode(shape),
            [x, labels, task, part, tally],
            [groups, Math.ceil(plan.blocks / plan.width)],
          ),
        ];
    const label = await desk.pass(assignCode(shape, true), [x, means, half, task, labels], [each]);
    return { shape, plan, groups, buffers, label: [label], round: [...round, reduce] };
  }

  async #cells({ k, cols }: Shape, buffer: GPUBuffer): Promise<Float32Array<ArrayBuffer>> {
    const wide = Math.ceil(cols / 4) * 4;
    const values = new Float32Array(await this.#desk.read(buffer, k * wide * 4));
    const out = new Float32Array(k * cols);
    for (let m = 0; m < k; m++) out.set(values.subarray(m * wide, m * wide + cols), m * cols);
    return out;
  }
}
