import { readFileSync } from 'node:fs';
import { lab, rgb } from 'd3';
import { expect, it } from 'vitest';
import {
  diverging,
  hueOf,
  letterOf,
  lookOf,
  printTheme,
  ramp,
  sequence,
} from '../../src/charts/palette.ts';

const css = readFileSync(new URL('../../src/ui/tokens.css', import.meta.url), 'utf8');
const block = (start: string) =>
  css.slice(css.indexOf(start), css.indexOf('}', css.indexOf(start)));
const token = (theme: string, name: string) =>
  new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(theme)?.[1] ?? '';
const themes = {
  light: block(':root, [data-theme="light"]'),
  dark: block('\n[data-theme="dark"]'),
};
const colours = (theme: string) =>
  Array.from({ length: 12 }, (_, i) => token(theme, `seg-${i + 1}`));

const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const encoded = (c: number) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
type Triple = readonly [number, number, number];
const channels = (hex: string): Triple => {
  const { r, g, b } = rgb(hex);
  return [linear(r / 255), linear(g / 255), linear(b / 255)];
};

/** Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB. */
const visions: Readonly<Record<string, readonly Triple[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
function seen(hex: string, vision: readonly Triple[]): Triple {
  const c = channels(hex);
  const [r, g, b] = vision.map((row) =>
    encoded(Math.min(1, Math.max(0, row[0] * c[0] + row[1] * c[1] + row[2] * c[2]))),
  );
  // sRGB (D65) to CIE Lab (D65): d3's lab() is D50, so by hand.
  const [lr, lg, lb] = [linear(r!), linear(g!), linear(b!)];
  const x = (0.4124564 * lr + 0.3575761 * lg + 0.1804375 * lb) / 0.95047;
  const y = 0.2126729 * lr + 0.7151522 * lg + 0.072175 * lb;
  const z = (0.0193339 * lr + 0.119192 * lg + 0.9503041 * lb) / 1.08883;
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  return [116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))];
}

/** CIEDE2000 (Sharma, Wu and Dalal 2005). */
function difference([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const degrees = (rad: number) => ((rad * 180) / Math.PI + 360) % 360;
  const radians = (deg: number) => (deg * Math.PI) / 180;
  const c7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 0.5 * (1 - Math.sqrt(c7 / (c7 + 25 ** 7)));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const h1 = c1 === 0 ? 0 : degrees(Math.atan2(b1, p1));
  const h2 = c2 === 0 ? 0 : degrees(Math.atan2(b2, p2));
  const gap = h2 - h1;
  const dh = c1 * c2 === 0 ? 0 : Math.abs(gap) <= 180 ? gap : gap > 180 ? gap - 360 : gap + 360;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(dh / 2));
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const sum = h1 + h2;
  const h =
    c1 * c2 === 0
      ? sum
      : Math.abs(gap) <= 180
        ? sum / 2
        : sum < 360
          ? (sum + 360) / 2
          : (sum - 360) / 2;
  const t =
    1 -
    0.17 * Math.cos(radians(h - 30)) +
    0.24 * Math.cos(radians(2 * h)) +
    0.32 * Math.cos(radians(3 * h + 6)) -
    0.2 * Math.cos(radians(4 * h - 63));
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const turn = 30 * Math.exp(-(((h - 275) / 25) ** 2));
  const rt = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(radians(2 * turn));
  const [dl, dc] = [(l2 - l1) / sl, (c2 - c1) / sc];
  return Math.sqrt(dl ** 2 + dc ** 2 + (dH / sh) ** 2 + rt * dc * (dH / sh));
}

const luminance = (hex: string) =>
  channels(hex).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
};

it('the colour difference is right on the published test pair', () => {
  expect(difference([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
});

it.each(Object.entries(themes))(
  'in the %s theme any two segment colours differ by at least 12 in all four visions',
  (_, theme) => {
    const list = colours(theme);
    expect(list.every((hex) => hex.length === 7)).toBe(true);
    for (const vision of Object.values(visions))
      for (let i = 0; i < 12; i++)
        for (let j = 0; j < i; j++)
          expect(difference(seen(list[i]!, vision), seen(list[j]!, vision))).toBeGreaterThanOrEqual(
            12,
          );
  },
);

it.each(Object.entries(themes))(
  'in the %s theme segment colours stand out 3:1 from the surface, letters 4.5:1 from their tile',
  (_, theme) => {
    colours(theme).forEach((hex, i) => {
      expect(contrast(hex, token(theme, 'surface'))).toBeGreaterThanOrEqual(3);
      expect(contrast(hex, token(theme, `seg-${i + 1}-ink`))).toBeGreaterThanOrEqual(4.5);
    });
  },
);

it.each(Object.entries(themes))(
  'in the %s theme 36 segments have 36 looks, whose letters read 4.5:1 on their tile',
  (_, theme) => {
    const segments = colours(theme);
    const inks = segments.map((_, i) => token(theme, `seg-${i + 1}-ink`));
    const [surface, ink] = [token(theme, 'surface'), token(theme, 'ink')];
    const whole = { ...printTheme, surface, ink, segments, inks };
    const looks = Array.from({ length: 36 }, (_, i) => lookOf(whole, i));
    expect(looks.slice(0, 12).map(({ tile }) => tile)).toEqual(segments);
    for (const { tile, ink: letter } of looks)
      expect(contrast(tile, letter)).toBeGreaterThanOrEqual(4.5);
    const seenAs = looks.map(({ tile }) => seen(tile, visions['normal']!));
    // Shades of one hue stay noticeably apart (one step is 2.3); between hues the letter helps.
    for (let i = 0; i < 12; i++)
      for (const [a, b] of [
        [i, i + 12],
        [i, i + 24],
        [i + 12, i + 24],
      ] as const)
        expect(difference(seenAs[a]!, seenAs[b]!)).toBeGreaterThanOrEqual(4);
    expect(lookOf(whole, 36)).toEqual(looks[0]);
  },
);

it('pictures that leave the page use the light tokens', () => {
  const { light } = themes;
  expect(printTheme.segments).toEqual(colours(light));
  expect(printTheme.inks).toEqual(colours(light).map((_, i) => token(light, `seg-${i + 1}-ink`)));
  for (const [key, name] of [
    ['surface', 'surface'],
    ['ink', 'ink'],
    ['quiet', 'ink-3'],
    ['context', 'context'],
    ['accent', 'accent'],
  ] as const)
    expect(printTheme[key]).toBe(token(light, name));
});

it('colours repeat after twelve and letters go on', () => {
  expect([0, 11, 12, 25].map(hueOf)).toEqual([1, 12, 1, 2]);
  expect([0, 25, 26, 27, 51, 52].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AB', 'AZ', 'BA']);
  expect(() => letterOf(-1)).toThrow(RangeError);
});

it('a ramp begins and ends at its colours and is monotonous in lightness', () => {
  const ends = [token(themes.light, 'seq-1'), token(themes.light, 'seq-8')];
  expect(rgb(ramp(ends, 0)).formatHex()).toBe(ends[0]);
  expect(rgb(ramp(ends, 1)).formatHex()).toBe(ends[1]);
  const steps = Array.from({ length: 11 }, (_, i) => lab(ramp(ends, i / 10)).l);
  expect(steps).toEqual(steps.toSorted((a, b) => b - a));
  expect([sequence(0), sequence(1), diverging(-1), diverging(0), diverging(1)]).toEqual([
    'var(--seq-1)',
    'var(--seq-8)',
    'var(--div-1)',
    'var(--div-5)',
    'var(--div-9)',
  ]);
});
