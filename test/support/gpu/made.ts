import type { Pause } from '../../../src/segments/kernels/knn.ts';
import type { Graph } from '../../../src/segments/kernels/layout.ts';
import type { Kernels } from '../../../src/segments/kernels/types.ts';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';

export type Kind = 'webgpu' | 'webgl';
/** What a GPU test asks for: made-up rows of a shape. */
export type Case = {
  readonly kind: Kind;
  readonly rows: number;
  readonly cols: number;
  readonly k: number;
  /** `whole`: small whole numbers, so that many rows lie exactly between means; `equal`: all rows the same. */
  readonly of?: 'noise' | 'whole' | 'equal';
  readonly times?: number;
};

export function made(
  { rows, cols, of = 'noise', times = 1 }: Omit<Case, 'kind' | 'k'>,
  seed = 5,
): Matrix {
  const next = random(seed);
  const one = {
    noise: () => next() + next() - 1,
    whole: () => Math.floor(next() * 5) - 2,
    equal: () => 1,
  }[of];
  return matrix(
    rows,
    cols,
    Float32Array.from({ length: rows * cols }, () => times * one()),
  );
}

export const differing = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
};

export const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
};

export type SearchCase = Case & {
  /** Other points than the rows; the rows themselves, which are no answer to themselves, where it is left out. */
  readonly questions?: number;
};

/** Ids and squares of the nearest, as one list. */
export async function neighbours(form: Kernels, it: SearchCase, pause: Pause): Promise<number[]> {
  const x = made(it);
  const asked = it.questions === undefined ? x : made({ ...it, rows: it.questions }, 11);
  const own = Int32Array.from({ length: asked.rows }, (_, q) => (asked === x ? q : -1));
  const search = form.openSearch(x, asked, own, it.k);
  try {
    await search.nearest(pause);
    const ranks = await search.ranks(async () => {});
    return [...search.ids, ...search.squares, ...ranks];
  } finally {
    search.close();
  }
}

export type PictureCase = {
  readonly kind: Kind;
  readonly rows: number;
  readonly k: number;
  readonly epochs: number;
  readonly seed?: number;
  readonly first?: number;
};

export const startOf = ({ rows }: { readonly rows: number }): Float32Array =>
  made({ rows, cols: 2, times: 5 }, 3).data;

/** A made-up graph whose rows have 0 to k edges, laid out for some epochs. */
export async function picture(
  form: Kernels,
  { rows, k, epochs, seed = 1, first = 0 }: PictureCase,
  between: (epoch: number) => Promise<void> = async () => {},
): Promise<Float32Array> {
  const next = random(8);
  const lists = Array.from({ length: rows }, () =>
    Array.from({ length: Math.floor(next() * (k + 1)) }, () => ({
      tail: Math.floor(next() * rows),
      weight: next(),
    })),
  );
  const starts = new Int32Array(rows + 1);
  lists.forEach((list, r) => (starts[r + 1] = starts[r]! + 4 * Math.ceil(list.length / 4)));
  const graph: Graph = {
    ...{ rows, starts },
    tails: new Int32Array(starts[rows]!),
    weights: new Float32Array(starts[rows]!),
  };
  lists.forEach((list, r) =>
    list.forEach(({ tail, weight }, i) => {
      graph.tails[starts[r]! + i] = tail;
      graph.weights[starts[r]! + i] = weight;
    }),
  );
  const drawn = form.layout.openPicture(graph, { a: 1.577, b: 0.895 }, first);
  try {
    drawn.positions().set(startOf({ rows }));
    for (let epoch = 0; epoch < epochs; epoch++) {
      await between(epoch);
      const alpha = 1 - epoch / epochs;
      await drawn.epoch(
        { alpha, pushes: 5, keep: epoch === 0 ? 0 : 0.5, seed: seed * 1000 + epoch },
        async () => {},
      );
    }
    return drawn.positions().slice();
  } finally {
    drawn.close();
  }
}
