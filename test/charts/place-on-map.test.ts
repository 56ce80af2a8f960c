// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { CpuPainter } from '../../src/charts/map/cpu-painter.ts';
import { dimmedBit, modelOf } from '../../src/charts/map/model.ts';
import PlaceOnMap from '../../src/charts/PlaceOnMap.svelte';
import { show } from '../support/show.ts';
import { cloud } from './cloud.ts';

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 300 });
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 180 });
});

it('the group of the point is in colour, everyone else grey, and the ring stands on the point', () => {
  const paint = vi.spyOn(CpuPainter.prototype, 'paint');
  const positions = cloud(300, 5);
  const groups = Array.from({ length: 300 }, (_, i) => i % 3);
  const root = show(PlaceOnMap, {
    label: 'Where',
    positions,
    groups,
    colours: [4, 5, 6],
    index: 7,
  });
  flushSync();
  expect(paint).toHaveBeenCalledTimes(1);
  const [model, { view }] = paint.mock.calls[0]!;
  for (let slot = 0; slot < 300; slot++)
    expect((model.state[slot]! & dimmedBit) === 0).toBe(groups[model.order[slot]!] === 1);
  const ring = root.querySelector('circle')!;
  expect(Number(ring.getAttribute('cx'))).toBeCloseTo(view.x + view.k * positions[14]!, 3);
  expect(Number(ring.getAttribute('cy'))).toBeCloseTo(view.y - view.k * positions[15]!, 3);
  expect(root.querySelector('[role=img]')?.getAttribute('aria-label')).toBe('Where');
});

it('the same places have one model', () => {
  const positions = cloud(50, 1);
  expect(modelOf(positions)).toBe(modelOf(positions));
  expect(modelOf(positions.slice())).not.toBe(modelOf(positions));
});
