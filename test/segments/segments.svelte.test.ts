// @vitest-environment jsdom
import { expose, wrap } from 'comlink';
import { flushSync } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Outcome, Service } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { segment, segmenter } from '../../src/segments/segment.ts';
import { Segments } from '../../src/segments/segments.svelte.ts';
import { segmentDefaults } from '../../src/segments/types.ts';
import type { SegmentApi } from '../../src/segments/worker-api.ts';
import { noise, planted } from '../support/blobs.ts';
import { feature, tableOf } from '../support/feature-table.ts';
import { segmentService } from '../support/segment-service.ts';

const settings = { ...segmentDefaults, kMax: 6, restarts: 4 };
const { x, truth } = planted({ rows: 400, cols: 3, groups: 4, apart: 7 }, 5);
const table = tableOf(x);

describe('segment', () => {
  it('finds planted groups whole: k, labels, profile, map', async () => {
    const { segmentation, layout } = await segment(table, settings);
    expect(segmentation.k).toBe(4);
    expect(segmentation.structure.found).toBe(true);
    expect(adjustedRandIndex(segmentation.labels, truth)).toBeGreaterThanOrEqual(0.95);
    expect(segmentation.segments.map(({ letter }) => letter)).toEqual(['A', 'B', 'C', 'D']);
    expect(segmentation.segments.reduce((sum, { size }) => sum + size, 0)).toBe(400);
    expect(segmentation.segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    const sizes = segmentation.segments.map(({ size }) => size);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(new Set(segmentation.segments.map(({ name }) => name)).size).toBe(4);
    for (const { id, typical, border } of segmentation.segments) {
      expect(typical).toHaveLength(10);
      for (const row of [...typical, ...border.map(({ row }) => row)])
        expect(segmentation.labels[row]).toBe(id);
      for (const { other } of border) expect(other).not.toBe(id);
    }
    expect(layout.positions).toHaveLength(800);
  });

  it('gives the same bytes again, and with its sweep kept', async () => {
    const first = await segment(table, settings);
    expect(await segment(table, settings)).toEqual(first);
    const keeping = segmenter();
    await keeping(table, { ...settings, k: 3 });
    expect(await keeping(table, settings)).toEqual(first);
  });

  it('does not take the kept sweep for other customers, another seed or a moved value', async () => {
    const keeping = segmenter();
    await keeping(table, settings);
    const moved = tableOf(
      matrix(
        x.rows,
        x.cols,
        x.data.map((value, i) => (i === 5 ? value + 9 : value)),
      ),
    );
    for (const [other, own] of [
      [moved, settings],
      [tableOf(noise(400, 3)), settings],
      [table, { ...settings, seed: 2 }],
    ] as const)
      expect(await keeping(other, own)).toEqual(await segment(other, own));
  });

  it('keeps letters when k changes: most customers stay in the segment of their letter', async () => {
    const keeping = segmenter();
    const at = async (k: number) => (await keeping(table, { ...settings, k })).segmentation;
    const [four, five] = [await at(4), await at(5)];
    const stayed = four.labels.filter((label, r) => label === five.labels[r]).length;
    expect(stayed).toBeGreaterThan(330);
    expect(five.segments.map(({ letter }) => letter)).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('takes a k that was asked for, also 1 and above the sweep', async () => {
    expect((await segment(table, { ...settings, k: 8 })).segmentation.segments).toHaveLength(8);
    const one = (await segment(table, { ...settings, k: 1 })).segmentation;
    expect(one.segments).toMatchObject([{ size: 400, name: 'Average customers', border: [] }]);
    expect([...new Set(one.silhouettes)]).toEqual([0]);
  });

  it('says so where there is nothing', async () => {
    const { segmentation } = await segment(tableOf(noise(500, 3)), settings);
    expect(segmentation.structure.found).toBe(false);
    expect(segmentation.structure.words).toContain('silhouette');
    expect(segmentation.segments.length).toBeGreaterThan(1);
  });

  it('refuses too few customers, no features, customers all the same, and a k that cannot be', async () => {
    await expect(segment(tableOf(noise(0, 2)), settings)).rejects.toMatchObject({
      code: 'too-few-customers',
    });
    await expect(segment(tableOf(noise(9, 2)), settings)).rejects.toMatchObject({
      code: 'too-few-customers',
      message: '9 customers; groups need at least 10.',
    });
    await expect(segment(tableOf(noise(20, 0)), settings)).rejects.toMatchObject({
      code: 'no-features',
    });
    await expect(segment(tableOf(matrix(20, 2)), settings)).rejects.toMatchObject({
      code: 'no-features',
    });
    await expect(segment(tableOf(noise(20, 2)), { ...settings, k: 20 })).rejects.toThrow(
      RangeError,
    );
    await expect(segment(tableOf(noise(20, 2)), { ...settings, k: 0 })).rejects.toThrow(RangeError);
    await expect(segment(tableOf(noise(20, 2)), { ...settings, restarts: NaN })).rejects.toThrow(
      RangeError,
    );
    await expect(
      segment(tableOf(matrix(20, 1, new Float32Array(20).fill(NaN))), settings),
    ).rejects.toThrow(RangeError);
  });

  it('takes ten customers, one column, and rows that repeat', async () => {
    expect((await segment(tableOf(noise(10, 2)), settings)).segmentation.labels).toHaveLength(10);
    expect((await segment(tableOf(noise(40, 1)), settings)).layout.kept![0]).toBeCloseTo(1, 9);
    const three = matrix(
      30,
      1,
      Float32Array.from({ length: 30 }, (_, r) => r % 3),
    );
    expect((await segment(tableOf(three), { ...settings, k: 5 })).segmentation.k).toBe(3);
  });

  it('reports progress that only grows', async () => {
    const seen: number[] = [];
    const job = {
      signal: new AbortController().signal,
      breathe: async () => {},
      progress: (stage: string, done: number, total: number) =>
        stage === 'Looking for segments' && seen.push(done / total),
    };
    await segment(table, settings, job);
    expect(seen.length).toBeGreaterThan(8);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBeLessThanOrEqual(1);
  });
});

describe('Segments', () => {
  let channel: MessageChannel | null = null;
  afterEach(() => (channel?.port1.close(), channel?.port2.close()));
  /** The service as over a thread, by messages. */
  const overMessages = (): Service<SegmentApi> => {
    channel = new MessageChannel();
    expose(segmentService().api, channel.port1);
    return {
      api: wrap<SegmentApi>(channel.port2) as unknown as SegmentApi,
      dead: new AbortController().signal,
    };
  };

  it('running fills segmentation and layout, and leaves no task running', async () => {
    const segments = new Segments(overMessages());
    segments.settings = settings;
    const found = await segments.run(table);
    expect(found!.k).toBe(4);
    const plain = (value: unknown) => JSON.stringify(value); // messages bring typed arrays of another realm
    expect(plain(segments.segmentation)).toBe(plain((await segment(table, settings)).segmentation));
    expect(segments.layout!.method).toBe('pca');
    expect(segments.task.running).toBe(false);
  });

  it('a segment is renamed without a run, keeps the name through one, and gets its own back', async () => {
    const segments = new Segments(segmentService());
    segments.settings = settings;
    await segments.run(table);
    const own = segments.segmentation!.segments[1]!.name;
    segments.rename('B', 'Regulars');
    flushSync();
    expect(segments.segmentation!.segments[1]!.name).toBe('Regulars');
    expect(segments.settings.names).toEqual([{ letter: 'B', name: 'Regulars' }]);
    await segments.run(table);
    expect(segments.segmentation!.segments[1]!.name).toBe('Regulars');
    segments.rename('B', '');
    expect(segments.segmentation!.segments[1]!.name).toBe(own);
  });

  it('a failed run keeps the last segments and says why', async () => {
    const segments = new Segments(segmentService());
    segments.settings = settings;
    await segments.run(table);
    expect(await segments.run(tableOf(noise(3, 2)))).toBeUndefined();
    expect(segments.task.error).toMatchObject({ code: 'too-few-customers' });
    expect(segments.segmentation!.k).toBe(4);
  });

  it('starting again replaces the run before it', async () => {
    const segments = new Segments(overMessages());
    segments.settings = { ...settings, k: 2 };
    const first = segments.run(table);
    segments.settings = { ...settings, k: 3 };
    const second = await segments.run(table);
    expect(await first).toBeUndefined();
    expect([second!.k, segments.segmentation!.k]).toEqual([3, 3]);
  });

  it('a cancelled run returns at once, and the work behind it stops', async () => {
    const { api, dead } = overMessages();
    const outcomes: Promise<Outcome<unknown>>[] = [];
    const watched: SegmentApi = {
      ...api,
      segment: (...given) => {
        const outcome = api.segment(...given);
        outcomes.push(outcome);
        return outcome;
      },
    };
    const segments = new Segments({ api: watched, dead });
    const run = segments.run(tableOf(noise(20_000, 8)));
    await new Promise((resolve) => setTimeout(resolve, 300));
    segments.task.cancel();
    expect(await run).toBeUndefined();
    expect(await outcomes[0]).toMatchObject({
      ok: false,
      message: expect.stringContaining('abort'),
    });
    expect([segments.task.error, segments.segmentation]).toEqual([null, null]);
  });

  it('another number of segments replaces the one before, and clearing leaves nothing', async () => {
    const segments = new Segments(segmentService());
    segments.settings = { ...settings, k: 5 };
    await segments.run(table);
    expect(segments.segmentation?.k).toBe(5);
    segments.settings = { ...settings, k: 4 };
    await segments.run(table);
    expect(segments.segmentation?.k).toBe(4);
    segments.clear();
    expect([segments.segmentation, segments.layout]).toEqual([null, null]);
  });

  it('shares of revenue come with intervals where there is spend', async () => {
    const spending = tableOf(x, {
      raw: matrix(
        400,
        3,
        x.data.map((value) => Math.abs(value)),
      ),
      spend: 0,
      features: [feature('spend', { unit: 'money' }), feature('b'), feature('c')],
    });
    const { segmentation } = await segment(spending, settings);
    const shares = segmentation.segments.map(({ revenueShare }) => revenueShare!);
    expect(shares.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 9);
    for (const { value, low, high } of shares) expect(low < value && value < high).toBe(true);
  });
});

describe('the map', () => {
  it('is drawn beside the segments, stays over other groupings, and is drawn once', async () => {
    const service = segmentService();
    let drawn = 0;
    const api: SegmentApi = {
      ...service.api,
      layOut: (...given) => (drawn++, service.api.layOut(...given)),
    };
    const segments = new Segments({ ...service, api });
    segments.settings = { ...settings, map: 'umap' };
    await segments.run(table);
    expect(segments.layout!.method).toBe('pca'); // until the other is there
    await expect.poll(() => segments.layout!.method, { timeout: 30_000 }).toBe('umap');
    const picture = segments.layout;
    segments.settings = { ...segments.settings, k: 3 };
    await segments.run(table);
    expect(segments.layout).toBe(picture);
    segments.settings = { ...settings };
    await segments.drawMap(table);
    expect(segments.layout!.method).toBe('pca');
    segments.settings = { ...settings, map: 'umap' };
    await segments.drawMap(table);
    expect(segments.layout).toBe(picture);
    expect(drawn).toBe(1);
  });

  it('is one of the present customers only', async () => {
    const segments = new Segments(segmentService());
    segments.settings = { ...settings, map: 'umap' };
    await segments.run(table);
    await expect.poll(() => segments.layout!.method, { timeout: 30_000 }).toBe('umap');
    await segments.run(tableOf(noise(50, 3)));
    expect(segments.layout!.positions).toHaveLength(100);
    segments.clear();
    expect(segments.layout).toBeNull();
  });
});
