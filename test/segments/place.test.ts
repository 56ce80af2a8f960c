import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { rowsOf } from '../../src/segments/map/neighbours.ts';
import { pcaLayout } from '../../src/segments/map/pca.ts';
import { placeRows } from '../../src/segments/map/place.ts';
import { umapDefaults, umapLayout } from '../../src/segments/map/umap.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { kernelsOn } from '../../workers/kernels/index.ts';
import { noise, planted } from '../support/blobs.ts';

const wasm = kernelsOn(solo);
const fast = { ...umapDefaults, epochs: 60 };

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
