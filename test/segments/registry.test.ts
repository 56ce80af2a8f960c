import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/lib/job.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { fieldsOf, valueOf, withValue } from '../../src/segments/choose/fields.ts';
import { wantOf, wants } from '../../src/segments/choose/wants.ts';
import type { MethodKind } from '../../src/segments/methods/registry.ts';
import type { MethodChoice } from '../../src/segments/partition.ts';
import { segment, segmenter } from '../../src/segments/segment.ts';
import { segmentDefaults, type SegmentSettings } from '../../src/segments/types.ts';
import { noise, planted } from '../support/blobs.ts';
import { feature, tableOf } from '../support/feature-table.ts';

const { x, truth } = planted({ rows: 600, cols: 3, groups: 4, apart: 12 }, 5);
const shift = x.data.map((value) => value + 60); // as measures are: not below 0
const table = tableOf(x, {
  raw: matrix(600, 3, shift),
  features: [
    feature('recency_days', { unit: 'days' }),
    feature('orders', { unit: 'count' }),
    feature('spend', { unit: 'money' }),
  ],
  spend: 2,
});
const settings: SegmentSettings = { ...segmentDefaults, kMax: 6, restarts: 4 };

/** Choices that have nothing to leave open are given something to do. */
const whole: Partial<Record<MethodKind, MethodChoice>> = {
  rules: {
    kind: 'rules',
    rules: [
      { name: 'Dear', when: { all: [{ feature: 'spend', is: 'at-least', value: 60 }] } },
      { name: 'Cheap', when: { all: [{ feature: 'spend', is: 'at-most', value: 55 }] } },
    ],
  },
  layers: {
    kind: 'layers',
    layers: [
      { name: 'Habit', features: ['recency_days', 'orders'], k: null },
      { name: 'Money', features: ['spend'], k: 2 },
    ],
  },
};
const kinds = [...new Set(wants.map(({ start }) => start.kind))];
const asked = (kind: MethodKind): SegmentSettings => ({
  ...settings,
  method: whole[kind] ?? wants.find(({ start }) => start.kind === kind)!.start,
});

describe.each(kinds)('%s in the stage', (kind) => {
  it('gives every customer a place, in words, with all that it chose', async () => {
    const { segmentation } = await segment(table, asked(kind));
    const { labels, segments, k, words, method, silhouettes, belongs, oddness } = segmentation;
    expect(labels).toHaveLength(600);
    expect(segments.reduce((sum, { size }) => sum + size, 0)).toBe(600);
    expect(segments.filter(({ rest }) => !rest)).toHaveLength(k);
    segments.forEach(({ id, size }) =>
      expect(labels.reduce((sum, label) => sum + (label === id ? 1 : 0), 0)).toBe(size),
    );
    expect(words.length).toBeGreaterThan(20);
    expect(method.kind).toBe(kind);
    for (const [key, value] of Object.entries(method))
      if (key !== 'grid' && key !== 'layers') expect(value, key).not.toBeNull();
    expect(silhouettes.every((value) => value >= -1 && value <= 1)).toBe(true);
    for (const each of [belongs, oddness])
      if (each) expect(each.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('gives the same bytes again, with what it kept, and from what it chose', async () => {
    const first = await segment(table, asked(kind));
    const kept = segmenter();
    await kept(table, asked(kind));
    await kept(table, settings);
    expect(await kept(table, asked(kind))).toEqual(first);
    const pinned = await segment(table, { ...asked(kind), method: first.segmentation.method });
    expect(pinned.segmentation.labels).toEqual(first.segmentation.labels);
  });

  it('takes customers of whom nothing but noise is known', async () => {
    const { segmentation } = await segment(
      {
        ...table,
        ...tableOf(noise(40, 3)),
        features: table.features,
        raw: matrix(40, 3, shift.slice(0, 120)),
      },
      asked(kind),
    );
    expect(segmentation.labels).toHaveLength(40);
  });

  it('stops where it is when it is cancelled', async () => {
    const controller = new AbortController();
    let breaths = 0;
    const job: Job = {
      signal: controller.signal,
      progress: () => {},
      breathe: async () => {
        if (++breaths === 3) controller.abort();
        controller.signal.throwIfAborted();
      },
    };
    await expect(segment(table, asked(kind), job)).rejects.toThrow(/abort/i);
  });
});

describe('methods that look for groups', () => {
  const seekers = kinds.filter(
    (kind) => !['rfm', 'rules', 'layers', 'bisecting', 'nmf'].includes(kind),
  );
  it.each(seekers)('%s finds planted groups with what it chooses by itself', async (kind) => {
    const { segmentation } = await segment(table, asked(kind));
    expect(adjustedRandIndex(segmentation.labels, truth)).toBeGreaterThanOrEqual(0.9);
  });
});

describe('what a person may want', () => {
  it('is told apart by words, and the present method is found again', () => {
    expect(new Set(wants.map(({ id }) => id)).size).toBe(wants.length);
    expect(new Set(wants.map(({ label }) => label)).size).toBe(wants.length);
    for (const { start } of wants) expect(wantOf(start).start.kind).toBe(start.kind);
  });

  it.each(wants)(
    'every control of "$label" reads and writes its value within bounds',
    ({ start }) => {
      const before: SegmentSettings =
        start.kind === 'kmeans' ? settings : { ...settings, method: start };
      for (const field of fieldsOf(start.kind)) {
        if (field.kind === 'pick') {
          const { value } = field.options[1]!;
          expect(valueOf(withValue(before, field, value), field)).toBe(value);
          continue;
        }
        expect(valueOf(withValue(before, field, -5), field)).toBe(field.low);
        expect(valueOf(withValue(before, field, 1e12), field)).toBe(field.high);
        if (field.open !== null) expect(valueOf(withValue(before, field, null), field)).toBeNull();
      }
    },
  );
});
