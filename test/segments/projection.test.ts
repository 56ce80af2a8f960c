import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unattended, type Job } from '../../src/lib/job.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { atOnce } from '../../src/lib/steps.ts';
import { plainKernels } from '../../src/segments/kernels/types.ts';
import { fitCurve } from '../../src/segments/map/curve.ts';
import { distinct } from '../../src/segments/map/distinct.ts';
import { fuzzyGraph } from '../../src/segments/map/fuzzy.ts';
import { neighbours, rowsOf } from '../../src/segments/map/neighbours.ts';
import { pcaLayout } from '../../src/segments/map/pca.ts';
import { placeRows } from '../../src/segments/map/place.ts';
import { layoutQualities } from '../../src/segments/map/quality.ts';
import { spectral } from '../../src/segments/map/spectral.ts';
import { umapDefaults, umapLayout } from '../../src/segments/map/umap.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { kernelsOn } from '../../workers/kernels/index.ts';
import { noise, planted } from '../support/blobs.ts';

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
const fast = { ...umapDefaults, epochs: 60 };

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

describe('neighbours', () => {
  it('are exact where that is cheap, in units of the columns', async () => {
    const three = matrix(3, 2, Float32Array.of(0, 0, 3e30, 4e30, 0, 1e30));
    const { ids, distances, recall, k } = await neighbours(three, { k: 5, seed: 1 });
    expect(k).toBe(2);
    expect([...ids]).toEqual([2, 1, 2, 0, 0, 1]);
    expect(distances[1]! / 5e30).toBeCloseTo(1, 6);
    expect(recall.value).toBe(1);
  });

  it('are nearly exact above, and say how nearly', async () => {
    const many = planted({ rows: 16_000, cols: 16, groups: 6, apart: 3 }, 2).x;
    const found = await neighbours(many, { k: 14, seed: 1 }, unattended, wasm);
    expect(found.recall.value).toBeGreaterThanOrEqual(0.95);
    expect(found.words).toMatch(
      /NN-descent from \d+ trees in \d+ rounds?, 9\d\.\d % of the true ones/,
    );
    const again = await neighbours(many, { k: 14, seed: 1 }, unattended, wasm);
    expect(again.ids).toEqual(found.ids);
    for (let i = 1; i < found.distances.length; i++)
      if (i % 14 > 0) expect(found.distances[i]! >= found.distances[i - 1]!).toBe(true);
  });

  it('are exact in few columns for any number of rows', async () => {
    const many = planted({ rows: 30_000, cols: 3, groups: 6, apart: 3 }, 2).x;
    const found = await neighbours(many, { k: 14, seed: 1 }, unattended, wasm);
    expect(found.words).toBe('exact neighbours');
    for (const r of [0, 777, 29_999]) {
      const all = Float64Array.from({ length: 30_000 }, (_, other) => {
        let square = 0;
        for (let c = 0; c < 3; c++)
          square += (many.data[3 * r + c]! - many.data[3 * other + c]!) ** 2;
        return other === r ? Infinity : Math.sqrt(square);
      }).sort();
      found.distances
        .subarray(14 * r, 14 * r + 14)
        .forEach((d, j) => expect(d).toBeCloseTo(all[j]!, 4));
    }
  });

  it('refuse what is no number, naming its column, and numbers of neighbours out of range', async () => {
    const gap = noise(20, 3);
    gap.data[7] = NaN;
    await expect(neighbours(gap, { k: 3, seed: 1 })).rejects.toThrow('column 1');
    await expect(neighbours(noise(9, 2), { k: 65, seed: 1 })).rejects.toThrow(RangeError);
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

/** Share of rows whose nearest other in the picture is of their own group. */
async function pure(positions: Float32Array, truth: Int32Array): Promise<number> {
  const { ids } = await neighbours(
    matrix(truth.length, 2, new Float32Array(positions)),
    { k: 1, seed: 1 },
    unattended,
    wasm,
  );
  return truth.filter((group, r) => truth[ids[r]!] === group).length / truth.length;
}

describe('umapLayout', () => {
  const { x: groups, truth } = planted({ rows: 1200, cols: 8, groups: 6, apart: 9 }, 3);

  it('keeps planted groups apart, in the frame of every layout, and says how good it is', async () => {
    const found = await umapLayout(groups, umapDefaults, unattended, wasm);
    expect(await pure(found.positions, truth)).toBe(1);
    const axis = (a: number) => found.positions.filter((_, i) => i % 2 === a);
    const ranges = [0, 1].map((a) => [Math.min(...axis(a)), Math.max(...axis(a))] as const);
    expect(Math.max(...ranges.flat())).toBe(1);
    ranges.forEach(([low, high]) => expect(low + high).toBeCloseTo(0, 5));
    expect(found.quality!.trustworthiness.value).toBeGreaterThan(
      found.baseline!.trustworthiness.value,
    );
    expect(found.quality!.recall.value).toBeGreaterThan(1.5 * found.baseline!.recall.value);
    expect(found.kept).toBeNull();
    expect(found.words).toContain('15 neighbours, 500 epochs from a spectral start');
  });

  it('gives the same bytes for the same seed, by every kernel, and another picture for another seed', async () => {
    const small = planted({ rows: 300, cols: 5, groups: 3, apart: 4 }, 5).x;
    const first = await umapLayout(small, fast, unattended, wasm);
    expect(await umapLayout(small, fast, unattended, wasm)).toEqual(first);
    expect(await umapLayout(small, fast)).toEqual(first);
    const other = await umapLayout(small, { ...fast, seed: 2 }, unattended, wasm);
    expect(other.positions).not.toEqual(first.positions);
  });

  it('can begin from principal components', async () => {
    const found = await umapLayout(groups, { ...fast, start: 'pca' }, unattended, wasm);
    expect(found.words).toContain('from principal components');
    expect(await pure(found.positions, truth)).toBeGreaterThan(0.99);
  });

  const repeated = matrix(5000, 3);
  for (let r = 0; r < 5000; r++)
    repeated.data.set(r < 4000 ? [1, 1, 1] : [r % 40, (r >> 3) % 7, 2], 3 * r);
  const flat = noise(400, 4);
  for (let r = 0; r < 400; r++) flat.data[4 * r + 1] = 7;
  const huge = noise(300, 3);
  huge.data.forEach((value, i) => (huge.data[i] = (value - 0.5) * 1e30));
  const apart = matrix(200, 2);
  for (let r = 0; r < 200; r++) apart.data.set([1e6 * (r % 10), (r / 10) | 0], 2 * r);
  it.each<readonly [string, Matrix]>([
    ['no row', matrix(0, 3)],
    ['one row', noise(1, 3)],
    ['two rows', noise(2, 3)],
    ['three rows', noise(3, 3)],
    ['four rows', noise(4, 3)],
    ['fewer rows than neighbours', noise(9, 2)],
    ['no column', matrix(8, 0)],
    ['all equal', matrix(600, 4)],
    ['thousands of the same', repeated],
    ['a constant column', flat],
    ['one column', noise(300, 1)],
    ['500 columns', noise(120, 500)],
    ['values about 1e30', huge],
    ['many pieces', apart],
  ])('takes %s', async (_, given) => {
    const { positions } = await umapLayout(given, fast, unattended, wasm);
    expect(positions).toHaveLength(2 * given.rows);
    expect(positions.every((value) => value >= -1 && value <= 1)).toBe(true);
    const { of, first } = atOnce(distinct(given));
    of.forEach((at, r) => {
      expect(positions[2 * r]).toBe(positions[2 * first[at]!]);
    });
  });

  it('refuses what is no number', async () => {
    const gap = noise(20, 3);
    gap.data[8] = Infinity;
    await expect(umapLayout(gap, fast)).rejects.toThrow(RangeError);
  });

  it.each([0, 3, 40])('stops at the next breath when cancelled at breath %i', async (at) => {
    const controller = new AbortController();
    let breaths = 0;
    const job: Job = {
      ...unattended,
      signal: controller.signal,
      breathe: async () => {
        if (breaths++ === at) controller.abort();
        controller.signal.throwIfAborted();
      },
    };
    await expect(umapLayout(groups, fast, job, wasm)).rejects.toMatchObject({ name: 'AbortError' });
    expect(breaths).toBe(at + 1);
  });
});

describe('placeRows', () => {
  const { x: all, truth } = planted({ rows: 900, cols: 6, groups: 5, apart: 8 }, 6);
  const upTo = (from: number, to: number) =>
    rowsOf(
      all,
      Int32Array.from({ length: to - from }, (_, i) => from + i),
    );
  const [old, added] = [upTo(0, 800), upTo(800, 900)];

  it.each(['umap', 'pca'] as const)('puts new customers near their kin: %s', async (method) => {
    const layout =
      method === 'pca' ? pcaLayout(old) : await umapLayout(old, umapDefaults, unattended, wasm);
    const before = layout.positions.slice();
    const placed = await placeRows(layout, old, added, umapDefaults, unattended, wasm);
    expect(layout.positions).toEqual(before);
    let own = 0;
    for (let i = 0; i < 100; i++) {
      let [best, nearest] = [-1, Infinity];
      for (let r = 0; r < 800; r++) {
        const dx = placed[2 * i]! - before[2 * r]!;
        const dy = placed[2 * i + 1]! - before[2 * r + 1]!;
        if (dx * dx + dy * dy < nearest) [best, nearest] = [r, dx * dx + dy * dy];
      }
      if (truth[best] === truth[800 + i]) own++;
      if (method === 'umap') expect(Math.sqrt(nearest)).toBeLessThan(0.1);
    }
    expect(own).toBeGreaterThan(method === 'umap' ? 98 : 70);
  });

  it.each(['umap', 'pca'] as const)('puts a row where its like stands: %s', async (method) => {
    const layout =
      method === 'pca' ? pcaLayout(old) : await umapLayout(old, fast, unattended, wasm);
    const placed = await placeRows(layout, old, upTo(10, 60), fast, unattended, wasm);
    placed.forEach((value, i) => expect(value).toBeCloseTo(layout.positions[20 + i]!, 5));
  });

  it('gives the same bytes again, by every kernel', async () => {
    const layout = await umapLayout(old, fast, unattended, wasm);
    const placed = await placeRows(layout, old, added, fast, unattended, wasm);
    expect(await placeRows(layout, old, added, fast)).toEqual(placed);
  });

  it('takes no new row, maps of three, two, one and no customer, and refuses other columns and what is no number', async () => {
    const layout = await umapLayout(old, fast, unattended, wasm);
    expect(await placeRows(layout, old, matrix(0, 6), fast)).toHaveLength(0);
    for (const rows of [0, 1, 2, 3]) {
      const few = upTo(0, rows);
      const small = await umapLayout(few, fast, unattended, wasm);
      const placed = await placeRows(small, few, upTo(5, 9), fast, unattended, wasm);
      expect(placed.every((value) => Math.abs(value) <= 1)).toBe(true);
    }
    await expect(placeRows(layout, old, noise(3, 5), fast)).rejects.toThrow(RangeError);
    const gap = noise(3, 6);
    gap.data[4] = NaN;
    await expect(placeRows(layout, old, gap, fast)).rejects.toThrow(RangeError);
  });
});

it('no method can group customers by where they stand on the map', () => {
  const folder = new URL('../../src/segments/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^(map|kernels)[\\/]|\.svelte\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(20);
  const drawing = files.filter((file) =>
    /from '[./]*\/map\/(umap|place|start|spectral)|\.positions\b/.test(
      readFileSync(new URL(file.replaceAll('\\', '/'), folder), 'utf8'),
    ),
  );
  expect(drawing.filter((file) => file !== 'segment.ts')).toEqual([]);
});
