// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { judge } from '../../src/segments/judge.ts';
import { canJudge } from '../../src/segments/judgeable.ts';
import { plainKernels } from '../../src/segments/kernels/types.ts';
import type { MethodChoice } from '../../src/segments/partition.ts';
import { Runs } from '../../src/segments/runs.svelte.ts';
import { segment } from '../../src/segments/segment.ts';
import { Segments } from '../../src/segments/segments.svelte.ts';
import { segmentDefaults, type SegmentSettings } from '../../src/segments/types.ts';
import { noise, planted } from '../support/blobs.ts';
import { tableOf } from '../support/feature-table.ts';
import { segmentService } from '../support/segment-service.ts';

const settings: SegmentSettings = { ...segmentDefaults, kMax: 5, restarts: 3 };
const clear = tableOf(planted({ rows: 240, cols: 2, groups: 3, apart: 12 }, 5).x);
const cloud = tableOf(noise(240, 2, 7));

const methods: readonly MethodChoice[] = [
  { kind: 'kmeans' },
  { kind: 'hdbscan', smallest: null, neighbours: null, pick: 'excess-of-mass' },
  { kind: 'mixture', k: 3, shape: 'diagonal' },
];

async function judged(table: typeof clear, method: MethodChoice) {
  const own = { ...settings, method };
  const { segmentation } = await segment(table, own);
  const { k, segments } = segmentation;
  const rest = segments.findIndex((each) => each.rest);
  const labels = segmentation.labels.map((label) => (label === rest ? -1 : label));
  const found = { labels, k, method: segmentation.method };
  return judge(table, own, found, plainKernels, unattended);
}

describe('judging segments', () => {
  it.each(methods)('$kind: clear groups are real, and each comes back', async (method) => {
    const { structure, stability } = await judged(clear, method);
    expect(structure.found).toBe(true);
    expect(stability.groups.length).toBe(3);
    for (const group of stability.groups) expect(group?.standing).toBe('stable');
  });

  it('k-means of a cloud is no finding', async () => {
    const { structure } = await judged(cloud, { kind: 'kmeans' });
    expect(structure.found).toBe(false);
    expect(structure.words).toMatch(/^No clear segments here/);
  });

  it('what a person drew is not judged', async () => {
    const rfm: MethodChoice = { kind: 'rfm', bands: 5, grid: null };
    expect(canJudge(rfm)).toBe(false);
    const found = { labels: new Int32Array(240), k: 1, method: rfm };
    await expect(judge(clear, settings, found, plainKernels)).rejects.toThrow(RangeError);
  });
});

describe('what is asked about segments', () => {
  it('stays with the same segments, also when they are made again, and goes with the customers', async () => {
    const segments = new Segments(segmentService());
    segments.settings = settings;
    await segments.run(clear);
    const { closer } = segments;
    expect(closer.judgementOf(segments.made!)).toBeNull();
    await closer.judge(clear, settings, segments.made!);
    flushSync();
    expect(closer.judgementOf(segments.made!)?.structure.found).toBe(true);
    segments.settings = { ...settings, k: 2 };
    await segments.run(clear);
    expect(closer.judgementOf(segments.made!)).toBeNull();
    segments.settings = settings;
    await segments.run(clear);
    expect(closer.judgementOf(segments.made!)?.structure.found).toBe(true);
    await closer.lookAround(clear, 5, 1);
    expect(closer.near).toMatchObject({ row: 5 });
    await segments.run(cloud);
    expect(closer.near).toBeNull();
  });

  it('runs are compared once, side by side, each under its name', async () => {
    const segments = new Segments(segmentService());
    const runs = new Runs();
    for (const k of [2, 3]) {
      segments.settings = { ...settings, k };
      const made = await segments.run(clear);
      runs.note({ features: {}, settings: segments.settings, tookMs: 5 }, clear, made!);
    }
    await segments.closer.compare(clear, runs.list, 1);
    const table = segments.closer.comparisonOf(runs.list);
    expect(table?.lines.map(({ name, groups }) => [name, groups])).toEqual([
      ['K-means, 2 segments', 2],
      ['K-means, 3 segments', 3],
    ]);
    expect(table?.ari[0]![1]).toBeGreaterThan(0.3);
    expect(segments.closer.comparisonOf([...runs.list])).toBeNull();
  });
});
