// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CpuPainter } from '../../src/charts/map/cpu-painter.ts';
import { countInRect, inSightWords } from '../../src/charts/map/in-sight.ts';
import { buildModel, dimmedBit, makeState, partState } from '../../src/charts/map/model.ts';
import { PaintQueue } from '../../src/charts/map/paint-queue.ts';
import SmallMaps from '../../src/charts/SmallMaps.svelte';
import { cloud } from './cloud.ts';

let mounted: ReturnType<typeof mount> | undefined;
let seen: (is: boolean) => void = () => {};
let frames: FrameRequestCallback[] = [];
const nextFrame = () => {
  const now = frames;
  frames = [];
  for (const call of now) call(0);
  flushSync();
};
beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (call: FrameRequestCallback) => frames.push(call));
  const tells: ((is: boolean) => void)[] = [];
  seen = (is) => tells.forEach((tell) => tell(is));
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(call: (entries: readonly { isIntersecting: boolean }[]) => void) {
        tells.push((isIntersecting) => call([{ isIntersecting }]));
      }
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = undefined;
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const of = Array.from({ length: 300 }, (_, i) => i % 3);
const panes = ['Norway', 'Peru', 'Chad'].map((title, id) => ({
  ...{ id, title, words: '100', letter: '', colour: -1 },
}));
const show = (more: object = {}) => {
  mounted = mount(SmallMaps, {
    target: document.body,
    props: {
      ...{ label: 'Maps', positions: cloud(300, 3), groups: of, colours: [0, 1, 2], of, panes },
      onopen: () => {},
      ...more,
    },
  });
  flushSync();
};

it('a map for each value says its name and how many, and opens', () => {
  const onopen = vi.fn();
  show({ onopen, rest: 'The 3 largest of 1,000.' });
  const buttons = [...document.querySelectorAll('button')];
  expect(buttons.map((each) => each.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
    'Norway 100',
    'Peru 100',
    'Chad 100',
  ]);
  expect(document.body.textContent).toContain('The 3 largest of 1,000.');
  buttons[1]!.click();
  expect(onopen).toHaveBeenCalledWith(1);
});

it('paints only what is in sight, each map with its own points in colour and all others grey', () => {
  const paint = vi.spyOn(CpuPainter.prototype, 'paint');
  show();
  nextFrame();
  expect(paint).not.toHaveBeenCalled();
  seen(true);
  flushSync();
  while (frames.length > 0) nextFrame();
  expect(paint).toHaveBeenCalledTimes(3);
  for (const [id, [model]] of paint.mock.calls.entries())
    for (let slot = 0; slot < 300; slot++)
      expect((model.state[slot]! & dimmedBit) === 0).toBe(of[model.order[slot]!] === id);
});

it('a painting that was taken back is not done; many take several frames', () => {
  const queue = new PaintQueue();
  const done: number[] = [];
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const backs = [0, 1, 2, 3].map((i) => queue.add(() => (done.push(i), (now += 10))));
  backs[1]!();
  nextFrame();
  expect(done).toEqual([0, 2]);
  nextFrame();
  expect(done).toEqual([0, 2, 3]);
  expect(frames).toHaveLength(0);
});

it('the state of a part keeps what was filtered out and leaves the model alone', () => {
  const model = buildModel(cloud(300, 3));
  const dimmed = of.map((_, i) => (i < 50 ? 1 : 0));
  const state = makeState(model, { groups: of, dimmed });
  const part = partState({ ...model, state }, of, 2);
  for (let slot = 0; slot < 300; slot++) {
    const i = model.order[slot]!;
    expect((part[slot]! & dimmedBit) !== 0).toBe(of[i] !== 2 || i < 50);
  }
  expect(state).toEqual(makeState(model, { groups: of, dimmed }));
});

it('counts what is in sight by group, as a look at every point does, and says it', () => {
  const positions = cloud(2000, 6);
  const model = buildModel(positions);
  const groups = Array.from({ length: 2000 }, (_, i) => (i % 9) - 1);
  const rect = { left: -0.3, right: 0.25, bottom: -0.1, top: 0.6 };
  const plain = new Map<number, number>();
  for (let i = 0; i < 2000; i++) {
    const [x, y] = [positions[2 * i]!, positions[2 * i + 1]!];
    if (x >= rect.left && x <= rect.right && y >= rect.bottom && y <= rect.top)
      plain.set(groups[i]!, (plain.get(groups[i]!) ?? 0) + 1);
  }
  const found = countInRect(model, groups, rect);
  expect(new Map([...found].toSorted())).toEqual(new Map([...plain].toSorted()));
  const letters = [...'ABCDEFGH'];
  expect(
    inSightWords(
      new Map([
        [1, 30],
        [0, 5],
        [-1, 2],
      ]),
      ['cat', 'cats'],
      letters,
    ),
  ).toBe('37 cats in sight: B 30, A 5.');
  expect(inSightWords(found, ['cat', 'cats'], letters)).toMatch(/ and 3 more groups\.$/);
  expect(inSightWords(new Map(), ['cat', 'cats'], letters)).toBe('0 cats in sight.');
});
