// @vitest-environment jsdom
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import DriverPlot from '../../src/charts/DriverPlot.svelte';
import Histogram from '../../src/charts/Histogram.svelte';
import KCurve from '../../src/charts/KCurve.svelte';
import MiniBars from '../../src/charts/MiniBars.svelte';
import ShareBar from '../../src/charts/ShareBar.svelte';
import Waterfall from '../../src/charts/Waterfall.svelte';

let mounted: ReturnType<typeof mount>[] = [];
function show<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
): HTMLElement {
  const target = document.body.appendChild(document.createElement('div'));
  mounted.push(mount(component, { target, props }));
  flushSync();
  return target;
}
afterEach(async () => {
  await Promise.all(mounted.map((each) => unmount(each)));
  mounted = [];
  document.body.replaceChildren();
});
const press = (element: Element, key: string) => {
  element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  flushSync();
};
const click = (element: Element | null | undefined) => {
  element?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  flushSync();
};
const button = (root: Element, words: string) =>
  [...root.querySelectorAll('button')].find((each) => each.textContent?.trim() === words);

it('a histogram says what it shows and overlays the selection on an axis that stays', () => {
  const values = Float32Array.of(0, 1, 1, 2, 2, 2, 3);
  const root = show(Histogram, {
    title: 'Orders',
    values,
    overlay: [1, 1, 0, 1, 1, 0, 0],
    overlayIndex: 2,
  });
  expect(root.querySelector('svg')?.getAttribute('aria-label')).toBe(
    'Orders: 7 values, most in 2 to 3; 4 selected',
  );
  const tall = (name: string) =>
    [...root.querySelectorAll(`rect.${name}`)].map((bar) => Number(bar.getAttribute('height')));
  const [all, some] = [tall('rest'), tall('selected')];
  expect(all[1]! / all[2]!).toBeCloseTo(2 / 3);
  expect(some[2]! / all[2]!).toBeCloseTo(2 / 3);
  expect(root.querySelector('rect.selected')?.getAttribute('fill')).toBe('var(--seg-3)');
});

it('the brush is two sliders that the keyboard moves', () => {
  const onbrush = vi.fn();
  const root = show(Histogram, {
    title: 'Orders',
    values: Float32Array.of(0, 1, 1, 2, 2, 2, 3),
    brush: { low: 1, high: 2 },
    onbrush,
  });
  const [low, high] = root.querySelectorAll('[role=slider]');
  expect(low?.getAttribute('aria-label')).toBe('Orders, from');
  expect([low, high].map((handle) => handle?.getAttribute('aria-valuetext'))).toEqual(['1', '2']);
  press(high!, 'ArrowRight');
  expect(onbrush).toHaveBeenLastCalledWith([1, 3]);
  press(low!, 'Home');
  expect(onbrush).toHaveBeenLastCalledWith([0, 2]);
  press(low!, 'Escape');
  expect(onbrush).toHaveBeenLastCalledWith(null);
});

it('a histogram without values, and one of known counts, are drawn', () => {
  expect(
    show(Histogram, { title: 'Nothing', values: new Float32Array(0) }).querySelectorAll(
      'rect.rest',
    ),
  ).toHaveLength(1);
  const bins = { edges: [0, 10, 20], counts: [4, 6], under: false, over: true, missing: 0 };
  const known = show(Histogram, { title: 'Known', bins, overlayCounts: [1, 2] });
  expect(known.querySelector('svg')?.getAttribute('aria-label')).toContain(
    '10 values, most in 10 and more; 3 selected',
  );
});

it('every chart shows its numbers as a table, and back', () => {
  const root = show(Histogram, {
    title: 'Orders',
    unit: 'in a year',
    values: Float32Array.of(0, 1, 1),
  });
  click(root.querySelector('[aria-label="More about Orders"]'));
  click(button(root, 'Show as table'));
  expect([...root.querySelectorAll('th[scope=col]')].map((head) => head.textContent)).toEqual([
    'Orders, in a year',
    'All',
  ]);
  expect([...root.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual(['1', '2']);
  expect(root.querySelector('svg')).toBeNull();
  click(root.querySelector('[aria-label="More about Orders"]'));
  click(button(root, 'Show as chart'));
  expect(root.querySelector('svg')).not.toBeNull();
});

it('saves as SVG without scripts, classes or handlers, words escaped', async () => {
  const onsave = vi.fn();
  const title = '<b onclick="x">Spend & more</b>';
  const root = show(Histogram, {
    title,
    values: Float32Array.of(0, 1, 1),
    onsave,
    onbrush: () => {},
  });
  click(root.querySelector('.dots'));
  click(button(root, 'Save as SVG'));
  const [blob, name] = onsave.mock.calls[0] as [Blob, string]; // what the component promises
  expect(name).toBe('b-onclick-x-spend-more-b.svg');
  const text = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsText(blob);
  });
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(svg.querySelector('parsererror')).toBeNull();
  expect(svg.querySelector('title')?.textContent).toBe(title);
  expect([...svg.querySelectorAll('text')].map((node) => node.textContent)).toContain(title);
  expect(
    svg.querySelectorAll('b, script, button, [class], [role=slider], [onclick], [style]'),
  ).toHaveLength(0);
  expect(svg.querySelectorAll('rect').length).toBeGreaterThan(2);
});

const scores = [2, 3, 4].map((k) => ({
  k,
  silhouette: { value: 0.1 * k, low: 0.1 * k - 0.02, high: 0.1 * k + 0.02 },
  reference: 0.1,
}));

it('the curve of k marks the chosen one and lets another be chosen by click and by key', () => {
  const onpick = vi.fn();
  const root = show(KCurve, { title: 'How many segments', scores, chosen: 3, onpick });
  const radios = [...root.querySelectorAll('[role=radio]')];
  expect(radios.map((each) => each.getAttribute('aria-checked'))).toEqual([
    'false',
    'true',
    'false',
  ]);
  expect(radios.map((each) => each.getAttribute('tabindex'))).toEqual(['-1', '0', '-1']);
  expect(radios[2]?.getAttribute('aria-label')).toBe('4 groups, silhouette 0.40, 0.38 to 0.42');
  expect(root.querySelector('path.naive')?.getAttribute('d')).toMatch(/^M/);
  expect(root.textContent).toContain('without structure');
  click(radios[2]);
  expect(onpick).toHaveBeenLastCalledWith(4);
  press(radios[1]!, 'ArrowLeft');
  expect(document.activeElement).toBe(radios[0]);
  press(radios[0]!, 'Enter');
  expect(onpick).toHaveBeenLastCalledWith(2);
});

it('one k alone, and none, are drawn without impossible numbers', () => {
  for (const list of [scores.slice(0, 1), []]) {
    const root = show(KCurve, { title: 'k', scores: list, chosen: 2 });
    expect(root.innerHTML).not.toContain('NaN');
  }
});

it('drivers are coloured only where their interval leaves 100', () => {
  const row = (label: string, value: number, low: number, high: number) => ({
    label,
    here: '1',
    everyone: '2',
    index: { value, low, high },
  });
  const rows = [
    row('Recency', 300, 250, 360),
    row('Basket', 105, 95, 116),
    row('Spend', 20, 10, 30),
    { label: 'Returns', here: '0', everyone: '0', index: null },
  ];
  const root = show(DriverPlot, { title: 'Index', rows });
  const last = [...root.querySelectorAll('tbody tr')].map((tr) => tr.querySelector('td.figure'));
  const sides = [...root.querySelectorAll('tbody tr')].map((tr) => tr.classList[0]);
  expect(sides).toEqual(['above', 'like', 'below', 'like']);
  expect(last[3]?.textContent).toContain('–');
  expect(root.querySelector('table')?.getAttribute('aria-label')).toContain('2 of 4 differ');
  const dots = [...root.querySelectorAll('circle')].map((dot) => Number(dot.getAttribute('cx')));
  expect(dots[1]).toBeCloseTo(50 + (50 * Math.log(1.05)) / Math.log(4));
  expect(dots[2]).toBe(0); // beyond the axis: at its edge
});

it('the ledger shows each row with its reason, and says it when rows do not add up', () => {
  const step = (kind: 'total' | 'loss', label: string, value: number) => ({
    kind,
    label,
    value,
    words: `why ${label}`,
  });
  const good = show(Waterfall, {
    title: 'Used',
    steps: [step('total', 'Read', 100), step('loss', 'Empty', -10), step('total', 'Kept', 90)],
  });
  expect([...good.querySelectorAll('td.number')].map((cell) => cell.textContent)).toEqual([
    '100',
    '−10',
    '90',
  ]);
  expect(good.querySelector('[role=alert]')).toBeNull();
  const bad = show(Waterfall, {
    title: 'Used',
    steps: [step('total', 'Read', 100), step('total', 'Kept', 90)],
  });
  expect(bad.querySelector('[role=alert]')?.textContent).toContain('10 rows are not explained');
});

it('a share bar has its figure; its bar follows the largest share', () => {
  const root = show(ShareBar, { share: 0.25, index: 1, most: 0.5 });
  expect(root.querySelector('rect')?.getAttribute('width')).toBe('14');
  expect(root.querySelector('rect')?.getAttribute('fill')).toBe('var(--seg-2)');
  expect(root.querySelector('text')?.textContent).toBe('25.0');
  expect(
    show(ShareBar, { share: NaN, index: 0 }).querySelector('rect')?.getAttribute('width'),
  ).toBe('0');
});

it('mini bars are silent where words beside them say the same', () => {
  const silent = show(MiniBars, { counts: [1, 2, 0], label: '' }).querySelector('svg');
  expect([silent?.getAttribute('aria-hidden'), silent?.getAttribute('role')]).toEqual([
    'true',
    null,
  ]);
  const said = show(MiniBars, { counts: [], label: 'No values', kind: 'shares' }).querySelector(
    'svg',
  );
  expect([said?.getAttribute('role'), said?.getAttribute('aria-label')]).toEqual([
    'img',
    'No values',
  ]);
});
