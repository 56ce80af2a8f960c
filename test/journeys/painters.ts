import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPageLab, type LabPage, type PageLab } from '../support/page-lab.ts';

let lab: PageLab;
let page: LabPage;
beforeAll(async () => {
  lab = await openPageLab(fileURLToPath(new URL('../support/map/painters.ts', import.meta.url)));
  page = await lab.open();
});
afterAll(() => lab.close());

type Apart = { each: number; block: number; painted: number; isDrawn: boolean; error: number };

describe('WebGL2 and the processor paint the same picture', () => {
  it.each([
    ['density', { count: 300_000, zoom: 1 }],
    ['density on grey density', { count: 300_000, zoom: 1, isFiltered: true }],
    ['density, one group chosen', { count: 300_000, zoom: 1, isSelected: true }],
    ['density at two pixels a pixel', { count: 300_000, zoom: 1, ratio: 2 }],
  ])('%s, pixel by pixel', async (_, shape) => {
    const { each, painted, isDrawn, error } = await page.call<Apart>('apart', shape);
    expect({ isDrawn, error }).toEqual({ isDrawn: true, error: 0 });
    expect(painted).toBeGreaterThan(0.2);
    expect(each).toBeLessThan(1);
  });

  it.each([
    ['blended points', { count: 6_000, zoom: 2 }],
    ['points and density together', { count: 200_000, zoom: 5 }],
    [
      'points with a filter and a selection',
      { count: 40_000, zoom: 12, isFiltered: true, isSelected: true },
    ],
    ['points of eight sizes', { count: 4_000, zoom: 2, hasSizes: true }],
    ['far away in the map', { count: 300_000, zoom: 900, ratio: 2 }],
  ])('%s, as seen from a little further away', async (_, shape) => {
    const { block, painted, isDrawn, error } = await page.call<Apart>('apart', shape);
    expect({ isDrawn, error }).toEqual({ isDrawn: true, error: 0 });
    expect(painted).toBeGreaterThan(0);
    expect(block).toBeLessThan(5);
  });
});

it('a lost context leaves every view painted by the processor at once, and a restored one is used again', async () => {
  const { kinds, same, back, error } = await page.call<{
    kinds: string[];
    same: number[];
    back: number[];
    error: number;
  }>('loss');
  expect(kinds).toEqual(['gl,gl', 'cpu,cpu', 'gl,gl']);
  expect(same).toEqual([0, 0]);
  expect(Math.max(...back)).toBeLessThan(5);
  expect(error).toBe(0);
});

it('small maps are painted through the one context, places sent once; when it is lost the processor paints the next', async () => {
  const { kinds, blocks, held, error } = await page.call<{
    kinds: string[];
    blocks: number[];
    held: number[];
    error: number;
  }>('panes');
  expect(kinds).toEqual(['gl', 'gl', 'cpu']);
  expect(Math.max(...blocks)).toBeLessThan(5);
  expect(held.slice(0, 2)).toEqual([1, 1]);
  expect(error).toBe(0);
});

it('software that plays a graphics card loses the race and gives its context back', async () => {
  expect(await page.call('choose', 300_000)).toEqual({
    before: null,
    after: false,
    kind: 'cpu',
    keeps: false,
  });
});

it('few points are never raced', async () => {
  expect(await page.call('choose', 900)).toMatchObject({ before: false, after: false });
});

it('while the map moves, a slow frame is drawn from a sample, and then from all points', async () => {
  const { isSlow, isSample, isCalm } = await page.call<Record<string, boolean>>('hurry');
  expect(isSample).toBe(isSlow);
  expect(isCalm).toBe(true);
});

it('a picture for print is painted in strips that nobody sees, up to a stated size', async () => {
  const { differ, refused, ...size } = await page.call<Record<string, unknown>>('strips');
  expect(differ).toBe(0);
  expect(size).toEqual({ longest: 4000 });
  expect(refused).toMatch(/RangeError: a PNG has 1 to 16384 pixels a side/);
});

it('what views no longer draw leaves the card', async () => {
  const { most, left, error } = await page.call<Record<string, number>>('churn');
  expect(most).toBeLessThanOrEqual(5); // places once for both, states and sizes of each
  expect({ left, error }).toEqual({ left: 0, error: 0 });
});
