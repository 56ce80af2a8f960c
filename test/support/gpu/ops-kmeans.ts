import * as tf from '@tensorflow/tfjs';
import type { Matrix } from '../../../src/lib/matrix.ts';

/** How the sums of a round are said in ops. `matmul` was the faster of the two wherever it was tried; both are measured. */
export type Update = 'matmul' | 'segment-sum';

/** Rounds of Lloyd's in TensorFlow.js ops on its current backend, nothing read back in between: the peer of our fused kernel. */
export class OpsRows {
  readonly #x: tf.Tensor2D;
  readonly #ones: tf.Tensor2D;

  constructor({ data, rows, cols }: Matrix) {
    this.#x = tf.tensor2d(data, [rows, cols]);
    this.#ones = tf.ones([1, rows]);
  }

  async settle(start: Float32Array, rounds: number, update: Update): Promise<Float32Array> {
    const cols = this.#x.shape[1];
    const k = start.length / cols;
    let means = tf.tensor2d(start, [k, cols]);
    for (let round = 0; round < rounds; round++) {
      const moved = tf.tidy(() => this.#moved(means, k, this.#labels(means), update));
      means.dispose();
      means = moved;
    }
    const values = await means.data<'float32'>();
    means.dispose();
    return values;
  }

  async labels(means: Float32Array): Promise<Int32Array> {
    const cols = this.#x.shape[1];
    const found = tf.tidy(() => this.#labels(tf.tensor2d(means, [means.length / cols, cols])));
    const values = await found.data<'int32'>();
    found.dispose();
    return values;
  }

  close(): void {
    tf.dispose([this.#x, this.#ones]);
  }

  #labels(means: tf.Tensor2D): tf.Tensor1D {
    const products = tf.matMul(this.#x, tf.mul(means, -2), false, true);
    return tf.argMin(tf.add(products, tf.sum(tf.square(means), 1)), 1);
  }

  #moved(means: tf.Tensor2D, k: number, labels: tf.Tensor1D, update: Update): tf.Tensor2D {
    const member = tf.oneHot(labels, k, 1, 0, 'float32') as tf.Tensor2D; // of one index each: two dimensions
    const counts = tf.matMul(this.#ones, member).reshape<tf.Tensor2D>([k, 1]);
    const sums =
      update === 'matmul'
        ? tf.matMul(member, this.#x, true, false)
        : tf.unsortedSegmentSum(this.#x, labels, k);
    return tf.where(tf.greater(counts, 0), tf.div(sums, tf.maximum(counts, 1)), means);
  }
}
