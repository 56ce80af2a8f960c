import * as tf from '@tensorflow/tfjs';
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
import { texelRows, type Easel, type Program } from './easel.ts';

/** Rows are summed in so many slices first. */
const SLICES = 64;
/** Unsure rows carry this, the next nearest mean is counted in 512s. */
const UNSURE = 512 * 512;

/** Four rows a texel: nearest mean + 512 · next nearest + 512² if float32 cannot tell them apart. */
const label: Program = {
  inputs: ['X', 'M', 'H'],
  uniforms: [
    ['rows', 'int'],
    ['k', 'int'],
    ['blocks', 'int'],
    ['slack', 'float'],
    ['longest', 'float'],
  ],
  code: `
    vec4 texel(int i) {
      ivec4 r = min(4 * i + ivec4(0, 1, 2, 3), ivec4(rows - 1)) * blocks;
      vec4 best = vec4(3e38), next = vec4(3e38), place = vec4(0.0), other = vec4(0.0), norm = vec4(0.0);
      for (int m = 0; m < k; m++) {
        vec4 d = vec4(at(H, m / 4)[m % 4]);
        for (int b = 0; b < blocks; b++) {
          vec4 c = at(M, m * blocks + b);
          mat4 x = mat4(at(X, r.x + b), at(X, r.y + b), at(X, r.z + b), at(X, r.w + b));
          d -= c * x;
          if (m == 0) norm += vec4(dot(x[0], x[0]), dot(x[1], x[1]), dot(x[2], x[2]), dot(x[3], x[3]));
        }
        for (int j = 0; j < 4; j++) {
          if (d[j] < best[j]) { next[j] = best[j]; other[j] = place[j]; best[j] = d[j]; place[j] = float(m); }
          else if (d[j] < next[j]) { next[j] = d[j]; other[j] = float(m); }
        }
      }
      vec4 room = slack * (sqrt(norm) * longest + 0.5 * longest * longest) + 1e-35;
      vec4 unsure = vec4(lessThanEqual(next - best, room));
      return place + 512.0 * other + ${UNSURE}.0 * unsure;
    }`,
};

/** Texel (slice, mean, block): sums of four columns over the rows of a slice at a mean; the block after the last holds their count. */
const gather: Program = {
  inputs: ['X', 'L'],
  uniforms: [
    ['rows', 'int'],
    ['k', 'int'],
    ['blocks', 'int'],
  ],
  code: `
    vec4 texel(int i) {
      int b = i % (blocks + 1);
      float m = float((i / (blocks + 1)) % k);
      int slice = i / (blocks + 1) / k;
      int size = (rows + ${SLICES - 1}) / ${SLICES};
      int last = min(rows, (slice + 1) * size);
      vec4 sum = vec4(0.0);
      for (int r = slice * size; r < last; r++) {
        float own = mod(at(L, r / 4)[r % 4], 512.0);
        if (own == m) sum += b == blocks ? vec4(1.0) : at(X, r * blocks + b);
      }
      return sum;
    }`,
};

const total: Program = {
  inputs: ['P'],
  uniforms: [['cells', 'int']],
  code: `
    vec4 texel(int i) {
      vec4 sum = vec4(0.0);
      if (i < cells) for (int s = 0; s < ${SLICES}; s++) sum += at(P, s * cells + i);
      return sum;
    }`,
};

/** Assign as one program, sums as two levels of masked ones: WebGL can only gather. O(rows · k · cols) each. */
export async function openRows(easel: Easel, rows: Rows, job: Job): Promise<GpuRows> {
  const x = easel.texture(texelRows(rows));
  await job.breathe().catch((error: unknown) => {
    x.dispose();
    throw error;
  });
  return new WebGlRows(easel, rows, x);
}

class WebGlRows implements GpuRows {
  readonly #easel: Easel;
  readonly #rows: Rows;
  readonly #x: tf.Tensor;

  constructor(easel: Easel, rows: Rows, x: tf.Tensor) {
    this.#easel = easel;
    this.#rows = rows;
    this.#x = x;
  }

  async label(
    means: Float32Array,
    half: Float32Array,
    job: Job,
  ): Promise<Uint32Array<ArrayBuffer>> {
    job.signal.throwIfAborted();
    const found = this.#label(means, half);
    try {
      const values = await this.#easel.read(found);
      const words = new Uint32Array(this.#rows.rows);
      for (let r = 0; r < words.length; r++) {
        const value = values[r]!;
        const isUnsure = half.length > 1 && value >= UNSURE;
        const next = Math.floor(value / 512) % 512;
        words[r] = ((value % 512) | (next << 15) | (isUnsure ? 1 << 31 : 0)) >>> 0;
      }
      return words;
    } finally {
      found.dispose();
    }
  }

  async settle(start: Float32Array, options: SettleOptions, job: Job): Promise<Settled> {
    const { cols } = this.#rows;
    const k = start.length / cols;
    const means = Float32Array.from(start);
    const counts = new Int32Array(k);
    const sums = new Float32Array(k * cols);
    let [rounds, isStill] = [0, false];
    while (rounds < options.rounds && !isStill) {
      job.signal.throwIfAborted();
      await this.#sum(means, counts, sums);
      let moved = 0;
      for (let i = 0; i < means.length; i++) {
        const count = counts[Math.floor(i / cols)]!;
        const mean = count > 0 ? Math.fround(sums[i]! / count) : means[i]!;
        moved += (mean - means[i]!) ** 2;
        means[i] = mean;
      }
      rounds++;
      isStill = moved <= options.still;
      await job.breathe();
    }
    return { means, counts, sums, rounds, isStill };
  }

  close(): void {
    this.#x.dispose();
  }

  #label(means: Float32Array, half: Float32Array): tf.Tensor {
    const { rows, cols } = this.#rows;
    const k = means.length / cols;
    checkShape(k, cols);
    return tf.tidy(() => {
      const m = this.#easel.texture(texelRows({ data: means, rows: k, cols }));
      const h = this.#easel.texture(half);
      const blocks = Math.ceil(cols / 4);
      const uniforms = [rows, k, blocks, slackOf(cols), longestOf(half)];
      return this.#easel.run(label, Math.ceil(rows / 4), [this.#x, m, h], uniforms);
    });
  }

  /** One pass: what lies at each mean. */
  async #sum(means: Float32Array, counts: Int32Array, sums: Float32Array): Promise<void> {
    const { rows, cols } = this.#rows;
    const k = counts.length;
    const wide = Math.ceil(cols / 4) + 1;
    const found = tf.tidy(() => {
      const labels = this.#label(means, halfSquares(means, k, cols));
      const given = [rows, k, wide - 1];
      const parts = this.#easel.run(gather, SLICES * k * wide, [this.#x, labels], given);
      return this.#easel.run(total, k * wide, [parts], [k * wide]);
    });
    try {
      const values = await this.#easel.read(found);
      for (let m = 0; m < k; m++) {
        counts[m] = values[4 * (m * wide + wide - 1)]!;
        sums.set(values.subarray(4 * m * wide, 4 * m * wide + cols), m * cols);
      }
    } finally {
      found.dispose();
    }
  }
}
