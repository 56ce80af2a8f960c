import * as tf from '@tensorflow/tfjs';
import { TesseraError } from '../../../src/lib/errors.ts';
import { until, type WebGl } from '../device.ts';

/** A GLSL program over textures of four values a texel. */
export type Program = {
  readonly inputs: readonly string[];
  readonly uniforms: readonly (readonly [name: string, type: 'int' | 'float'])[];
  /** Functions, and `vec4 texel(int i)`: the i-th texel of the result. May call `at(input, i)`. */
  readonly code: string;
};

/**
 * Programs and textures through TensorFlow.js's WebGL backend. A tensor [2n × 2] that is packed has its values 4i … 4i + 3 in texel i; that is
 * the only kind of tensor here.
 */
export class Easel {
  readonly #gl: WebGl;

  constructor(gl: WebGl) {
    this.#gl = gl;
  }

  /** A texture of these values, filled up with zeros. Throws `gpu-failed` where this GPU has none so large. */
  texture(values: Float32Array): tf.Tensor {
    this.#gl.lost.throwIfAborted();
    const texels = Math.max(2, Math.ceil(values.length / 4)); // one texel alone would become a uniform
    this.#check(texels);
    const padded = new Float32Array(4 * texels);
    padded.set(values);
    return tf.tensor2d(padded, [2 * texels, 2]);
  }

  run(
    program: Program,
    texels: number,
    inputs: readonly tf.Tensor[],
    uniforms: readonly number[],
  ): tf.Tensor {
    this.#gl.lost.throwIfAborted();
    this.#check(texels);
    const made = {
      variableNames: [...program.inputs],
      outputShape: [2 * Math.max(2, texels), 2],
      packedInputs: true,
      packedOutput: true,
      enableShapeUniforms: true, // one program for all numbers of rows
      customUniforms: program.uniforms.map(([name, type]) => ({ name, type })),
      userCode: `
        vec4 at(sampler2D texels, int i) {
          int width = textureSize(texels, 0).x;
          return texelFetch(texels, ivec2(i % width, i / width), 0);
        }
        ${program.code}
        void main() { setOutput(texel(getOutputCoords().x / 2)); }`,
    };
    const values = uniforms.map((value) => [value]);
    try {
      const out = this.#gl.backend.compileAndRun(made, [...inputs], 'float32', values, true);
      return tf.engine().makeTensorFromTensorInfo(out);
    } catch (cause) {
      throw new TesseraError('gpu-failed', String(cause), { cause });
    }
  }

  read(tensor: tf.Tensor): Promise<Float32Array> {
    return until(tensor.data<'float32'>(), this.#gl.lost);
  }

  #check(texels: number): void {
    const side = tf.env().getNumber('WEBGL_MAX_TEXTURE_SIZE');
    if (texels > side * side || texels >= 2 ** 24)
      throw new TesseraError('gpu-failed', `${texels} texels do not fit in a texture of this GPU`);
  }
}

/** Rows, each in a whole number of texels. */
export function texelRows({
  data,
  rows,
  cols,
}: {
  readonly data: Float32Array;
  readonly rows: number;
  readonly cols: number;
}): Float32Array {
  const wide = 4 * Math.ceil(cols / 4);
  if (wide === cols) return data;
  const out = new Float32Array(rows * wide);
  for (let r = 0; r < rows; r++) out.set(data.subarray(r * cols, (r + 1) * cols), r * wide);
  return out;
}
