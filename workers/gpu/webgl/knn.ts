import type * as tf from '@tensorflow/tfjs';
import type { Pause } from '../../../src/segments/kernels/knn.ts';
import type { SearchTask } from '../search.ts';
import { texelRows, type Easel, type Program } from './easel.ts';

/** Questions of a draw at first; then as many as take about this long. */
const FIRST_BATCH = 256;
const DRAW_MS = 80;
const MOST_BATCH = 1 << 14;

/**
 * The next four rows of each question after those of the draw before, P: WebGL gives a fragment four numbers, so each draw goes through all rows.
 * The distance to the last of P comes out of the same lines as all others, so that it rounds alike.
 */
const nextFour: Program = {
  inputs: ['X', 'Q', 'S', 'P'],
  uniforms: [
    ['rows', 'int'],
    ['blocks', 'int'],
    ['first', 'int'],
    ['isFirst', 'int'],
  ],
  code: `
    vec4 texel(int i) {
      int q = first + i;
      int own = int(at(S, q / 4)[q % 4]);
      int before = isFirst == 1 ? -1 : int(at(P, i).w);
      vec4 ids = vec4(-1.0), d4 = vec4(3e38);
      if (isFirst == 0 && before < 0) return ids;
      float least = -1.0;
      for (int j = -1; j < rows; j++) {
        int r = j < 0 ? max(before, 0) : j;
        float d = 0.0;
        for (int b = 0; b < blocks; b++) {
          vec4 apart = at(Q, q * blocks + b) - at(X, r * blocks + b);
          d += dot(apart, apart);
        }
        if (j < 0) { if (before >= 0) least = d; continue; }
        if (r == own || d < least || (d == least && r <= before) || d >= d4.w) continue;
        float id = float(r);
        if (d < d4.x) { d4 = vec4(d, d4.xyz); ids = vec4(id, ids.xyz); }
        else if (d < d4.y) { d4.yzw = vec3(d, d4.yz); ids.yzw = vec3(id, ids.yz); }
        else if (d < d4.z) { d4.zw = vec2(d, d4.z); ids.zw = vec2(id, ids.z); }
        else { d4.w = d; ids.w = id; }
      }
      return ids;
    }`,
};

/** Brute force in GLSL, a fragment a question. O(questions · rows · cols · keep / 4). */
export async function searchNear(
  easel: Easel,
  { x, questions, own, keep }: SearchTask,
  pause: Pause,
): Promise<Int32Array> {
  const ids = new Int32Array(questions.rows * keep);
  const held: tf.Tensor[] = [];
  const had = (tensor: tf.Tensor): tf.Tensor => (held.push(tensor), tensor);
  try {
    const rows = had(easel.texture(texelRows(x)));
    const asked = x === questions ? rows : had(easel.texture(texelRows(questions)));
    const selves = had(easel.texture(Float32Array.from(own)));
    const blocks = Math.ceil(x.cols / 4);
    let batch = FIRST_BATCH;
    for (let first = 0, last = 0; first < questions.rows; first = last) {
      last = Math.min(questions.rows, first + batch);
      let before = easel.texture(new Float32Array(4));
      try {
        for (let slot = 0; slot < keep; slot += 4) {
          const began = performance.now();
          const uniforms = [x.rows, blocks, first, slot === 0 ? 1 : 0];
          const four = easel.run(nextFour, last - first, [rows, asked, selves, before], uniforms);
          before.dispose();
          before = four;
          const found = await easel.read(four);
          for (let q = first; q < last; q++)
            for (let j = 0; j < Math.min(4, keep - slot); j++)
              ids[q * keep + slot + j] = found[4 * (q - first) + j]!;
          await pause(first);
          const took = performance.now() - began;
          if (took < DRAW_MS / 2) batch = Math.min(MOST_BATCH, 2 * batch);
          else if (took > 2 * DRAW_MS) batch = Math.max(16, batch >> 1);
        }
      } finally {
        before.dispose();
      }
    }
    return ids;
  } finally {
    for (const tensor of held) tensor.dispose();
  }
}
