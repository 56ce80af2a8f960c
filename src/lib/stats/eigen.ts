import type { Steps } from '../steps.ts';

/** `values` descend; row i of `vectors` [n × n] is the unit vector of `values[i]`. */
export type Eigen = { readonly values: Float64Array; readonly vectors: Float64Array };

/** Up to this size Jacobi's rotations are as fast, and they are the more exact. */
const SMALL = 40;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix `a` [n × n], which is overwritten. Small ones by Jacobi's rotations (Golub & Van Loan
 * 2013, §8.5), others by Householder's reduction to three diagonals and implicit QL (Bowdler, Martin, Reinsch & Wilkinson 1968). Only
 * + − × ÷ √, so the same bytes everywhere. O(n³): 500 in about a second.
 */
export function* eigen(a: Float64Array, n: number): Steps<Eigen> {
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  let values: Float64Array;
  if (n <= SMALL) values = jacobi(a, n, vectors);
  else {
    const { diagonal, beside } = yield* tridiagonal(a, n, vectors);
    yield* turnAway(diagonal, beside, vectors);
    values = diagonal;
  }
  const order = [...values.keys()].sort((i, j) => values[j]! - values[i]! || i - j);
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => sorted.set(vectors.subarray(from * n, (from + 1) * n), to * n));
  return { values: Float64Array.from(order, (i) => values[i]!), vectors: sorted };
}

/** Only the eigenvalues, descending; `a` is overwritten. A third of the work. */
export function* eigenvalues(a: Float64Array, n: number): Steps<Float64Array> {
  const { diagonal, beside } = yield* tridiagonal(a, n, null);
  yield* turnAway(diagonal, beside, null);
  return diagonal.sort().reverse();
}

/** Rows of `vectors` become the eigenvectors. */
function jacobi(a: Float64Array, n: number, vectors: Float64Array): Float64Array {
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let all = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const square = a[i * n + j]! * a[i * n + j]!;
        all += square;
        if (i !== j) off += square;
      }
    if (off <= 1e-26 * all) break;
    for (let p = 0; p < n - 1; p++)
      for (let q = p + 1; q < n; q++) if (a[p * n + q] !== 0) rotate(a, n, vectors, p, q);
  }
  return Float64Array.from({ length: n }, (_, i) => a[i * n + i]!);
}

/** One rotation in the plane of p and q that makes a[p][q] zero. */
function rotate(a: Float64Array, n: number, vectors: Float64Array, p: number, q: number): void {
  const slope = (a[q * n + q]! - a[p * n + p]!) / (2 * a[p * n + q]!);
  const t = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.sqrt(slope * slope + 1));
  const cos = 1 / Math.sqrt(t * t + 1);
  const sin = t * cos;
  for (let r = 0; r < n; r++) {
    const [x, y] = [a[r * n + p]!, a[r * n + q]!];
    a[r * n + p] = cos * x - sin * y;
    a[r * n + q] = sin * x + cos * y;
  }
  turnRows(a, n, p, q, cos, sin);
  turnRows(vectors, n, p, q, cos, sin);
}

/** Rows p and q become cos · p − sin · q and sin · p + cos · q. */
function turnRows(
  a: Float64Array,
  n: number,
  p: number,
  q: number,
  cos: number,
  sin: number,
): void {
  for (let j = 0, i = p * n, k = q * n; j < n; j++, i++, k++) {
    const [x, y] = [a[i]!, a[k]!];
    a[i] = cos * x - sin * y;
    a[k] = sin * x + cos * y;
  }
}

type Three = { readonly diagonal: Float64Array; readonly beside: Float64Array };

/** Householder's reflections from the left column on; `vectors` (identity at first) gets their product, transposed. */
function* tridiagonal(a: Float64Array, n: number, vectors: Float64Array | null): Steps<Three> {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n); // beside[i] couples i and i + 1
  const factors = new Float64Array(n);
  const image = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k]!;
    if (k === n - 1) break;
    const mirror = a.subarray(k * n + k + 1, (k + 1) * n); // row k right of the diagonal becomes the mirror's normal
    let square = 0;
    for (const value of mirror) square += value * value;
    const length = Math.sqrt(square);
    const first = mirror[0]!;
    const side = first > 0 ? -length : length;
    beside[k] = side;
    if (length === 0 || k === n - 2) {
      beside[k] = first;
      continue;
    }
    mirror[0] = first - side;
    factors[k] = 1 / (square - first * side);
    reflect(a, n, k, mirror, factors[k]!, image);
    yield;
  }
  if (vectors)
    for (let k = n - 3; k >= 0; k--) {
      if (factors[k] === 0) continue;
      const mirror = a.subarray(k * n + k + 1, (k + 1) * n);
      for (let r = k + 1; r < n; r++) {
        const row = vectors.subarray(r * n + k + 1, (r + 1) * n);
        addTimes(row, mirror, -factors[k]! * dot(row, mirror));
      }
      yield;
    }
  return { diagonal, beside };
}

/** The part of `a` below and right of k seen in the mirror from both sides: A − v wᵀ − w vᵀ. */
function reflect(
  a: Float64Array,
  n: number,
  k: number,
  mirror: Float64Array,
  factor: number,
  image: Float64Array,
): void {
  const size = mirror.length;
  const row = (i: number) => a.subarray((k + 1 + i) * n + k + 1, (k + 2 + i) * n);
  for (let i = 0; i < size; i++) image[i] = factor * dot(row(i), mirror);
  const half = (factor / 2) * dot(mirror, image);
  for (let i = 0; i < size; i++) image[i]! -= half * mirror[i]!;
  for (let i = 0; i < size; i++) {
    const [v, w] = [mirror[i]!, image[i]!];
    const line = row(i);
    for (let j = 0; j < size; j++) line[j]! -= v * image[j]! + w * mirror[j]!;
  }
}

/** Implicit QL with Wilkinson's shift: `diagonal` becomes the eigenvalues, rows of `vectors` turn along. */
function* turnAway(d: Float64Array, e: Float64Array, vectors: Float64Array | null): Steps<void> {
  const n = d.length;
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, Math.abs(d[i]!) + Math.abs(e[i]!));
  const tiny = 2 ** -53 * most; // no more than rounding has already moved the matrix
  for (let low = 0; low < n; low++) {
    for (let round = 0; ; round++) {
      let high = low;
      while (high < n - 1 && Math.abs(e[high]!) > tiny) high++;
      if (high === low) break;
      if (round === 60) throw new RangeError('eigenvalues do not settle');
      chase(d, e, low, high, vectors);
      if ((round & 3) === 3) yield;
    }
    yield;
  }
}

/** One QL step on the unbroken stretch low … high: the bulge runs from its lower end up. */
function chase(
  d: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  vectors: Float64Array | null,
): void {
  const slope = (d[low + 1]! - d[low]!) / (2 * e[low]!);
  const root = Math.sqrt(slope * slope + 1);
  let g = d[high]! - d[low]! + e[low]! / (slope + (slope < 0 ? -root : root));
  let [sin, cos, shift] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const f = sin * e[i]!;
    const b = cos * e[i]!;
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1]! -= shift;
      e[high] = 0;
      return;
    }
    sin = f / r;
    cos = g / r;
    const rest = d[i + 1]! - shift;
    const turn = (d[i]! - rest) * sin + 2 * cos * b;
    shift = sin * turn;
    d[i + 1] = rest + shift;
    g = cos * turn - b;
    if (vectors) turnRows(vectors, d.length, i, i + 1, cos, sin);
  }
  d[low]! -= shift;
  e[low] = g;
  e[high] = 0;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addTimes(a: Float64Array, b: Float64Array, times: number): void {
  for (let i = 0; i < a.length; i++) a[i]! += times * b[i]!;
}
