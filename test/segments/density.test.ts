import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { orderOf } from '../../src/lib/stats/order.ts';
import { condense } from '../../src/segments/density/condensed-tree.ts';
import { outlierScore, pickGroups } from '../../src/segments/density/flat.ts';
import { growTree } from '../../src/segments/density/grow.ts';
import { linkage } from '../../src/segments/density/linkage.ts';
import { spanningTree } from '../../src/segments/density/spanning-tree.ts';
import { openTree } from '../../src/segments/kernels/plain-tree.ts';
import type { OpenTree } from '../../src/segments/kernels/tree.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { openTreeIn } from '../../workers/kernels/tree.ts';
import { noise, planted } from '../support/blobs.ts';

async function spanned(x: Matrix, neighbours: number, open: OpenTree) {
  const tree = await growTree(open, x, neighbours, unattended);
  try {
    return await spanningTree(tree, unattended);
  } finally {
    tree.close();
  }
}

/** Lengths of the shortest tree by mutual reachability, from all pairs (Prim). */
function byPairs(x: Matrix, neighbours: number): number[] {
  const square = (a: number, b: number) => {
    let sum = 0;
    for (let c = 0; c < x.cols; c++) {
      const d = x.data[a * x.cols + c]! - x.data[b * x.cols + c]!;
      sum += d * d;
    }
    return sum;
  };
  const rows = [...Array(x.rows).keys()];
  const cores = rows.map(
    (a) =>
      rows
        .filter((b) => b !== a)
        .map((b) => square(a, b))
        .sort((p, q) => p - q)[neighbours - 1]!,
  );
  const nearest = rows.map(() => Infinity);
  const left = new Set(rows.slice(1));
  const lengths: number[] = [];
  for (let at = 0; left.size > 0;) {
    for (const r of left)
      nearest[r] = Math.min(nearest[r]!, Math.max(square(at, r), cores[at]!, cores[r]!));
    at = [...left].reduce((a, b) => (nearest[b]! < nearest[a]! ? b : a));
    left.delete(at);
    lengths.push(Math.sqrt(nearest[at]!));
  }
  return lengths.sort((a, b) => a - b);
}

const alike = (rows: number, kinds: number): Matrix =>
  matrix(
    rows,
    2,
    Float32Array.from({ length: 2 * rows }, (_, i) => (i >> 1) % kinds),
  );
const times = (x: Matrix, by: number) =>
  matrix(
    x.rows,
    x.cols,
    x.data.map((v) => v * by),
  );

const cases: Readonly<Record<string, readonly [Matrix, number]>> = {
  'two rows': [noise(2, 2), 1],
  'clouds, distances alone': [planted({ rows: 700, cols: 3, groups: 4, apart: 7 }, 1).x, 1],
  'clouds in five columns': [planted({ rows: 900, cols: 5, groups: 5, apart: 9 }, 2).x, 10],
  'nothing but noise': [noise(800, 2, 3), 6],
  'thirty columns': [noise(300, 30, 4), 5],
  'rows of seven kinds': [alike(600, 7), 5],
  'rows of three hundred kinds': [alike(900, 300), 5],
  'all alike': [alike(300, 1), 3],
  'values of 1e30': [times(noise(400, 3, 5), 1e30), 4],
  'as many neighbours as others': [noise(60, 2, 6), 59],
};

describe('the spanning tree', () => {
  it.each(Object.keys(cases))('is as short as the one made from all pairs: %s', async (name) => {
    const [x, neighbours] = cases[name]!;
    const plain = await spanned(x, neighbours, openTree);
    expect([...plain.lengths]).toEqual(byPairs(x, neighbours));
    expect(await spanned(x, neighbours, openTreeIn(solo))).toEqual(plain);
    expect(new Set(linkage(plain).sizes).has(x.rows)).toBe(true); // it reaches everyone
  });

  it('is as short on thousands of rows alike', async () => {
    const x = alike(20_000, 4);
    const { lengths } = await spanned(x, 5, openTreeIn(solo));
    expect(lengths.filter((length) => length > 0)).toHaveLength(3);
  });
});

describe('orderOf', () => {
  it('sorts as a stable sort does, from 0 to Infinity', () => {
    const next = random(3);
    const values = Float64Array.from({ length: 5000 }, (_, i) =>
      i % 7 === 0 ? 0 : i % 11 === 0 ? Infinity : Math.floor(next() * 900) * 10 ** (i % 60),
    );
    const expected = [...values.keys()].sort((a, b) =>
      values[a] === values[b] ? a - b : values[a]! - values[b]!,
    );
    expect([...orderOf(values)]).toEqual(expected);
    expect(orderOf(new Float64Array())).toHaveLength(0);
  });
});

/** Rows on a line, joined at the gaps between them. */
const line = (...at: number[]) => {
  const edges = at.slice(1).map((x, i) => [i, i + 1, x - at[i]!] as const);
  edges.sort((p, q) => p[2] - q[2]);
  return linkage({
    a: Int32Array.from(edges, ([a]) => a),
    b: Int32Array.from(edges, ([, b]) => b),
    lengths: Float64Array.from(edges, ([, , length]) => length),
  });
};

describe('the condensed tree', () => {
  it('has a branch for every part of the smallest size, and says when each row leaves', () => {
    const tree = condense(line(0, 1, 3, 10, 11, 13, 15, 40), 3);
    expect([...tree.parents]).toEqual([-1, 0, 0]);
    expect([...tree.births]).toEqual([0, 1 / 7, 1 / 7]);
    expect([...tree.sizes].sort()).toEqual([3, 4, 8]);
    expect(tree.branchOf[7]).toBe(0);
    expect(tree.lambdas[7]).toBe(1 / 25);
    expect([...tree.lambdas.subarray(0, 3)]).toEqual([1 / 2, 1 / 2, 1 / 2]); // fewer than three are left: all leave
    const small = tree.branchOf[0]!;
    expect(tree.stabilities[small]).toBeCloseTo(3 * (1 / 2 - 1 / 7), 12);
    expect(tree.deaths[small]).toBe(1 / 2);
  });

  it('parts what one height held together all at once, in whatever order it was joined', () => {
    const orders = [
      [
        [0, 1],
        [2, 3],
        [4, 5],
        [1, 6],
        [6, 2],
        [3, 4],
      ],
      [
        [0, 1],
        [2, 3],
        [4, 5],
        [3, 4],
        [6, 2],
        [1, 6],
      ],
    ];
    const heights = Float64Array.of(1, 1, 1, 5, 5, 5);
    const [first, second] = orders.map((edges) =>
      condense(
        linkage({
          a: Int32Array.from(edges, ([a]) => a!),
          b: Int32Array.from(edges, ([, b]) => b!),
          lengths: heights,
        }),
        2,
      ),
    );
    expect([...first!.sizes]).toEqual([7, 2, 2, 2]);
    expect(first!.branchOf[6]).toBe(0); // held two branches together and is of neither
    expect([...second!.sizes]).toEqual([...first!.sizes]);
    expect([...second!.lambdas]).toEqual([...first!.lambdas]);
  });

  it('takes rows that coincide for half as far apart as the closest that do not', () => {
    const tree = condense(line(0, 0, 0, 4, 4, 4), 3);
    expect([...tree.lambdas]).toEqual([1 / 2, 1 / 2, 1 / 2, 1 / 2, 1 / 2, 1 / 2]);
    expect([...condense(line(1, 1, 1), 2).lambdas]).toEqual([1, 1, 1]);
  });

  it('prefers a branch to its parts where it is stabler, and the leaves where they are asked for', () => {
    const joins = line(0, 1, 2, 3.2, 4.2, 5.2, 30, 31, 32);
    const tree = condense(joins, 3);
    expect(tree.parents).toHaveLength(5);
    expect(pickGroups(tree, 'excess-of-mass').branches).toHaveLength(2);
    expect(pickGroups(tree, 'leaves').branches).toHaveLength(3);
  });

  it('scores how far below the densest of its branch a row leaves', () => {
    const tree = condense(line(0, 1, 2, 9, 30), 2);
    const score = outlierScore(tree);
    const scores = [...tree.branchOf].map((branch, r) => score(branch, tree.lambdas[r]!));
    expect(scores[0]).toBe(0);
    expect(scores[3]).toBeCloseTo(1 - 1 / 7, 12);
    expect(scores[4]).toBeCloseTo(1 - 1 / 21, 12);
  });
});
