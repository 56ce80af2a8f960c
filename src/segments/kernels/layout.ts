import { log1p } from '../../lib/stats/log.ts';
import { closeness, Lanes, power, rateOf } from './float32.ts';
import { below, mixed } from './hash.ts';
import type { Pause } from './knn.ts';

/** Edges of a row: `tails` and `weights` from `starts[row]` to `starts[row + 1]`, a multiple of four, filled up with weights of 0. */
export type Graph = {
  readonly rows: number;
  readonly starts: Int32Array;
  readonly tails: Int32Array;
  readonly weights: Float32Array;
};

export type Smoothed = {
  /** [rows × k], 0 to 1. */
  readonly weights: Float32Array;
  /** [rows]; least distance above 0. */
  readonly rhos: Float32Array;
  /** [rows] */
  readonly sigmas: Float32Array;
};

/** Four vectors on a graph. */
export type Filter = {
  /** [rows × 4], as the last step left it; written before the first. */
  block(): Float32Array;
  /** next = along · (graph × now) + stay · now + back · before. O(edges). */
  step(along: number, stay: number, back: number, pause: Pause): Promise<void>;
  close(): void;
};

/** 1 / (1 + a · distance^2b): how close two rows are in the picture. */
export type Curve = { readonly a: number; readonly b: number };

export type Epoch = {
  /** How far a step goes, 1 to 0. */
  readonly alpha: number;
  /** Pushes for each pull of weight 1. */
  readonly pushes: number;
  /** Share of its last move that a vertex goes on with. */
  readonly keep: number;
  readonly seed: number;
};

/** A picture that forms. */
export type Picture = {
  /** [vertices × 2], as the last epoch left them; written before the first, whose `keep` is 0. */
  positions(): Float32Array;
  /** All vertices from `first` on move once, by the positions before it. O(edges + pushes). */
  epoch(step: Epoch, pause: Pause): Promise<void>;
  close(): void;
};

export type LayoutKernel = {
  /** Weights of neighbours at `distances` [rows × k], as in UMAP's smooth kNN; `average`: mean of all distances. */
  smooth(distances: Float32Array, k: number, average: number, pause: Pause): Promise<Smoothed>;
  openFilter(graph: Graph): Filter;
  /** Vertices below `first` stay where they are and push the others; 0: all move. At least four vertices push. */
  openPicture(graph: Graph, curve: Curve, first: number): Picture;
};

/** What the closenesses of a row's k neighbours sum to. */
export const targetOf = (k: number): number => log1p(k) / Math.LN2;
/** Sigma at least, as a share of the row's mean distance; and steps of its bisection. Both as in umap-learn. */
export const SIGMA_FLOOR = 1e-3;
export const TRIES = 64;

const { fround, min, max } = Math;

/** The plain form: what the others are held against. Every value goes through `Math.fround`, the same steps as in float32 SIMD. */
export const layoutKernel: LayoutKernel = {
  async smooth(distances, k, average, pause) {
    const rows = k > 0 ? distances.length / k : 0;
    const out = {
      weights: new Float32Array(rows * k),
      rhos: new Float32Array(rows),
      sigmas: new Float32Array(rows),
    };
    for (let r = 0; r < rows; r++) {
      const own = distances.subarray(r * k, (r + 1) * k);
      const rho = own.find((d) => d > 0) ?? 0;
      const mean = fround(own.reduce((sum, d) => fround(sum + d), 0) / (k + 1));
      const least = fround(fround(SIGMA_FLOOR) * (rho > 0 ? mean : fround(average)));
      const sigma = max(sigmaOf(own, rho, mean > 0 ? mean : 1, fround(targetOf(k))), least);
      out.rhos[r] = rho;
      out.sigmas[r] = sigma;
      const rate = rateOf(sigma);
      own.forEach((d, j) => (out.weights[r * k + j] = closeness(fround(d - rho), rate)));
      if (r % 1024 === 1023) await pause(r + 1);
    }
    return out;
  },

  openFilter({ rows, starts, tails, weights }) {
    let [before, now, next] = [0, 1, 2].map(() => new Float32Array(4 * rows)) as Three;
    return {
      block: () => now,
      async step(along, stay, back, pause) {
        const by = [along, stay, back].map(fround) as [number, number, number];
        for (let r = 0; r < rows; r++) {
          for (let lane = 0; lane < 4; lane++) {
            const sums = [0, 0];
            for (let e = starts[r]!; e < starts[r + 1]!; e++)
              sums[e & 1] = fround(sums[e & 1]! + fround(now[4 * tails[e]! + lane]! * weights[e]!));
            const at = 4 * r + lane;
            const moved = fround(by[0] * fround(sums[0]! + sums[1]!)) + fround(by[1] * now[at]!);
            next[at] = fround(moved) + fround(by[2] * before[at]!);
          }
          if (r % 1024 === 1023) await pause(r + 1);
        }
        [before, now, next] = [now, next, before];
      },
      close: () => {},
    };
  },

  openPicture(graph, { a, b }, first) {
    let now = new Float32Array(2 * graph.rows);
    let next = new Float32Array(2 * graph.rows);
    const pool = first === 0 ? graph.rows : first;
    const curve = { a: fround(a), b: fround(b) };
    return {
      positions: () => now,
      async epoch(step, pause) {
        next.set(now.subarray(0, 2 * first));
        for (let v = first; v < graph.rows; v++) {
          move(graph, curve, pool, step, v, now, next);
          if (v % 1024 === 1023) await pause(v + 1);
        }
        [now, next] = [next, now];
      },
      close: () => {},
    };
  },
};

type Three = [Float32Array, Float32Array, Float32Array];

/** By bisection, from `start` on. */
function sigmaOf(distances: Float32Array, rho: number, start: number, target: number): number {
  let [low, high, sigma] = [0, Infinity, start];
  for (let go = 0; go < TRIES; go++) {
    const rate = rateOf(sigma);
    const lanes = new Lanes();
    distances.forEach((d, j) => lanes.add(j, closeness(fround(d - rho), rate)));
    if (Math.abs(fround(lanes.sum - target)) < fround(1e-5)) break;
    if (lanes.sum > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? fround(sigma * 2) : fround(fround(low + high) * 0.5);
  }
  return sigma;
}

/**
 * Vertex v by one epoch (McInnes, Healy & Melville 2018, §4.2): the force of all its edges, and of as many pushes as they would draw, in one step
 * that is implicit in the pulls, so that none overshoots, and that goes on with a share of the last one.
 */
function move(
  { starts, tails, weights }: Graph,
  { a, b }: Curve,
  pool: number,
  { alpha: step, pushes, keep, seed }: Epoch,
  v: number,
  now: Float32Array,
  next: Float32Array,
): void {
  const alpha = fround(step);
  const [px, py] = [now[2 * v]!, now[2 * v + 1]!];
  const draw = fround(fround(fround(4 * a) * b) * alpha); // 2ab at both ends of an edge
  const [x, y, drawn, sum] = [new Lanes(), new Lanes(), new Lanes(), new Lanes()];
  for (let e = starts[v]!; e < starts[v + 1]!; e++) {
    const dx = fround(now[2 * tails[e]!]! - px);
    const dy = fround(now[2 * tails[e]! + 1]! - py);
    const { square, p, spread } = apart(dx, dy, a, b);
    const c = fround(fround(fround(draw * weights[e]!) * p) / fround(square * spread));
    sum.add(e, weights[e]!);
    drawn.add(e, c);
    x.add(e, fround(c * dx));
    y.add(e, fround(c * dy));
  }
  const wanted = fround(fround(pushes) * sum.sum);
  const fours = max(1, Math.ceil(fround(wanted * 0.25)));
  const [away, up] = [new Lanes(), new Lanes()];
  let bits = mixed(v, seed, 0) | 1;
  for (let i = 0; i < 4 * fours; i++) {
    if (i % 4 === 0) {
      bits ^= bits << 13;
      bits ^= bits >>> 17;
      bits ^= bits << 5;
    }
    const other = below(pool - 3, bits >>> 0) + (i % 4);
    const dx = fround(px - now[2 * other]!);
    const dy = fround(py - now[2 * other + 1]!);
    const { square, spread } = apart(dx, dy, a, b);
    const c = fround(fround(2 * b) / fround(fround(fround(0.001) + square) * spread));
    away.add(i, min(4, max(-4, fround(c * dx))));
    up.add(i, min(4, max(-4, fround(c * dy))));
  }
  const share = fround(fround(alpha * wanted) / (4 * fours));
  const damped = fround(1 / fround(1 + drawn.sum));
  const settle = (axis: number, from: number, pull: number, push: number) => {
    const at = 2 * v + axis; // `next` still holds where it was before
    const moved = fround(from + fround(fround(pull + fround(push * share)) * damped));
    next[at] = moved + fround(fround(keep) * fround(from - next[at]!));
  };
  settle(0, px, x.sum, away.sum);
  settle(1, py, y.sum, up.sum);
}

function apart(dx: number, dy: number, a: number, b: number) {
  const square = max(fround(fround(dx * dx) + fround(dy * dy)), fround(1e-12));
  const p = power(square, b);
  return { square, p, spread: fround(1 + fround(a * p)) };
}
