import { unattended, type Job } from '../../../lib/job.ts';
import { CpuPainter } from '../cpu-painter.ts';
import { layersOf } from '../layers.ts';
import { dimmedBit } from '../model.ts';
import { largestPoint, sizeFactors } from '../painter.ts';
import type { MapPicture } from '../picture.ts';
import { dataRect, toScreen, visibleRanges } from '../view.ts';
import { densityPaths, rgbOf } from './density-paths.ts';
import { drawMark, escapeXml, markSvg, short } from './marks.ts';
import { overMarks } from './plot-marks.ts';
import { layOutSheet, type SheetInput } from './sheet.ts';

/** Up to so many points of a sheet stand as circles in an SVG; above, density is paths, and points outside of it circles. */
export const circleLimit = 20_000;

/** Longest side of a PNG, pixels: browsers make no larger canvas. */
export const longestPng = 16_384;
/** A picture is painted in strips of at most so many pixels, so that memory does not grow with it. */
const STRIP = 4_000_000;

/**
 * A sheet as PNG whose longer side has `longest` pixels: more pixels show more points apart. Throws RangeError beyond `longestPng`.
 */
export async function sheetPng(
  input: SheetInput,
  longest: number,
  job: Job = unattended,
): Promise<Blob> {
  if (!(longest >= 1 && longest <= longestPng))
    throw new RangeError(`a PNG has 1 to ${longestPng} pixels a side`);
  const sheet = layOutSheet(input);
  const ratio = longest / Math.max(sheet.width, sheet.height);
  const side = (pixels: number) => Math.max(1, Math.round(pixels * ratio));
  const canvas = new OffscreenCanvas(side(sheet.width), side(sheet.height));
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new TypeError('this browser draws no canvas');
  context.fillStyle = input.theme.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const [i, { x, y, size, picture }] of sheet.plots.entries()) {
    const drawn = picture();
    context.setTransform(1, 0, 0, 1, Math.round(x * ratio), Math.round(y * ratio));
    await paintPoints(context, drawn, ratio, job);
    context.setTransform(ratio, 0, 0, ratio, x * ratio, y * ratio);
    context.save();
    context.beginPath();
    context.rect(0, 0, size.width, size.height);
    context.clip();
    for (const mark of overMarks(drawn)) drawMark(context, mark, input.font);
    context.restore();
    job.progress('Drawing the picture', i + 1, sheet.plots.length);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const mark of sheet.marks) drawMark(context, mark, input.font);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** The points alone, from where the context's origin is, in strips. */
export async function paintPoints(
  context: OffscreenCanvasRenderingContext2D,
  { model, frame }: Pick<MapPicture, 'model' | 'frame'>,
  ratio: number,
  job: Job = unattended,
  strip = STRIP,
): Promise<void> {
  const width = Math.max(1, Math.round(frame.size.width * ratio));
  const height = Math.max(1, Math.round(frame.size.height * ratio));
  const rows = Math.max(1, Math.floor(strip / width));
  const band = new OffscreenCanvas(1, 1);
  const painter = new CpuPainter(band);
  for (let top = 0; top < height; top += rows) {
    const size = { width: frame.size.width, height: Math.min(rows, height - top) / ratio };
    const view = { ...frame.view, y: frame.view.y - top / ratio };
    painter.paint(model, { ...frame, size, view, ratio, moving: null });
    context.drawImage(band, 0, top);
    await job.breathe();
  }
  painter.dispose();
}

/**
 * A sheet as an SVG document: no script, no foreign object, no reference to anything outside, every word escaped, only what Inkscape, Illustrator and
 * browsers draw alike.
 */
export async function sheetSvg(input: SheetInput, job: Job = unattended): Promise<string> {
  const { width, height, plots, marks } = layOutSheet(input);
  const { backdrop, theme, title, notes, source, font } = input;
  const body: string[] = [];
  const below = backdrop?.();
  const budget = circleLimit / Math.max(1, plots.length + (below ? 1 : 0));
  const isFew = below ? below.model.count <= circleLimit : undefined;
  if (below)
    body.push(
      `<defs><g id="everyone">${await pointsSvg(below, { isFew, budget }, job)}</g></defs>`,
    );
  for (const [i, { x, y, size, picture }] of plots.entries()) {
    const drawn = picture();
    const box = `<rect width="${short(size.width)}" height="${short(size.height)}"/>`;
    body.push(
      `<clipPath id="plot-${i}">${box}</clipPath>`,
      `<g transform="translate(${short(x)} ${short(y)})" clip-path="url(#plot-${i})">`,
      below ? '<use xlink:href="#everyone"/>' : '',
      await pointsSvg(drawn, { isFew, budget, isPart: !!below }, job),
      ...overMarks(drawn).map(markSvg),
      '</g>',
    );
    job.progress('Drawing the picture', i + 1, plots.length);
  }
  const [w, h] = [short(width), short(height)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" font-family="${escapeXml(font)}" font-size="12">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml([...notes, ...source].join(' '))}</desc>`,
    `<rect width="${w}" height="${h}" fill="${theme.surface}"/>`,
    ...body,
    ...marks.map(markSvg),
    '</svg>',
  ]
    .filter(Boolean)
    .join('\n');
}

type How = {
  /** All points are circles; undefined: where there are few in sight. */
  readonly isFew: boolean | undefined;
  /** Most circles where points stand outside of density. */
  readonly budget: number;
  /** Everyone in grey stands below already. */
  readonly isPart?: boolean;
};

async function pointsSvg(picture: MapPicture, how: How, job: Job): Promise<string> {
  const { model, frame } = picture;
  const ranges = visibleRanges(model, dataRect(frame.view, frame.size, largestPoint(model, frame)));
  let inSight = 0;
  for (let r = 0; r < ranges.length; r += 2) inSight += ranges[r + 1]! - ranges[r]!;
  const layers = layersOf(model, frame).filter(({ wanted }) => !(how.isPart && wanted & dimmedBit));
  if (how.isFew ?? inSight <= circleLimit) {
    const slots: number[] = [];
    for (const { mask, wanted } of layers)
      for (let r = 0; r < ranges.length; r += 2)
        for (let slot = ranges[r]!; slot < ranges[r + 1]!; slot++)
          if ((model.state[slot]! & mask) === wanted) slots.push(slot);
    return circles(picture, slots);
  }
  if (model.sizes) return embedded(picture, job);
  const { paths, alone } = await densityPaths(picture, layers, job);
  const every = Math.ceil(alone.length / how.budget);
  // In grid order, so those who are left out are so evenly all over the map.
  const shown = every > 1 ? alone.filter((_, i) => i % every === 0) : alone;
  return `${circles(picture, shown)}\n${paths}`;
}

/** One circle a point in sight, together by what they look like. */
function circles({ model, frame }: MapPicture, slots: readonly number[]): string {
  const { view, size, inks, point } = frame;
  const reach = largestPoint(model, frame);
  const alike = new Map<number, string[]>();
  for (const slot of slots) {
    const [x, y] = toScreen(view, model.positions[2 * slot]!, model.positions[2 * slot + 1]!);
    if (x < -reach || y < -reach || x > size.width + reach || y > size.height + reach) continue;
    const radius = (point / 2) * (model.sizes ? sizeFactors[model.sizes[slot]!]! : 1);
    const state = model.state[slot]!;
    const drawn = `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${short(radius)}"/>`;
    const known = alike.get(state);
    if (known) known.push(drawn);
    else alike.set(state, [drawn]);
  }
  const groups = [...alike].map(([state, drawn]) => {
    const opacity = short(inks.alpha[state]! / 256);
    return `<g fill="${rgbOf(inks.colour[state]!)}" fill-opacity="${opacity}">${drawn.join('')}</g>`;
  });
  return groups.join('\n');
}

/** Points of many sizes are no density: where they are many, they are one picture under the vectors. */
async function embedded(picture: MapPicture, job: Job): Promise<string> {
  const { width, height } = picture.frame.size;
  const canvas = new OffscreenCanvas(2 * width, 2 * height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new TypeError('this browser draws no canvas');
  await paintPoints(context, picture, 2, job);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `<image width="${short(width)}" height="${short(height)}" xlink:href="data:image/png;base64,${btoa(binary)}"/>`;
}
