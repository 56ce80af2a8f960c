import { describe, expect, it } from 'vitest';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { segment } from '../../src/segments/segment.ts';
import { segmentDefaults } from '../../src/segments/types.ts';
import type { SchemeId } from '../../src/samples/types.ts';
import { sampleFeatures } from '../support/sample-features.ts';

const BROWSERS = 'browse-dear-buy-in-sales';

/** File to segments with defaults, as the app does it, beside what was planted. */
async function found(
  id: SchemeId,
  change: { readonly customers?: number; readonly seed?: number },
) {
  const { table, truth } = await sampleFeatures(id, change);
  const { segmentation } = await segment(table, segmentDefaults);
  const kinds = [...new Set(truth)];
  const planted = truth.map((kind) => kinds.indexOf(kind));
  return { truth, kinds, ...segmentation, ari: adjustedRandIndex(segmentation.labels, planted) };
}

describe('planted segments of the sample maker are found with defaults', () => {
  it.each([
    ['coffee', {}],
    ['coffee', { customers: 3000, seed: 2 }],
    ['fashion', {}],
    ['fashion', { customers: 3000, seed: 2 }],
    ['phone', {}],
    ['phone', { customers: 3000, seed: 2 }],
  ] as const)(
    '%s %o: as many as were planted, ARI at least .9',
    async (id, change) => {
      const { k, kinds, ari, structure, truth, labels } = await found(id, change);
      expect(k).toBe(kinds.length);
      expect(ari).toBeGreaterThanOrEqual(0.9);
      expect(structure.found).toBe(true);
      if (id === 'phone') return;
      const isOne = truth.map((kind) => kind === BROWSERS);
      const scores = Array.from({ length: k }, (_, m) => {
        const own = isOne.filter((_, r) => labels[r] === m);
        const hits = own.filter(Boolean).length;
        return { precision: hits / own.length, recall: hits / isOne.filter(Boolean).length };
      });
      const best = scores.reduce((a, b) => (b.recall > a.recall ? b : a));
      expect(best.precision).toBeGreaterThanOrEqual(0.9);
      expect(best.recall).toBeGreaterThanOrEqual(0.9);
    },
    120_000,
  );
});
