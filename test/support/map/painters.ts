/** What the journey about painters runs in a page: the same frames with both painters, and what happens when the context goes. */
import { CpuPainter } from '../../../src/charts/map/cpu-painter.ts';
import { GlEngine } from '../../../src/charts/map/gl-engine.ts';
import { GlPainter } from '../../../src/charts/map/gl-painter.ts';
import { makeInks, strengthFor } from '../../../src/charts/map/inks.ts';
import { MapPainter, PainterChoice } from '../../../src/charts/map/map-painter.ts';
import { buildModel, makeState, partState, type MapModel } from '../../../src/charts/map/model.ts';
import type { Frame } from '../../../src/charts/map/painter.ts';
import { paintPoints, sheetPng } from '../../../src/charts/map/save/save-map.ts';
import { PanePainter } from '../../../src/charts/map/pane-painter.ts';
import { fitView, toScreen, zoomAt } from '../../../src/charts/map/view.ts';
import { printTheme } from '../../../src/charts/palette.ts';
import { unattended } from '../../../src/lib/job.ts';
import { sheetOf } from '../../charts/sheet-of.ts';
import { cloudOf, halfOf } from '../../bench/map/points.ts';

const size = { width: 300, height: 200 };

/** A forced answer, so that the graphics card is used where it would lose. */
class Forced extends PainterChoice {
  override isGl = (): boolean => {
    this.engine ??= GlEngine.open();
    return true;
  };
}

type Shape = {
  readonly count: number;
  readonly zoom: number;
  readonly isFiltered?: boolean;
  readonly isSelected?: boolean;
  readonly hasSizes?: boolean;
  readonly ratio?: number;
};

function sceneOf({ count, zoom, isFiltered, isSelected, hasSizes, ratio = 1 }: Shape) {
  const { positions, groups } = cloudOf(count);
  const base = buildModel(positions);
  const state = makeState(base, {
    groups,
    dimmed: isFiltered ? halfOf(count, 1) : null,
    selectedGroup: isSelected ? 2 : null,
  });
  const sizes = hasSizes ? Uint8Array.from({ length: count }, (_, i) => i % 8) : null;
  const model: MapModel = { ...base, state, sizes };
  const fit = fitView(model.bounds, size, 10);
  const [x, y] = toScreen(fit, positions[0]!, positions[1]!);
  const view = zoom === 1 ? fit : zoomAt(fit, zoom, [x, y]);
  const inks = makeInks(printTheme, strengthFor(count / zoom ** 1.5), !!isSelected);
  const frame: Frame = { view, size, ratio, point: 3, inks };
  return { model, frame };
}

const canvasOf = () => {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new TypeError('no canvas');
  return { canvas, context };
};
const read = ({ canvas, context }: ReturnType<typeof canvasOf>) =>
  context.getImageData(0, 0, canvas.width, canvas.height).data;

/** Mean of |a − b| over all channels, and over the means of blocks of 10 × 10 pixels; 0 to 255. And how much is not surface. */
function compare(a: Uint8ClampedArray, b: Uint8ClampedArray, width: number) {
  const blocks = new Map<number, number>();
  let each = 0;
  let painted = 0;
  for (let i = 0; i < a.length; i++) {
    each += Math.abs(a[i]! - b[i]!);
    painted += a[i] === 255 ? 0 : 1;
    const pixel = i >> 2;
    const key =
      (i & 3) + 4 * (Math.floor((pixel % width) / 10) + 1000 * Math.floor(pixel / width / 10));
    blocks.set(key, (blocks.get(key) ?? 0) + (a[i]! - b[i]!) / 100);
  }
  const block = [...blocks.values()].reduce((sum, value) => sum + Math.abs(value), 0) / blocks.size;
  return { each: each / a.length, block, painted: painted / a.length };
}

/** How far the two painters' pictures of one frame lie apart. */
export function apart(shape: Shape) {
  const { model, frame } = sceneOf(shape);
  const [left, right] = [canvasOf(), canvasOf()];
  new CpuPainter(left.canvas).paint(model, frame);
  const engine = GlEngine.open();
  if (!engine) throw new TypeError('no WebGL2');
  const painter = new GlPainter(right.canvas, right.context, engine);
  const isDrawn = painter.paint(model, frame);
  const error = engine.gl.getError();
  const answer = compare(read(left), read(right), left.canvas.width);
  painter.dispose();
  engine.close();
  return { ...answer, isDrawn, error };
}

const event = (target: EventTarget, name: string) =>
  new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));

/** Two views on one context, which is lost and comes back. */
export async function loss() {
  const choice = new Forced();
  const { model, frame } = sceneOf({ count: 30_000, zoom: 1 });
  const other = sceneOf({ count: 30_000, zoom: 3, isFiltered: true });
  const views = [canvasOf(), canvasOf()];
  const painters = views.map(({ canvas }) => new MapPainter(canvas, choice));
  painters[0]!.paint(model, frame);
  painters[1]!.paint(model, other.frame);
  const kinds = [painters.map(({ kind }) => kind).join()];
  const engine = choice.engine!;
  const lose = engine.gl.getExtension('WEBGL_lose_context')!;
  const expected = [frame, other.frame].map((each) => {
    const plain = canvasOf();
    new CpuPainter(plain.canvas).paint(model, each);
    return read(plain);
  });
  const lost = event(engine.canvas, 'webglcontextlost');
  lose.loseContext();
  await lost;
  // No frame has passed and nobody asked: both views stand there, painted by the processor.
  kinds.push(painters.map(({ kind }) => kind).join());
  const same = views.map((view, i) => compare(read(view), expected[i]!, view.canvas.width).each);
  await new Promise((resolve) => setTimeout(resolve)); // only then may it be restored
  const restored = event(engine.canvas, 'webglcontextrestored');
  lose.restoreContext();
  await restored;
  painters.forEach((painter, i) => painter.paint(model, [frame, other.frame][i]!));
  kinds.push(painters.map(({ kind }) => kind).join());
  const back = views.map((view, i) => compare(read(view), expected[i]!, view.canvas.width).block);
  painters[0]!.dispose();
  painters[1]!.paint(model, other.frame); // the shared buffer is still there
  back.push(compare(read(views[1]!), expected[1]!, size.width).block);
  const contexts = new Set([choice.engine]).size;
  return { kinds, same, back, contexts, error: engine.gl.getError() };
}

/** Small views of one model on the forced card beside the processor's, what painted each when the context is lost, and what stays on the card. */
export async function panes() {
  const choice = new Forced();
  const { model, frame } = sceneOf({ count: 30_000, zoom: 1 });
  const of = Uint8Array.from({ length: model.count }, (_, i) => i % 4);
  const painter = new PanePainter(choice);
  const kinds: string[] = [];
  const blocks: number[] = [];
  const held: number[] = [];
  const paint = (id: number) => {
    const part = { ...model, state: partState(model, of, id) };
    const canvas = document.createElement('canvas');
    kinds.push(painter.paint(canvas, part, frame, frame));
    const plain = canvasOf();
    new CpuPainter(plain.canvas).paint(part, frame);
    const context = canvas.getContext('2d')!;
    const drawn = context.getImageData(0, 0, canvas.width, canvas.height).data;
    blocks.push(compare(drawn, read(plain), canvas.width).block);
    held.push(choice.engine!.held);
  };
  paint(0);
  paint(1);
  const engine = choice.engine!;
  const error = engine.gl.getError();
  const lost = event(engine.canvas, 'webglcontextlost');
  engine.gl.getExtension('WEBGL_lose_context')!.loseContext();
  await lost;
  paint(2);
  painter.dispose();
  return { kinds, blocks, held, error };
}

/** What the page chooses here, after how long, and what it keeps. */
export async function choose(count: number) {
  const choice = new PainterChoice();
  const { model, frame } = sceneOf({ count, zoom: 1 });
  const { canvas } = canvasOf();
  const painter = new MapPainter(canvas, choice);
  painter.paint(model, frame);
  const before = choice.isGl(count);
  await new Promise((resolve) => setTimeout(resolve, 30));
  await new Promise((resolve) => requestIdleCallback(resolve));
  painter.paint(model, frame);
  return { before, after: choice.isGl(count), kind: painter.kind, keeps: choice.engine !== null };
}

/** Whether a hurried frame of many points was drawn from a sample, and the calm one from all. */
export function hurry() {
  const { model, frame } = sceneOf({ count: 1_000_000, zoom: 1, ratio: 3 });
  const { canvas } = canvasOf();
  const painter = new MapPainter(canvas, new PainterChoice());
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    painter.paint(model, frame);
    return performance.now() - start;
  });
  const isSample = painter.paint(model, { ...frame, isHurried: true });
  return { isSlow: times[2]! > 25, isSample, isCalm: !painter.paint(model, frame) };
}

/** A picture in strips beside the same in one piece, and the size of a PNG for print. */
export async function strips() {
  const { model, frame } = sceneOf({ count: 300_000, zoom: 1, isFiltered: true });
  const [whole, cut] = await Promise.all(
    [100_000_000, 40_000].map(async (strip) => {
      const { canvas, context } = canvasOf();
      canvas.width = 3 * size.width;
      canvas.height = 3 * size.height;
      await paintPoints(context, { model, frame }, 3, unattended, strip);
      return read({ canvas, context });
    }),
  );
  const differ = whole!.reduce((sum, byte, i) => sum + (byte === cut![i] ? 0 : 1), 0);
  const { positions, groups } = cloudOf(100_000);
  const names = Array.from({ length: 10 }, (_, i) => `Group ${i}`);
  const sheet = sheetOf({ positions, groups, names, size });
  const bitmap = await createImageBitmap(await sheetPng(sheet, 4000));
  const refused = await sheetPng(sheet, 20_000).catch((error: unknown) => String(error));
  return { differ, longest: Math.max(bitmap.width, bitmap.height), refused };
}

/** Arrays on the card while two views change their colours, filters and sizes a hundred times, and after they are gone. */
export function churn() {
  const engine = GlEngine.open();
  if (!engine) throw new TypeError('no WebGL2');
  const views = [canvasOf(), canvasOf()];
  const painters = views.map(({ canvas, context }) => new GlPainter(canvas, context, engine));
  const { model, frame } = sceneOf({ count: 3_000, zoom: 1 });
  let most = 0;
  for (let step = 0; step < 100; step++) {
    const groups = Uint8Array.from({ length: model.count }, (_, i) => (i + step) % 9);
    const sizes = step % 3 ? null : groups.map((group) => group % 8);
    const inks = makeInks(printTheme, strengthFor(3_000 + step), false);
    const state = makeState(model, { groups });
    painters[step % 2]!.paint({ ...model, state, sizes }, { ...frame, inks });
    most = Math.max(most, engine.held);
  }
  painters.forEach((painter) => painter.dispose());
  const answer = { most, left: engine.held, error: engine.gl.getError() };
  engine.close();
  return answer;
}
