import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { growTree, inRuns } from '../../src/segments/density/grow.ts';
import { openTree } from '../../src/segments/kernels/plain-tree.ts';
import type { OpenTree, Tree } from '../../src/segments/kernels/tree.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { openTreeIn } from '../../workers/kernels/tree.ts';
import { noise, planted } from '../support/blobs.ts';

const forms: Readonly<Record<string, OpenTree>> = {
  'wasm SIMD': openTreeIn(solo, false),
  'wasm relaxed SIMD (where the engine has it)': openTreeIn(solo, true),
};

const all = (tree: Tree, verb: (from: number, many: number) => number) =>
  inRuns(tree, verb, unattended, '');

/** Everything that a form says of some rows. */
async function said(open: OpenTree, x: Matrix, neighbours: number, radius: number) {
  const tree = await growTree(open, x, neighbours, unattended);
  try {
    await all(tree, (from, many) => tree.nearest(from, many));
    const filled = [...tree.rowOf.keys()].filter((slot) => tree.rowOf[slot]! >= 0);
    const near = filled.map((s) => [...tree.near.subarray(s * neighbours, (s + 1) * neighbours)]);
    const far = filled.map((s) => tree.far[s]!);
    const asked = tree.nearestTo(matrix(1, x.cols, x.data.slice(0, x.cols)));
    const answers = [asked.many, ...asked.ids.subarray(0, neighbours), asked.far[0]];
    await all(tree, (from, many) => tree.count(from, many, radius * radius, neighbours));
    const cores = [...tree.group];
    await all(tree, (from, many) => (tree.tag(), tree.join(from, many, radius * radius)));
    tree.tag();
    const roots = filled.map((s) => rootOf(tree, s));
    tree.best.set(tree.rowOf);
    await all(tree, (from, many) => tree.border(from, many, radius * radius));
    const border = filled.map((s) => (tree.group[s]! < 0 ? tree.who[s] : 0));
    const rounds = await mergedOnce(tree, filled);
    return { rowOf: [...tree.rowOf], near, far, answers, cores, roots, border, rounds };
  } finally {
    tree.close();
  }
}

const rootOf = ({ group }: Tree, slot: number): number => {
  while (slot >= 0 && group[slot] !== slot) slot = group[slot]!;
  return slot;
};

/** What is nearest of another group, where the groups are halves of the rows by number, then quarters. */
async function mergedOnce(tree: Tree, filled: readonly number[]) {
  const out: number[][] = [];
  tree.low.set(tree.far);
  tree.who.fill(-1);
  for (const parts of [8, 2]) {
    const first = filled.map((s) => ((tree.rowOf[s]! * parts) / tree.rows) | 0);
    filled.forEach((s, i) => (tree.group[s] = filled[first.indexOf(first[i]!)]!));
    tree.bound.fill(Infinity);
    await all(tree, (from, many) => tree.propose(from, many));
    tree.tag();
    await all(tree, (from, many) => tree.seek(from, many));
    out.push(filled.map((s) => tree.bound[tree.group[s]!]!));
    for (const root of new Set(filled.map((s) => tree.group[s]!))) {
      const winner = filled.find(
        (s) => tree.group[s] === root && tree.best[s]! <= tree.bound[root]!,
      );
      out.push([root, winner ?? -1, winner === undefined ? -1 : tree.who[winner]!]);
    }
  }
  return out;
}

const scaled = (x: Matrix, by: number): Matrix =>
  matrix(
    x.rows,
    x.cols,
    x.data.map((v) => v * by),
  );
const repeated = (rows: number, cols: number, kinds: number): Matrix =>
  matrix(
    rows,
    cols,
    Float32Array.from({ length: rows * cols }, (_, i) => ((i / cols) | 0) % kinds),
  );

const cases: Readonly<Record<string, { x: Matrix; k: number; radius: number }>> = {
  'one row': { x: noise(1, 3, 1), k: 1, radius: 1 },
  'two rows': { x: noise(2, 1, 1), k: 1, radius: 1 },
  'one column': { x: noise(300, 1, 2), k: 5, radius: 0.01 },
  'a leaf and one': { x: noise(33, 2, 3), k: 4, radius: 0.2 },
  'clouds in five columns': {
    x: planted({ rows: 1500, cols: 5, groups: 4, apart: 6 }, 5).x,
    k: 10,
    radius: 1.5,
  },
  'thirty columns': { x: noise(500, 30, 6), k: 6, radius: 1.6 },
  'five hundred columns': { x: noise(90, 500, 7), k: 3, radius: 9 },
  'rows alike': { x: repeated(700, 3, 5), k: 8, radius: 0.5 },
  'all alike': { x: repeated(400, 2, 1), k: 8, radius: 0.5 },
  'values of 1e30': { x: scaled(noise(400, 3, 8), 1e30), k: 5, radius: 1e29 },
  'values of 1e-30': { x: scaled(noise(400, 3, 8), 1e-30), k: 5, radius: 1e-31 },
};

describe.each(Object.keys(forms))('the k-d tree in %s', (form) => {
  it.each(Object.keys(cases))('says what its plain form says: %s', async (name) => {
    const { x, k, radius } = cases[name]!;
    expect(await said(forms[form]!, x, k, radius)).toEqual(await said(openTree, x, k, radius));
  });
});

describe('the k-d tree', () => {
  it.each(Object.keys(cases))(
    'finds the neighbours that looking at every pair finds: %s',
    async (name) => {
      const { x, k, radius } = cases[name]!;
      const square = (a: number, b: number) => {
        let sum = 0;
        for (let c = 0; c < x.cols; c++) {
          const d = x.data[a * x.cols + c]! - x.data[b * x.cols + c]!;
          sum += d * d;
        }
        return sum;
      };
      const tree = await growTree(openTree, x, k, unattended);
      await all(tree, (from, many) => tree.nearest(from, many));
      await all(tree, (from, many) => tree.count(from, many, radius * radius, k));
      expect([...tree.rowOf].filter((row) => row >= 0).sort((a, b) => a - b)).toEqual([
        ...Array(x.rows).keys(),
      ]);
      tree.rowOf.forEach((row, slot) => {
        if (row < 0) return;
        const squares = Array.from({ length: x.rows }, (_, r) => square(row, r));
        const others = squares
          .filter((_, r) => r !== row)
          .sort((a, b) => a - b)
          .slice(0, k);
        const near = [...tree.near.subarray(slot * k, (slot + 1) * k)].filter((s) => s >= 0);
        expect(near.map((s) => squares[tree.rowOf[s]!]!)).toEqual(others);
        expect(tree.far[slot]).toBe(others[k - 1] ?? Infinity);
        expect(tree.group[slot]! >= 0).toBe(
          squares.filter((d) => d <= radius * radius).length >= k,
        );
      });
    },
  );

  it('refuses what is no number, by its column', async () => {
    const x = noise(10, 3, 1);
    x.data[7] = NaN;
    await expect(growTree(openTree, x, 1, unattended)).rejects.toThrow('column 1');
  });
});
