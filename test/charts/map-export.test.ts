// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { dimmedBit, partState } from '../../src/charts/map/model.ts';
import { makePicture } from '../../src/charts/map/picture.ts';
import { densityPaths } from '../../src/charts/map/save/density-paths.ts';
import { escapeXml } from '../../src/charts/map/save/marks.ts';
import { circleLimit, sheetSvg } from '../../src/charts/map/save/save-map.ts';
import { layOutSheet } from '../../src/charts/map/save/sheet.ts';
import { layersOf } from '../../src/charts/map/layers.ts';
import { makeInks, strengthFor } from '../../src/charts/map/inks.ts';
import { printTheme, ramp } from '../../src/charts/palette.ts';
import { unattended } from '../../src/lib/job.ts';
import { cloud } from './cloud.ts';
import { sheetOf } from './sheet-of.ts';

const nasty = `<img src=x onerror=alert(1)> & "O'Brien"\u0001\ud800`;
const clean = nasty.replace(/\u0001|\ud800/g, '');
const few = {
  positions: cloud(300, 1),
  groups: Uint8Array.from({ length: 300 }, (_, i) => i % 2),
  names: [nasty, 'Plain'],
  size: { width: 400, height: 300 },
};
const count = 60_000;
const many = {
  positions: cloud(count, 2),
  groups: Uint8Array.from({ length: count }, (_, i) => i % 3),
  names: ['One', 'Two', 'Three'],
  size: { width: 400, height: 300 },
};
const axis = (title: string) =>
  ({ title, scale: 'linear', low: 0, high: 100, whole: false, words: String }) as const;
const entry = (i: number) => ({ letter: 'A', name: `Segment ${i}`, colour: i, words: '12' });

function read(text: string) {
  const document = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(document.querySelector('parsererror')).toBeNull();
  const words = [...document.querySelectorAll('text')].map((node) => node.textContent);
  return { document, words, all: (selector: string) => document.querySelectorAll(selector) };
}

it('is well-formed, holds a circle a point and every word as text, and nothing from elsewhere', async () => {
  const text = await sheetSvg(
    sheetOf(few, { title: nasty, notes: [nasty], source: ['From a file.'], groups: [entry(0)] }),
  );
  const { words, all } = read(text);
  expect(all('circle')).toHaveLength(300);
  expect(all('script, img, image, foreignObject, style, use')).toHaveLength(0);
  expect(all('title')[0]?.textContent).toBe(clean);
  for (const each of ['A', 'Plain', clean, 'From a file.', 'Segment 0', '12'])
    expect(words).toContain(each);
  expect(text.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(/https?:|@import|url\((?!#)/);
});

it('the same map gives the same bytes, and one without points is still a picture', async () => {
  expect(await sheetSvg(sheetOf(few))).toBe(await sheetSvg(sheetOf(few)));
  expect(await sheetSvg(sheetOf(many))).toBe(await sheetSvg(sheetOf(many)));
  const none = { ...few, positions: new Float32Array(0), groups: [], names: [] };
  const text = await sheetSvg(sheetOf(none));
  read(text);
  expect(text).not.toContain('NaN');
});

it('of many points the density is paths in the colours of their groups, and points outside of it are circles', async () => {
  const { all } = read(await sheetSvg(sheetOf(many)));
  expect(all('image')).toHaveLength(0);
  const circles = all('circle').length;
  expect(circles).toBeGreaterThan(100);
  expect(circles).toBeLessThanOrEqual(circleLimit);
  const fills = [...all('path[fill-opacity]')].map((node) => node.getAttribute('fill'));
  expect(new Set(fills).size).toBe(3);
});

it('who is not alone stands inside the outermost path of the own colour, and who is alone outside', async () => {
  const picture = makePicture({ ...many, groups: new Uint8Array(count), names: ['One'] });
  const { model, frame } = picture;
  const { paths, alone } = await densityPaths(picture, layersOf(model, frame), unattended);
  const [, d = ''] = /<path d="([^"]+)"/.exec(paths) ?? [];
  const rings = d.split('Z').map((ring) =>
    ring
      .slice(1)
      .split('L')
      .map((pair) => pair.split(' ').map(Number)),
  );
  const isInside = (slot: number) => {
    const x = frame.view.x + frame.view.k * model.positions[2 * slot]!;
    const y = frame.view.y - frame.view.k * model.positions[2 * slot + 1]!;
    let inside = false;
    for (const ring of rings)
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [ring[i] ?? [], ring[j] ?? []];
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      }
    return inside;
  };
  const outside = new Set(alone);
  let wrong = 0;
  // A path runs between the middles of cells: who is nearer to it than a cell may stand on its other side.
  for (let slot = 0; slot < count; slot += 20) if (isInside(slot) === outside.has(slot)) wrong++;
  expect(wrong / (count / 20)).toBeLessThan(0.03);
  expect(outside.size).toBeLessThan(count / 4);
});

it('on a ramp the density has its colours, and those without a value stay grey', async () => {
  const inks = Int8Array.from({ length: count }, (_, i) => {
    if (i % 50 === 0) return -1;
    return Math.min(23, Math.max(0, Math.floor(12 + 12 * many.positions[2 * i]!)));
  });
  const drawn = makePicture({ ...many, inks });
  const steps = Array.from({ length: 24 }, (_, i) => ramp(printTheme.sequence, i / 23));
  const shown = makeInks(printTheme, strengthFor(count), false, steps);
  const picture = { ...drawn, isRamp: true, frame: { ...drawn.frame, inks: shown } };
  const { paths } = await densityPaths(picture, layersOf(picture.model, picture.frame), unattended);
  const fills = [...paths.matchAll(/<path d="[^"]+" fill="rgb\((\d+), ?(\d+), ?(\d+)\)"/g)];
  expect(new Set(fills.map(String)).size).toBeGreaterThan(8);
  // From the surface to the ramp, whose colours have more blue and green than red.
  for (const [, red = '', green = '', blue = ''] of fills)
    expect(Math.min(Number(green), Number(blue))).toBeGreaterThanOrEqual(Number(red));
});

it('axes have their words and titles beside the plot', async () => {
  const { view } = makePicture(few).frame;
  const of = [axis('Orders'), axis('Spend, in euros')] as const;
  const { words } = read(await sheetSvg(sheetOf(few, { axes: { of, view } })));
  for (const each of ['Orders →', '↑ Spend, in euros']) expect(words).toContain(each);
  expect(words.filter((each) => /^\d+$/.test(each ?? '')).length).toBeGreaterThan(5);
});

it('of more groups than have room the first are named, and how many more there are; every word stands on the sheet', () => {
  const groups = Array.from({ length: 200 }, (_, i) => entry(i));
  const title = 'A very long title that says much '.repeat(12);
  const { marks, width, height } = layOutSheet(sheetOf(few, { groups, title, source: [title] }));
  const texts = marks.filter((mark) => mark.kind === 'text');
  const rows = texts.filter(({ words }) => words.startsWith('Segment '));
  expect(texts.map(({ words }) => words)).toContain(`and ${200 - rows.length} more`);
  for (const { x, y, words, anchor = 'start' } of texts) {
    const wide = words.length * 6.8;
    const left = anchor === 'start' ? x : anchor === 'end' ? x - wide : x - wide / 2;
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left + wide).toBeLessThanOrEqual(width + 1);
    expect(y > 0 && y < height).toBe(true);
  }
});

it('a legend says the ramp, the values with their customers, and the sizes', async () => {
  const ramp = { kind: 'ramp', title: 'Spend', words: ['≤ 1', '50', '≥ 99'] } as const;
  const size = { title: 'Size: orders', words: ['1', '7', '50'] } as const;
  const first = read(await sheetSvg(sheetOf(few, { colour: ramp, size })));
  for (const each of ['Spend', '≤ 1', '≥ 99', 'Size: orders', '7'])
    expect(first.words).toContain(each);
  const entries = [{ id: 3, ink: 0, words: 'Norway', count: '1,204' }];
  const values = {
    kind: 'values',
    title: 'Country',
    entries,
    others: '7 others, 88',
    picked: null,
  } as const;
  const second = read(await sheetSvg(sheetOf(few, { colour: values })));
  for (const each of ['Country', 'Norway', '1,204', '7 others, 88'])
    expect(second.words).toContain(each);
});

it('maps side by side stand over everyone in grey, who is drawn once', async () => {
  const whole = makePicture(few);
  const paneOf = (state: Uint16Array) => ({
    ...whole,
    labels: [],
    shapes: [],
    model: { ...whole.model, state },
  });
  const sheet = sheetOf(few, {
    backdrop: () => paneOf(whole.model.state.map((bits) => bits | dimmedBit)),
    plots: [0, 1].map((id) => ({
      size: few.size,
      picture: () => paneOf(partState(whole.model, few.groups, id)),
      heading: { letter: 'B', colour: id, title: `Group ${id}`, words: '150' },
    })),
  });
  const { words, all } = read(await sheetSvg(sheet));
  expect(all('defs #everyone circle')).toHaveLength(300);
  expect(all('use')).toHaveLength(2);
  expect(all('g[clip-path] circle')).toHaveLength(300);
  expect(words.filter((each) => /^Group \d$/.test(each ?? ''))).toEqual(['Group 0', 'Group 1']);
  const { plots, width, height } = layOutSheet(sheet);
  expect(plots[1]!.x).toBeGreaterThan(plots[0]!.x + few.size.width);
  for (const { x, y, size } of plots)
    expect(x + size.width < width && y + size.height < height).toBe(true);
});

it('a dark sheet is dark', async () => {
  const theme = { ...printTheme, surface: '#161718', ink: '#ececea' };
  const text = await sheetSvg(sheetOf({ ...few, theme }, { theme }));
  expect(text).toContain('fill="#161718"');
  expect(text).not.toContain(`stroke="${printTheme.surface}"`);
});

it('circles have a stated limit', () => expect(circleLimit).toBe(20_000));

it('escapes what XML needs escaped and drops what it forbids', () =>
  expect(escapeXml('a<b>&"\'\u0000\u001f\n\udc00😀')).toBe('a&lt;b&gt;&amp;&quot;&#39;\n😀'));
