import { exp, log1p } from '../../lib/stats/log.ts';
import type { Curve } from '../kernels/layout.ts';

const POINTS = 300;

/**
 * The curve 1 / (1 + a · d^2b) nearest to 1 up to `minDist` and e^−(d − minDist) / spread beyond (McInnes, Healy & Melville 2018, §4.1): least squares at 300
 * points from 0 to 3 · spread, by Levenberg and Marquardt's steps.
 */
export function fitCurve(minDist: number, spread: number): Curve {
  if (!(minDist >= 0 && spread > 0 && minDist <= spread))
    throw new RangeError(`a least distance of ${minDist} does not fit a spread of ${spread}`);
  const xs = Array.from({ length: POINTS }, (_, i) => (3 * spread * i) / (POINTS - 1));
  const ys = xs.map((x) => (x < minDist ? 1 : exp((minDist - x) / spread)));
  let [a, b, damping] = [1, 1, 1e-3];
  let now = fitOf(xs, ys, a, b);
  for (let go = 0; go < 200 && damping < 1e12; go++) {
    const { aa, ab, bb, ar, br } = now;
    const [da, db] = [aa * (1 + damping), bb * (1 + damping)];
    const determinant = da * db - ab * ab;
    const stepA = (db * ar - ab * br) / determinant;
    const stepB = (da * br - ab * ar) / determinant;
    const next = fitOf(xs, ys, a + stepA, b + stepB);
    if (a + stepA > 0 && b + stepB > 0 && next.loss <= now.loss) {
      const isDone = Math.abs(stepA) < 1e-12 * a && Math.abs(stepB) < 1e-12 * b;
      [a, b, now, damping] = [a + stepA, b + stepB, next, damping / 10];
      if (isDone) break;
    } else damping *= 10;
  }
  return { a, b };
}

/** Loss of the curve, and the sums of its derivatives that a step needs. */
function fitOf(xs: readonly number[], ys: readonly number[], a: number, b: number) {
  let [loss, aa, ab, bb, ar, br] = [0, 0, 0, 0, 0, 0];
  xs.forEach((x, i) => {
    if (x === 0) return; // always 1
    const log = log1p(x - 1);
    const power = exp(2 * b * log);
    const y = 1 / (1 + a * power);
    const rest = ys[i]! - y;
    const byA = -y * y * power;
    const byB = 2 * a * log * byA;
    loss += rest * rest;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ar += byA * rest;
    br += byB * rest;
  });
  return { loss, aa, ab, bb, ar, br };
}
