import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { openDescent, type OpenDescent } from '../../src/segments/kernels/descent.ts';
import { openSearch, type OpenSearch } from '../../src/segments/kernels/knn.ts';
import { layoutKernel, type Graph, type LayoutKernel } from '../../src/segments/kernels/layout.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { openDescentIn } from '../../workers/kernels/descent.ts';
import { openSearchIn } from '../../workers/kernels/knn.ts';
import { layoutKernelIn } from '../../workers/kernels/layout.ts';
import { noise } from '../support/blobs.ts';

const pause = async () => {};
const upTo = (rows: number) => Int32Array.from({ length: rows }, (_, r) => r);

/** Few values, so that many distances are equal. */
function coarse(rows: number, cols: number): Matrix {
  const x = noise(rows, cols, 4);
  return { ...x, data: x.data.map((value) => Math.floor(3 * value)) };
}

const shapes: readonly (readonly [string, Matrix, number])[] = [
  ['one row', noise(1, 3), 4],
  ['two rows', noise(2, 1), 1],
  ['rows that fill no block', noise(37, 5), 14],
  ['more neighbours than rows', noise(20, 2), 64],
  ['33 columns', noise(333, 33), 15],
  ['no column', matrix(9, 0), 3],
  ['equal rows', matrix(40, 3), 5],
  ['many equal distances', coarse(300, 3), 10],
];

describe('the search kernel', () => {
  it.each(shapes)('finds and ranks as the plain form does: %s', async (_, x, k) => {
    const others = noise(Math.max(1, x.rows - 3), x.cols, 9);
    const ask = async (open: OpenSearch, questions: Matrix, own: Int32Array) => {
      const search = open(x, questions, own, k);
      await search.nearest(pause);
      const found = [[...search.ids], [...search.squares]];
      const ranks = [...(await search.ranks(pause))];
      search.ids.fill(x.rows - 1);
      const last = [...(await search.ranks(pause))];
      search.close();
      return { found, ranks, last };
    };
    for (const [questions, own] of [
      [x, upTo(x.rows)],
      [others, new Int32Array(others.rows).fill(-1)],
    ] as const)
      expect(await ask(openSearchIn(solo), questions, own)).toEqual(
        await ask(openSearch, questions, own),
      );
  });
});

describe('the descent kernel', () => {
  it.each([
    ['a leaf and a bit', noise(70, 5), 14],
    ['16 columns', noise(1600, 16), 14],
    ['one column', noise(900, 1), 5],
    ['64 neighbours', noise(400, 3), 64],
    ['many equal distances', coarse(700, 4), 8],
  ] as const)('improves lists as the plain form does: %s', async (_, x, k) => {
    const go = async (open: OpenDescent) => {
      const descent = open(x, k, 3);
      const seen: unknown[] = [];
      const look = (changed: number) => {
        const { ids, squares } = descent.lists();
        seen.push({ changed, ids: [...ids], squares: [...squares] });
      };
      await descent.grow(0, 3, pause);
      look(0);
      for (let round = 0; round < 3; round++) look(await descent.explore(pause));
      descent.close();
      return seen;
    };
    expect(await go(openDescentIn(solo))).toEqual(await go(openDescent));
  });
});

/** A ring with chords. */
function ring(rows: number): Graph {
  const next = random(8);
  const tails = new Int32Array(8 * rows);
  const weights = new Float32Array(8 * rows);
  const starts = Int32Array.from({ length: rows + 1 }, (_, r) => 8 * r);
  for (let r = 0; r < rows; r++)
    for (let j = 0; j < 6; j++) {
      tails[8 * r + j] = j < 2 ? (r + 2 * j - 1 + rows) % rows : Math.floor(next() * rows);
      weights[8 * r + j] = next();
    }
  return { rows, starts, tails, weights };
}

describe('the layout kernel', () => {
  it.each([
    [1, 1],
    [900, 14],
    [50, 64],
  ])('weighs the neighbours of %i rows as the plain form does', async (rows, k) => {
    const next = random(2);
    const distances = Float32Array.from({ length: rows * k }, (_, i) => (i % k) * next());
    distances.fill(0, 0, k); // a row with all others in its place
    for (let r = 0; r < rows; r++) distances.subarray(r * k, (r + 1) * k).sort();
    const go = ({ smooth }: LayoutKernel) => smooth(distances, k, 0.7, pause);
    expect(await go(layoutKernelIn(solo))).toEqual(await go(layoutKernel));
  });

  it('filters as the plain form does', async () => {
    const go = async ({ openFilter }: LayoutKernel) => {
      const filter = openFilter(ring(700));
      const next = random(3);
      filter.block().forEach((_, i, all) => (all[i] = next() - 0.5));
      for (let step = 0; step < 4; step++) await filter.step(0.3, -0.2, step / 3, pause);
      const end = [...filter.block()];
      filter.close();
      return end;
    };
    expect(await go(layoutKernelIn(solo))).toEqual(await go(layoutKernel));
  });

  it.each([0, 300])('moves vertices from %i on as the plain form does', async (first) => {
    const go = async ({ openPicture }: LayoutKernel) => {
      const picture = openPicture(ring(1100), { a: 1.577, b: 0.8951 }, first);
      const next = random(3);
      picture.positions().forEach((_, i, all) => (all[i] = 10 * next()));
      for (let seed = 0; seed < 6; seed++)
        await picture.epoch({ alpha: 1 - seed / 6, pushes: 5, keep: seed / 10, seed }, pause);
      const end = [...picture.positions()];
      picture.close();
      return end;
    };
    const end = await go(layoutKernelIn(solo));
    expect(end).toEqual(await go(layoutKernel));
    expect(end.every(Number.isFinite)).toBe(true);
  });
});
