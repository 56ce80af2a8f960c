import { random } from '../../lib/random.ts';
import type { Steps } from '../../lib/steps.ts';
import type { Graph } from '../kernels/layout.ts';

/** A place for each row, every order equally likely (Fisher & Yates). */
export function shuffled(rows: number, seed: number): Int32Array {
  const next = random(seed);
  const places = Int32Array.from({ length: rows }, (_, r) => r);
  for (let r = rows - 1; r > 0; r--) {
    const other = Math.floor(next() * (r + 1));
    [places[r], places[other]] = [places[other]!, places[r]!];
  }
  return places;
}

/** The same graph with each row at its place. */
export function* reordered(
  { rows, starts, tails, weights }: Graph,
  places: Int32Array,
): Steps<Graph> {
  const rowAt = new Int32Array(rows);
  places.forEach((place, r) => (rowAt[place] = r));
  const out = {
    rows,
    starts: new Int32Array(rows + 1),
    tails: new Int32Array(tails.length),
    weights: new Float32Array(tails.length),
  };
  let top = 0;
  for (let place = 0; place < rows; place++) {
    const r = rowAt[place]!;
    for (let e = starts[r]!; e < starts[r + 1]!; e++, top++) {
      out.tails[top] = places[tails[e]!]!;
      out.weights[top] = weights[e]!;
    }
    out.starts[place + 1] = top;
    if ((place & 0xffff) === 0xffff) yield;
  }
  return out;
}
