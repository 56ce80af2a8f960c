/** Frames a second while a map of 100,000 points is panned, against a canvas that fills a rectangle a point. Without a GPU. */
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const goal = 30;
const count = 100_000;
const src = fileURLToPath(new URL('../../src/', import.meta.url));

/** What runs in the page: our painter and a plain canvas, on the same seeded points, in turn. */
const page = `
import { CpuPainter } from '${src}charts/map/cpu-painter.ts';
import { makeInks, strengthFor } from '${src}charts/map/inks.ts';
import { selectInside } from '${src}charts/map/lasso.ts';
import { nearest } from '${src}charts/map/hit.ts';
import { buildModel, makeState } from '${src}charts/map/model.ts';
import { pointSize } from '${src}charts/map/painter.ts';
import { fitView, panBy, zoomAt } from '${src}charts/map/view.ts';
import { printTheme } from '${src}charts/palette.ts';
import { random } from '${src}lib/random.ts';

const size = { width: 1200, height: 800 };
const next = random(42);
const gauss = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
const centres = Array.from({ length: 10 }, () => [next() * 1.6 - 0.8, next() * 1.6 - 0.8]);
const groups = Uint8Array.from({ length: ${count} }, () => next() * 10);
const positions = new Float32Array(2 * ${count});
for (let i = 0; i < ${count}; i++)
  for (let axis = 0; axis < 2; axis++) positions[2 * i + axis] = centres[groups[i]][axis] + 0.09 * gauss();
const dimmed = Uint8Array.from(groups, () => (next() < 0.5 ? 1 : 0));

const canvasFor = (ratio) => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [size.width * ratio, size.height * ratio];
  Object.assign(canvas.style, { width: size.width + 'px', height: size.height + 'px' });
  document.body.append(canvas);
  return canvas;
};
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const finish = (canvas) => canvas.getContext('2d').getImageData(0, 0, 1, 1); // waits until it is drawn

globalThis.run = async () => {
  const began = performance.now();
  const grid = buildModel(positions);
  const plain = { ...grid, state: makeState(grid, { groups }) };
  const canvas = canvasFor(1);
  const painter = new CpuPainter(canvas);
  const fit = fitView(grid.bounds, size);
  const frameAt = (view, ratio = 1) => {
    const zoom = view.k / fit.k;
    const inks = makeInks(printTheme, strengthFor(${count} / zoom ** 1.5), false);
    return { view, size, ratio, point: pointSize(${count}, zoom), inks };
  };
  painter.paint(plain, frameAt(fit));
  finish(canvas);
  const first = performance.now() - began;
  const filtered = { ...grid, state: makeState(grid, { groups, dimmed }) };
  const sharp = canvasFor(2);
  const sharpPainter = new CpuPainter(sharp);
  const baseline = canvasFor(1);
  const context = baseline.getContext('2d', { alpha: false });
  const [cx, cy] = [fit.x + fit.k * centres[0][0], fit.y - fit.k * centres[0][1]];
  const near = zoomAt(fit, 8, [cx, cy]);
  const draw = {
    'pan': (step) => (painter.paint(plain, frameAt(panBy(fit, 3 * step, 2 * step))), canvas),
    'pan, half filtered out': (step) => (painter.paint(filtered, frameAt(panBy(fit, 3 * step, 2 * step))), canvas),
    'zoomed in 8x': (step) => (painter.paint(plain, frameAt(panBy(near, 3 * step, 2 * step))), canvas),
    'pan, 2 device pixels': (step) => (sharpPainter.paint(plain, frameAt(panBy(fit, 3 * step, 2 * step), 2)), sharp),
    'fillRect a point, pan': (step) => {
      const { k, x, y } = panBy(fit, 3 * step, 2 * step);
      context.fillStyle = printTheme.surface;
      context.fillRect(0, 0, size.width, size.height);
      for (let i = 0; i < ${count}; i++) {
        context.fillStyle = printTheme.segments[groups[i]];
        context.fillRect(x + k * positions[2 * i] - 1, y - k * positions[2 * i + 1] - 1, 2, 2);
      }
      return baseline;
    },
  };
  const times = Object.fromEntries(Object.keys(draw).map((name) => [name, []]));
  for (let round = 0; round < 25; round++)
    for (const [name, one] of Object.entries(draw)) {
      const start = performance.now();
      finish(one(round % 12));
      if (round >= 4) times[name].push(performance.now() - start);
    }
  const still = await new Promise((resolve) => {
    const stamps = [];
    const tick = (now) => {
      stamps.push(now);
      painter.paint(plain, frameAt(panBy(fit, stamps.length, 0)));
      if (stamps.length <= 90) requestAnimationFrame(tick);
      else resolve((1000 * 80) / (stamps[90] - stamps[10]));
    };
    requestAnimationFrame(tick);
  });
  const polygon = Array.from({ length: 200 }, (_, i) => {
    const [turn, radius] = [(2 * Math.PI * i) / 200, 0.5 + 0.1 * next()];
    return [radius * Math.cos(turn), radius * Math.sin(turn)];
  }).flat();
  const lasso = median(Array.from({ length: 9 }, () => {
    const start = performance.now();
    selectInside(grid, polygon);
    return performance.now() - start;
  }));
  const hoverStart = performance.now();
  for (let i = 0; i < 1000; i++) nearest(grid, next() * 2 - 1, next() * 2 - 1, 8 / fit.k);
  const hover = performance.now() - hoverStart; // ms for 1,000 is microseconds each
  const medians = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
  return { first, medians, framesPerSecond: still, lasso, hover };
};
`;

type Result = {
  readonly first: number;
  readonly medians: Readonly<Record<string, number>>;
  readonly framesPerSecond: number;
  readonly lasso: number;
  readonly hover: number;
};

const id = 'virtual:map-bench';
const bundle = await build({
  configFile: false,
  logLevel: 'silent',
  plugins: [
    {
      name: 'page',
      resolveId: (name) => (name === id ? `\0${id}` : null),
      load: (name) => (name === `\0${id}` ? page : null),
    },
  ],
  build: { write: false, target: 'es2023', rollupOptions: { input: id } },
});
const output = 'output' in bundle ? bundle : Array.isArray(bundle) ? bundle[0] : undefined;
const chunk = output?.output.find((part) => part.type === 'chunk');
if (chunk?.type !== 'chunk') throw new TypeError('the bench page was not built');

const browser = await chromium.launch({
  executablePath: process.env['TESSERA_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  tab.on('pageerror', (error) => console.error(error));
  await tab.addScriptTag({ content: chunk.code, type: 'module' });
  // The page defines `run`.
  const result = (await tab.evaluate('globalThis.run()')) as Result;
  console.log(
    `${count.toLocaleString('en-GB')} points, 1200 × 800, Chromium ${browser.version()} without GPU, ` +
      `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}; medians of 21 frames, in turn`,
  );
  const row = (words: string, figure: string) => console.log(`  ${words.padEnd(30)}${figure}`);
  row('data to first frame', `${result.first.toFixed(0)} ms`);
  for (const [name, ms] of Object.entries(result.medians)) row(name, `${ms.toFixed(1)} ms`);
  row('lasso of 200 corners', `${result.lasso.toFixed(1)} ms`);
  row('hover within 8 px', `${result.hover.toFixed(0)} µs`);
  const ratio = (result.medians['fillRect a point, pan'] ?? NaN) / (result.medians['pan'] ?? NaN);
  row('fillRect ÷ ours, pan', `${ratio.toFixed(1)}×`);
  const rate = Math.floor(result.framesPerSecond);
  console.log(
    `map: ${rate} frames/s at ${count.toLocaleString('en-GB')} points (goal ${goal}) ${rate >= goal ? 'PASS' : 'MISS'}`,
  );
} finally {
  await browser.close();
}
