import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { atOnce } from '../../src/lib/steps.ts';
import { plainKernels } from '../../src/segments/kernels/types.ts';
import { fitCurve } from '../../src/segments/map/curve.ts';
import { distinct } from '../../src/segments/map/distinct.ts';
import { fuzzyGraph } from '../../src/segments/map/fuzzy.ts';
import { neighbours } from '../../src/segments/map/neighbours.ts';
import { layoutQualities } from '../../src/segments/map/quality.ts';
import { spectral } from '../../src/segments/map/spectral.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { kernelsOn } from '../../workers/kernels/index.ts';
import { noise } from '../support/blobs.ts';

const golden = JSON.parse(
  readFileSync(new URL('../golden/projection.json', import.meta.url), 'utf8'),
) as {
  x: number[][];
  sigmas: number[];
  rhos: number[];
  edges: [number, number, number][];
  curves: [number, number, number, number][];
  pictures: { at: number[][]; trustworthiness: [number, number][] }[];
};
const x = matrix(golden.x.length, 4, Float32Array.from(golden.x.flat()));
const wasm = kernelsOn(solo);

describe('the parts of UMAP', () => {
  it.each(golden.curves)(
    'fit the curve of umap-learn: least distance %f, spread %f',
    (minDist, spread, a, b) => {
      const found = fitCurve(minDist, spread);
      expect(found.a).toBeCloseTo(a, 5);
      expect(found.b).toBeCloseTo(b, 5);
    },
  );

  it('weigh neighbours as umap-learn does', async () => {
    const found = await neighbours(x, { k: 14, seed: 1 });
    const { smooth } = plainKernels.layout;
    const { rhos, sigmas } = await smooth(found.distances, 14, 1, async () => {});
    golden.rhos.forEach((rho, r) => expect(rhos[r]).toBeCloseTo(rho, 4));
    golden.sigmas.forEach((sigma, r) => expect(sigmas[r]! / sigma).toBeCloseTo(1, 3));
    const graph = await fuzzyGraph(found, Infinity, plainKernels.layout, unattended);
    const edges = new Map<string, number>();
    for (let r = 0; r < x.rows; r++)
      for (let e = graph.starts[r]!; e < graph.starts[r + 1]!; e++)
        if (graph.weights[e]! > 0) edges.set(`${r} ${graph.tails[e]!}`, graph.weights[e]!);
    for (const [i, j, weight] of golden.edges) {
      expect(edges.get(`${i} ${j}`) ?? 0).toBeCloseTo(weight, 3);
      expect(edges.get(`${j} ${i}`)).toBe(edges.get(`${i} ${j}`));
    }
    expect([...edges.values()].filter((weight) => weight > 1e-4).length).toBe(
      2 * golden.edges.filter(([, , weight]) => weight > 1e-4).length,
    );
  });

  it('begin on the waves of the graph: a chain lies in its order, pieces each by themselves', async () => {
    const rows = 120;
    const starts = Int32Array.from({ length: rows + 1 }, (_, r) => 4 * r);
    const tails = new Int32Array(4 * rows);
    const weights = new Float32Array(4 * rows);
    for (let r = 0; r < rows; r++)
      [r - 1, r + 1].forEach((other, j) => {
        if (other < 0 || other >= rows || (r < 40 && other >= 40) || (r >= 40 && other < 40))
          return;
        tails[4 * r + j] = other;
        weights[4 * r + j] = 1;
      });
    const graph = { rows, starts, tails, weights };
    const start = noise(rows, 2, 9).data;
    const found = await spectral(graph, start, 1, plainKernels.layout, unattended);
    expect(found.sizes).toEqual([40, 80]);
    for (const [from, to] of [
      [0, 40],
      [40, 120],
    ] as const) {
      const along = [...found.positions.filter((_, i) => i % 2 === 0)].slice(from, to);
      const sign = Math.sign(along.at(-1)! - along[0]!);
      const right = along.slice(1).filter((at, i) => sign * (at - along[i]!) > 0).length;
      expect(right).toBeGreaterThanOrEqual(0.9 * (along.length - 1)); // it is only a start
    }
  });

  it('take equal rows as one', () => {
    const {
      of,
      first,
      x: each,
    } = atOnce(distinct(matrix(5, 2, Float32Array.of(1, 2, 3, 4, 1, 2, -0, 0, 0, 0))));
    expect([...of]).toEqual([0, 1, 0, 2, 2]);
    expect(first).toEqual([0, 1, 3]);
    expect([...each.data]).toEqual([1, 2, 3, 4, -0, 0]);
  });
});

describe('the quality of a picture', () => {
  it('is the trustworthiness that scikit-learn gives', async () => {
    const pictures = golden.pictures.map(({ at }) => Float32Array.from(at.flat()));
    const found = await layoutQualities(x, pictures, 1);
    golden.pictures.forEach(({ trustworthiness }, p) => {
      const expected = trustworthiness.find(([k]) => k === 15)![1];
      expect(found[p]!.trustworthiness.value).toBeCloseTo(expected, 6);
      expect(found[p]!.rows).toBe(180);
    });
  });

  it('is 1 for a picture of the numbers themselves, and what chance gives for any picture', async () => {
    const flat = noise(3000, 2);
    const [same, chance] = await layoutQualities(
      flat,
      [flat.data, noise(3000, 2, 8).data],
      1,
      unattended,
      wasm,
    );
    expect(same!.trustworthiness).toEqual({ value: 1, low: 1, high: 1 });
    expect(same!.recall.value).toBe(1);
    expect(chance!.trustworthiness.value).toBeCloseTo(0.5, 1);
    expect(chance!.recall.value).toBeLessThan(0.02);
    expect(chance!.trustworthiness.low).toBeLessThan(chance!.trustworthiness.value);
  });
});
