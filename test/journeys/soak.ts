import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMapLab } from '../bench/map/race.ts';
import { hasGrown, soak } from '../bench/map/soak.ts';
import type { PageLab } from '../support/page-lab.ts';

let lab: PageLab;
beforeAll(async () => {
  lab = await openMapLab();
});
afterAll(() => lab.close());

it('a map that is explored at random for twenty seconds holds no more than before', async () => {
  const soaked = await soak(lab, 50_000, 20);
  expect(soaked.steps).toBeGreaterThan(50);
  expect(soaked.before).toBeGreaterThan(1);
  expect(hasGrown(soaked), JSON.stringify(soaked)).toBe(false);
});
