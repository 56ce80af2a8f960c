// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { circleLimit, escapeXml, mapSvg } from '../../src/charts/map/export.ts';
import { makePicture } from '../../src/charts/map/picture.ts';
import { cloud } from './cloud.ts';

const nasty = `<img src=x onerror=alert(1)> & "O'Brien"\u0001`;
const options = {
  title: nasty,
  positions: cloud(300, 1),
  groups: Uint8Array.from({ length: 300 }, (_, i) => i % 2),
  names: [nasty, 'Plain'],
  size: { width: 400, height: 300 },
};

it('the SVG is well-formed, holds a circle a point, and every word as text', async () => {
  const text = await mapSvg(makePicture(options));
  const document = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(document.querySelector('parsererror')).toBeNull();
  expect(document.querySelectorAll('circle')).toHaveLength(300);
  expect(document.querySelectorAll('script, img, foreignObject')).toHaveLength(0);
  expect(document.querySelector('title')?.textContent).toBe(nasty.replace('\u0001', ''));
  const words = [...document.querySelectorAll('text')].map((node) => node.textContent);
  expect(words).toContain('A');
  expect(words).toContain(nasty.replace('\u0001', ''));
  expect(document.querySelectorAll('path').length).toBeGreaterThanOrEqual(4);
});

it('the same picture gives the same bytes', async () => {
  expect(await mapSvg(makePicture(options))).toBe(await mapSvg(makePicture(options)));
});

it('a map without points is still a picture', async () => {
  const text = await mapSvg(
    makePicture({ ...options, positions: new Float32Array(0), groups: [], names: [] }),
  );
  expect(text).toContain('</svg>');
  expect(text).not.toContain('NaN');
});

it('circles have a stated limit', () => expect(circleLimit).toBe(20_000));

it('escapes what XML needs escaped and drops what it forbids', () =>
  expect(escapeXml('a<b>&"\'\u0000\u001f\n')).toBe('a&lt;b&gt;&amp;&quot;&#39;\n'));
