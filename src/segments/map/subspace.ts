import { eigen } from '../../lib/stats/eigen.ts';
import { atOnce } from '../../lib/steps.ts';
import type { Pieces } from './pieces.ts';

/** Vectors that are looked for together: two that are wanted, and two that make them come out sooner. */
export const WIDTH = 4;

/** Takes the part along `roots` out of all vectors [rows × WIDTH], piece by piece. */
export function deflate(block: Float32Array, roots: Float64Array, { of, sizes }: Pieces): void {
  const along = new Float64Array(WIDTH * sizes.length);
  const lengths = new Float64Array(sizes.length);
  for (let r = 0, i = 0; r < of.length; r++) {
    const [p, root] = [of[r]!, roots[r]!];
    lengths[p]! += root * root;
    for (let w = 0; w < WIDTH; w++, i++) along[WIDTH * p + w]! += root * block[i]!;
  }
  for (let r = 0, i = 0; r < of.length; r++) {
    const p = of[r]!;
    for (let w = 0; w < WIDTH; w++, i++)
      block[i]! -= (roots[r]! * along[WIDTH * p + w]!) / lengths[p]!;
  }
}

/**
 * Of each piece the best values and vectors within its block (Rayleigh and Ritz): `image` is what the matrix makes of `block`. `values` [pieces][WIDTH],
 * greatest first; `turns` [pieces × WIDTH × WIDTH] makes the block into them, at right angles and of length 1, and into 0 where it has too few of its own.
 */
export function ritz(block: Float32Array, image: Float32Array, parts: Pieces) {
  const inner = products(block, block, parts);
  const outer = products(block, image, parts);
  const turns = new Float64Array(inner.length);
  const values = parts.sizes.map((_, p) => {
    const at = p * WIDTH * WIDTH;
    const square = (of: Float64Array) =>
      Array.from({ length: WIDTH }, (_, i) => of.slice(at + i * WIDTH, at + (i + 1) * WIDTH));
    const [own, turn] = solve(square(inner), square(outer));
    turn.forEach((row, i) => turns.set(row, at + i * WIDTH));
    return own;
  });
  return { values, turns };
}

/** Every row of the block times the turn of its piece. */
export function rotate(block: Float32Array, turns: Float64Array, { of }: Pieces): void {
  const row = new Float64Array(WIDTH);
  for (let r = 0, i = 0; r < of.length; r++, i += WIDTH) {
    const at = of[r]! * WIDTH * WIDTH;
    row.fill(0);
    for (let a = 0; a < WIDTH; a++)
      for (let b = 0; b < WIDTH; b++) row[b]! += block[i + a]! * turns[at + a * WIDTH + b]!;
    block.set(row, i);
  }
}

function products(a: Float32Array, b: Float32Array, { of, sizes }: Pieces): Float64Array {
  const out = new Float64Array(WIDTH * WIDTH * sizes.length);
  for (let r = 0, row = 0; r < of.length; r++, row += WIDTH) {
    const at = of[r]! * WIDTH * WIDTH;
    for (let i = 0; i < WIDTH; i++)
      for (let j = 0; j < WIDTH; j++) out[at + i * WIDTH + j]! += a[row + i]! * b[row + j]!;
  }
  return out;
}

type Square = Float64Array[];

/** Values and vectors (columns) with outer · v = value · inner · v, where inner lets them be told apart. */
function solve(inner: Square, outer: Square): [Float64Array, number[][]] {
  const lengths = inner.map((row, i) => Math.sqrt(row[i]!));
  const unit = (of: Square) =>
    of.map((row, i) =>
      row.map((value, j) =>
        lengths[i]! > 0 && lengths[j]! > 0 ? value / (lengths[i]! * lengths[j]!) : 0,
      ),
    );
  const basis = eigenOf(unit(inner));
  const scales = basis.values.map((value) =>
    value > 1e-9 * basis.values[0]! ? 1 / Math.sqrt(value) : 0,
  );
  const white = basis.columns.map((row) => row.map((value, j) => value * scales[j]!)); // columns at right angles
  const inside = times(transposed(white), times(unit(outer), white));
  const even = inside.map((row, i) => row.map((value, j) => (value + inside[j]![i]!) / 2));
  const { values, columns } = eigenOf(even);
  const turn = times(white, columns).map((row, i) =>
    row.map((value) => (lengths[i]! > 0 ? value / lengths[i]! : 0)),
  );
  return [values, turn];
}

/** Values descending, and their vectors in columns. */
function eigenOf(square: Rows): { values: Float64Array; columns: number[][] } {
  const flat = Float64Array.from(square.flatMap((row) => Array.from(row)));
  const { values, vectors } = atOnce(eigen(flat, WIDTH));
  const rows = Array.from(values, (_, i) => vectors.subarray(i * WIDTH, (i + 1) * WIDTH));
  return { values, columns: transposed(rows) };
}

type Rows = readonly ArrayLike<number>[];

const transposed = (of: Rows): number[][] =>
  Array.from(of, (_, j) => Array.from(of, (row) => row[j]!));

const times = (a: Rows, b: Rows): number[][] =>
  a.map((row) =>
    Array.from({ length: b.length }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < b.length; i++) sum += row[i]! * b[i]![j]!;
      return sum;
    }),
  );
