import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unattended, type Job } from '../../src/lib/job.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { atOnce } from '../../src/lib/steps.ts';
import { distinct } from '../../src/segments/map/distinct.ts';
import { neighbours } from '../../src/segments/map/neighbours.ts';
import { umapDefaults, umapLayout } from '../../src/segments/map/umap.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { kernelsOn } from '../../workers/kernels/index.ts';
import { noise, planted } from '../support/blobs.ts';

const wasm = kernelsOn(solo);
const fast = { ...umapDefaults, epochs: 60 };

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
