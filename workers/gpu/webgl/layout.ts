import * as tf from '@tensorflow/tfjs';
import { TesseraError } from '../../../src/lib/errors.ts';
import type { Curve, Epoch, Graph } from '../../../src/segments/kernels/layout.ts';
import type { GpuPicture } from '../picture.ts';
import type { Easel, Program } from './easel.ts';

/** Textures hold whole numbers exactly up to here. */
const MOST = 2 ** 24;

/** An epoch, two vertices a texel: the steps of the plain form, as in webgpu/layout.wgsl.ts. */
const epoch: Program = {
  inputs: ['S', 'T', 'W', 'P', 'B'],
  uniforms: [
    ['first', 'int'],
    ['rows', 'int'],
    ['pool', 'int'],
    ['seed', 'int'],
    ['alpha', 'float'],
    ['pushes', 'float'],
    ['a', 'float'],
    ['b', 'float'],
    ['keep', 'float'],
  ],
  code: `
    vec4 power(vec4 square) {
      ivec4 bits = floatBitsToInt(square);
      vec4 e = vec4((bits >> 23) - 127);
      vec4 m = intBitsToFloat((bits & 0x7fffff) | 0x3f800000);
      vec4 log2m = (((-0.08213062190593998 * m + 0.6497112748408548) * m - 2.1341339842923217) * m + 4.0863823575800815) * m - 2.5198290262226757;
      vec4 x = b * (e + log2m);
      vec4 whole = floor(x);
      vec4 t = x - whole;
      vec4 p = ((0.0782679635596899 * t + 0.226307690445594) * t + 0.6954243459947161) * t + 1.0;
      return p * intBitsToFloat((ivec4(whole) + 127) << 23);
    }
    float total(vec4 v) { return (v.x + v.y) + (v.z + v.w); }
    uint mixed(uint v, uint s) {
      uint h = v * 0x9e3779b1u + s * 0x85ebca6bu;
      h = (h ^ (h >> 15)) * 0x2c1b3c6du;
      h = (h ^ (h >> 12)) * 0x297a2d39u;
      return h ^ (h >> 15);
    }
    uint below(uint size, uint bits) {
      uint low = (bits & 0xffffu) * (size & 0xffffu);
      uint mid = (bits >> 16) * (size & 0xffffu) + (low >> 16);
      uint cross_ = (bits & 0xffffu) * (size >> 16) + (mid & 0xffffu);
      return (bits >> 16) * (size >> 16) + (mid >> 16) + (cross_ >> 16);
    }
    vec2 place(int v) { vec4 two = at(P, v / 2); return v % 2 == 0 ? two.xy : two.zw; }
    int start(int v) { return int(at(S, v / 4)[v % 4]); }
    vec2 moved(int v, vec2 before) {
      if (v >= rows) return vec2(0.0);
      vec2 here = place(v);
      if (v < first) return here;
      float draw = 4.0 * a * b * alpha;
      vec4 x = vec4(0.0), y = vec4(0.0), drawn = vec4(0.0), sum = vec4(0.0);
      int last = start(v + 1) / 4;
      for (int e = start(v) / 4; e < last; e++) {
        ivec4 t = ivec4(at(T, e));
        vec4 w = at(W, e);
        vec2 p0 = place(t.x), p1 = place(t.y), p2 = place(t.z), p3 = place(t.w);
        vec4 dx = vec4(p0.x, p1.x, p2.x, p3.x) - here.x;
        vec4 dy = vec4(p0.y, p1.y, p2.y, p3.y) - here.y;
        vec4 square = max(dx * dx + dy * dy, vec4(1e-12));
        vec4 p = power(square);
        vec4 c = draw * w * p / (square * (1.0 + a * p));
        sum += w; drawn += c; x += c * dx; y += c * dy;
      }
      float wanted = pushes * total(sum);
      int fours = max(1, int(ceil(wanted * 0.25)));
      vec4 away = vec4(0.0), up = vec4(0.0);
      uint bits = mixed(uint(v), uint(seed)) | 1u;
      for (int i = 0; i < fours; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 17;
        bits ^= bits << 5;
        int other = int(below(uint(pool - 3), bits));
        vec2 p0 = place(other), p1 = place(other + 1), p2 = place(other + 2), p3 = place(other + 3);
        vec4 dx = here.x - vec4(p0.x, p1.x, p2.x, p3.x);
        vec4 dy = here.y - vec4(p0.y, p1.y, p2.y, p3.y);
        vec4 square = max(dx * dx + dy * dy, vec4(1e-12));
        vec4 c = 2.0 * b / ((0.001 + square) * (1.0 + a * power(square)));
        away += clamp(c * dx, -4.0, 4.0);
        up += clamp(c * dy, -4.0, 4.0);
      }
      float share = alpha * wanted / float(4 * fours);
      float damped = 1.0 / (1.0 + total(drawn));
      vec2 force = vec2(total(x), total(y)) + vec2(total(away), total(up)) * share;
      return here + force * damped + keep * (here - before);
    }
    vec4 texel(int i) {
      vec4 before = at(B, i);
      return vec4(moved(2 * i, before.xy), moved(2 * i + 1, before.zw));
    }`,
};

/** The layout in GLSL. O(edges + pushes) an epoch, and reading the positions back. */
export async function openPicture(
  easel: Easel,
  graph: Graph,
  { a, b }: Curve,
  first: number,
): Promise<GpuPicture> {
  const { rows } = graph;
  if (rows >= MOST || graph.tails.length >= MOST)
    throw new TesseraError('gpu-failed', `${graph.tails.length} edges are too many for WebGL`);
  const given = [graph.starts, graph.tails, graph.weights].map((values) =>
    easel.texture(Float32Array.from(values)),
  );
  let [now, before]: [tf.Tensor | null, tf.Tensor | null] = [null, null];
  return {
    place(positions) {
      now = easel.texture(positions);
      before = easel.texture(positions);
    },
    async epoch({ alpha, pushes, keep, seed }: Epoch, out: Float32Array) {
      if (!now || !before) throw new TypeError('no positions were placed');
      const uniforms = [
        first,
        rows,
        first === 0 ? rows : first,
        seed | 0,
        alpha,
        pushes,
        a,
        b,
        keep,
      ];
      const next = easel.run(epoch, Math.ceil(rows / 2), [...given, now, before], uniforms);
      before.dispose();
      [now, before] = [next, now];
      out.set((await easel.read(now)).subarray(0, 2 * rows));
    },
    close: () => {
      tf.dispose([...given, now, before].filter((tensor) => tensor !== null));
      [now, before] = [null, null];
      given.length = 0;
    },
  };
}
