// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CpuPainter } from '../../src/charts/map/cpu-painter.ts';
import PointMap from '../../src/charts/PointMap.svelte';
import { random } from '../../src/lib/random.ts';

/** Three groups: left, right, below; 100 points each. */
const next = random(4);
const centres = [
  [-0.8, 0.3],
  [0.8, 0.3],
  [0, -0.7],
] as const;
const groups = Uint8Array.from({ length: 300 }, (_, i) => i % 3);
const positions = Float32Array.from(
  { length: 600 },
  (_, at) => centres[(at >> 1) % 3]![at % 2]! + 0.1 * (next() - 0.5),
);
const groupWords = ['Early', 'Late', 'Never'].map((name, i) => ({ name, letter: 'ABC'[i]! }));

let mounted: ReturnType<typeof mount> | undefined;
function show(props: Partial<import('svelte').ComponentProps<typeof PointMap>> = {}): HTMLElement {
  mounted = mount(PointMap, {
    target: document.body,
    props: {
      label: 'Map of 300 people',
      positions,
      groups,
      groupWords,
      noun: ['person', 'people'],
      ...props,
    } as import('svelte').ComponentProps<typeof PointMap>,
  }); // a part over a whole is whole
  flushSync();
  return document.querySelector<HTMLElement>('[role=application]')!;
}
const press = (root: Element, key: string, more = {}) => {
  root.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  flushSync();
};
const pointer = (root: Element, type: string, clientX: number, clientY: number, more = {}) => {
  const event = new MouseEvent(type, { clientX, clientY, bubbles: true, button: 0, ...more });
  Object.assign(event, { pointerId: 1, pointerType: 'mouse' });
  root.dispatchEvent(event);
  flushSync();
};
const spoken = () => document.querySelector('[aria-live]')?.textContent;
const names = () =>
  [...document.querySelectorAll('button')].map((each) => each.getAttribute('aria-label'));

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 400 });
  HTMLElement.prototype.setPointerCapture = () => {};
});
afterEach(async () => {
  if (mounted) await unmount(mounted);
  document.body.replaceChildren();
});

it('has a sentence, its keys in words, and a label for each group', () => {
  const root = show();
  expect(root.getAttribute('aria-label')).toBe('Map of 300 people');
  expect(
    document.getElementById(root.getAttribute('aria-describedby') ?? '')?.textContent,
  ).toContain('Arrow keys move between groups');
  expect(names().toSorted()).toEqual(['A, Early', 'B, Late', 'C, Never']);
  expect(document.querySelectorAll('path.contour')).toHaveLength(6);
});

it('arrows move between groups and say them, Enter picks, Escape clears', () => {
  const onpick = vi.fn();
  const root = show({ onpick });
  press(root, 'ArrowRight');
  expect(spoken()).toBe('A, Early, 100 people');
  press(root, 'ArrowRight');
  expect(spoken()).toBe('B, Late, 100 people');
  press(root, 'ArrowDown');
  expect(spoken()).toBe('C, Never, 100 people');
  press(root, 'Enter');
  expect(onpick).toHaveBeenLastCalledWith(2);
  press(root, 'Escape');
  expect(onpick).toHaveBeenLastCalledWith(null);
  expect(spoken()).toBe('');
});

it('plus zooms, Shift with arrows moves, 0 shows everything again', () => {
  const root = show();
  const place = () => document.querySelector('svg g')?.getAttribute('transform');
  const whole = place();
  press(root, '+');
  const near = place();
  expect(near).not.toBe(whole);
  press(root, 'ArrowLeft', { shiftKey: true });
  expect(place()).not.toBe(near);
  press(root, '0');
  expect(place()).toBe(whole);
});

it('a click on a point picks its group and the point; on nothing it clears; hover describes', () => {
  const [onpick, onpoint, onhover] = [vi.fn(), vi.fn(), vi.fn()];
  const root = show({ onpick, onpoint, onhover, describe: (i: number) => `person ${i}` });
  const transform = document.querySelector('svg g')?.getAttribute('transform') ?? '';
  const [x, y, k] = [...transform.matchAll(/-?[\d.]+/g)].map(Number);
  const at = [x! + k! * positions[2]!, y! - k! * positions[3]!] as const; // point 1, group 1
  pointer(root, 'pointermove', ...at);
  expect(onhover).toHaveBeenLastCalledWith(1);
  expect(document.querySelector('[role=tooltip]')?.textContent).toContain('person 1');
  expect(document.querySelector('circle.hovered')?.getAttribute('r')).toBe('4');
  pointer(root, 'pointerdown', ...at);
  pointer(root, 'pointerup', ...at);
  expect(onpick).toHaveBeenLastCalledWith(1);
  expect(onpoint).toHaveBeenLastCalledWith(1);
  pointer(root, 'pointerdown', 300, 5);
  pointer(root, 'pointerup', 300, 5);
  expect(onpick).toHaveBeenLastCalledWith(null);
});

it('a click on a label picks its group', () => {
  const onpick = vi.fn();
  show({ onpick });
  document.querySelector<HTMLElement>('[aria-label="B, Late"]')?.click();
  expect(onpick).toHaveBeenCalledWith(1);
});

const count = (mask: Uint8Array | null) => mask?.reduce((sum, bit) => sum + bit, 0);

it('a dragged lasso selects what is inside', () => {
  const onselect = vi.fn<(mask: Uint8Array | null) => void>();
  const root = show({ tool: 'lasso', onselect });
  pointer(root, 'pointerdown', 0, 0);
  for (const [x, y] of [
    [300, 0],
    [300, 400],
    [0, 400],
    [0, 10],
  ] as const)
    pointer(root, 'pointermove', x, y, { buttons: 1 });
  expect(document.querySelector('path.lasso')).not.toBeNull();
  pointer(root, 'pointerup', 0, 0);
  const mask = onselect.mock.calls[0]?.[0] ?? null;
  expect(
    groups.every((group, i) => (group === 0 ? mask?.[i] === 1 : group !== 1 || mask?.[i] === 0)),
  ).toBe(true);
  expect(count(mask)).toBeLessThan(300);
});

it('a lasso can be clicked corner by corner, without dragging', () => {
  const onselect = vi.fn<(mask: Uint8Array | null) => void>();
  const root = show({ tool: 'lasso', onselect });
  for (const [x, y] of [
    [2, 2],
    [598, 2],
    [598, 398],
    [2, 398],
  ] as const) {
    pointer(root, 'pointerdown', x, y);
    pointer(root, 'pointerup', x, y);
  }
  press(root, 'Enter');
  expect(count(onselect.mock.calls[0]?.[0] ?? null)).toBe(300);
});

it('a lasso can be a box that the keyboard moves and sizes', () => {
  const onselect = vi.fn<(mask: Uint8Array | null) => void>();
  const root = show({ tool: 'lasso', onselect });
  for (let i = 0; i < 40; i++) press(root, 'ArrowDown', { shiftKey: true });
  for (let i = 0; i < 40; i++) press(root, 'ArrowRight', { shiftKey: true });
  press(root, 'Enter');
  expect(count(onselect.mock.calls[0]?.[0] ?? null)).toBe(300);
  press(root, 'Escape');
  expect(onselect).toHaveBeenLastCalledWith(null);
});

const boxTo = (
  root: Element,
  from: readonly [number, number],
  to: readonly [number, number],
  more = {},
) => {
  pointer(root, 'pointerdown', ...from, more);
  pointer(root, 'pointermove', ...to, { buttons: 1, ...more });
  pointer(root, 'pointerup', ...to, more);
};

it('a box selects what is inside; with Shift another adds, with Alt one takes away', () => {
  const onselect = vi.fn<(mask: Uint8Array | null) => void>();
  let root = show({ tool: 'box', onselect });
  boxTo(root, [0, 0], [300, 200]);
  const left = onselect.mock.lastCall?.[0] ?? null;
  expect(count(left)).toBe(100);
  document.body.replaceChildren();
  root = show({ tool: 'box', onselect, selected: left });
  boxTo(root, [300, 0], [600, 200], { shiftKey: true });
  const both = onselect.mock.lastCall?.[0] ?? null;
  expect(count(both)).toBe(200);
  expect(groups.every((group, i) => both?.[i] === (group < 2 ? 1 : 0))).toBe(true);
  boxTo(root, [0, 0], [300, 200], { altKey: true });
  expect(count(onselect.mock.lastCall?.[0] ?? null)).toBe(0); // of the left ones alone
  expect(document.querySelectorAll('path.lasso')).toHaveLength(2);
  expect(count(left)).toBe(100);
});

it('taking away from no selection takes away from everyone, and Escape gives up what is being drawn', () => {
  const onselect = vi.fn<(mask: Uint8Array | null) => void>();
  const root = show({ tool: 'box', how: 'subtract', onselect });
  pointer(root, 'pointerdown', 0, 0);
  pointer(root, 'pointermove', 100, 100, { buttons: 1 });
  press(root, 'Escape');
  pointer(root, 'pointerup', 100, 100);
  expect(onselect).not.toHaveBeenCalled();
  boxTo(root, [0, 0], [300, 200]);
  expect(count(onselect.mock.lastCall?.[0] ?? null)).toBe(200);
});

it('full stop and comma go from point to point of the focused group and say each', () => {
  const onpoint = vi.fn();
  const root = show({ onpoint, describe: (i: number) => `person ${i}\ngroup ${i % 3}` });
  press(root, 'ArrowRight');
  press(root, '.');
  const first = spoken();
  expect(first).toMatch(/^person \d+, group 0$/);
  press(root, '.');
  expect(spoken()).not.toBe(first);
  press(root, ',');
  expect(spoken()).toBe(first);
  press(root, 'Enter');
  expect(onpoint).toHaveBeenLastCalledWith(Number(/\d+/.exec(first ?? '')?.[0]));
});

it('a map without points, and one of points without a group, are maps', () => {
  show({ positions: new Float32Array(0), groups: [], groupWords: [] });
  expect(names()).toEqual([]);
  expect(document.body.innerHTML).not.toContain('NaN');
});

it('paints in every frame of a journey, not only at its end', () => {
  const waiting = new Map<number, FrameRequestCallback>();
  let last = 0;
  const tick = (now: number) => {
    for (const id of [...waiting.keys()]) {
      const call = waiting.get(id); // may have been cancelled by one before it
      waiting.delete(id);
      call?.(now);
      flushSync(); // effects run between two callbacks of one frame, as microtasks do
    }
  };
  vi.stubGlobal('requestAnimationFrame', (call: FrameRequestCallback) => {
    waiting.set(++last, call);
    return last;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => waiting.delete(id));
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener() {},
    removeEventListener() {},
  }));
  const paint = vi.spyOn(CpuPainter.prototype, 'paint');
  const root = show();
  press(root, '+');
  press(root, '0');
  for (let now = 0; now < 300; now += 50) tick(now);
  const zooms = paint.mock.calls.map(([, frame]) => frame.view.k);
  expect(new Set(zooms).size).toBeGreaterThanOrEqual(5);
  vi.unstubAllGlobals();
  paint.mockRestore();
});
