import { lookOf } from '../palette.ts';
import { contourShare } from './density.ts';
import { CpuPainter } from './cpu-painter.ts';
import { largestPoint, sizeFactors } from './painter.ts';
import { labelHeight, tileSize, type PlacedLabel } from './labels.ts';
import type { MapPicture } from './picture.ts';
import { layersOf } from './layers.ts';
import { dataRect, toScreen, visibleRanges } from './view.ts';

/** Up to so many points in sight stand as circles in an SVG; above, they are one embedded PNG under vector labels. */
export const circleLimit = 20_000;

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that can stand in XML, between tags or in an attribute; characters that XML forbids are dropped. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (mark) => named[mark] ?? mark);

const tileColours = ({ theme, colours }: MapPicture, group: number) =>
  lookOf(theme, colours[group] ?? group);

const tileWidth = (letter: string) => Math.max(tileSize, letter.length * 9 + 4);

/** Longest side of a PNG, pixels: browsers make no larger canvas. */
export const longestPng = 16_384;

/**
 * The map as it stands, at `scale` times its size, with lines and names, on the theme's surface: more pixels show more points apart.
 * Throws RangeError where a side would be longer than `longestPng`.
 */
export async function mapPng(picture: MapPicture, scale = 2): Promise<Blob> {
  const { width, height } = picture.frame.size;
  if (!(scale > 0 && scale * Math.max(width, height) <= longestPng))
    throw new RangeError(`a PNG has at most ${longestPng} pixels a side`);
  const canvas = paintPoints(picture, scale);
  const context = canvas.getContext('2d');
  if (!context) throw new TypeError('this browser draws no canvas');
  context.scale(scale, scale);
  drawLines(context, picture);
  for (const label of picture.labels) drawLabel(context, picture, label);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** The points alone. Painted in strips of at most `strip` pixels, so that memory does not grow with the picture. */
export function paintPoints(
  { model, frame }: Pick<MapPicture, 'model' | 'frame'>,
  ratio: number,
  strip = 4_000_000,
): OffscreenCanvas {
  const width = Math.max(1, Math.round(frame.size.width * ratio));
  const height = Math.max(1, Math.round(frame.size.height * ratio));
  const canvas = new OffscreenCanvas(width, height);
  const rows = Math.max(1, Math.floor(strip / width));
  const band = new OffscreenCanvas(1, 1);
  const painter = new CpuPainter(band);
  const context = canvas.getContext('2d', { alpha: false });
  for (let top = 0; top < height; top += rows) {
    const size = { width: frame.size.width, height: Math.min(rows, height - top) / ratio };
    const view = { ...frame.view, y: frame.view.y - top / ratio };
    painter.paint(model, { ...frame, size, view, ratio, moving: null });
    context?.drawImage(band, 0, top);
  }
  return canvas;
}

function drawLines(context: OffscreenCanvasRenderingContext2D, picture: MapPicture): void {
  const { view } = picture.frame;
  const clarity = contourShare(picture.model.bounds, view.k);
  context.strokeStyle = picture.theme.ink;
  for (const { lines } of picture.shapes)
    lines.forEach((line, level) => {
      const path = new Path2D();
      path.addPath(new Path2D(line), { a: view.k, d: -view.k, e: view.x, f: view.y });
      context.globalAlpha = clarity * (level > 0 ? 0.17 : 0.12);
      context.lineWidth = 1;
      context.stroke(path);
    });
  context.globalAlpha = 1;
}

function drawLabel(
  context: OffscreenCanvasRenderingContext2D,
  picture: MapPicture,
  { group, x, y, named: isNamed }: PlacedLabel,
): void {
  const { theme, font, names, letters } = picture;
  const { tile, ink } = tileColours(picture, group);
  const letter = letters[group] ?? '';
  const middle = y + labelHeight / 2;
  const wide = tileWidth(letter);
  context.font = `600 12px ${font}`;
  context.textBaseline = 'middle';
  context.fillStyle = tile;
  context.beginPath();
  context.roundRect(x, middle - tileSize / 2, wide, tileSize, 4);
  context.fill();
  context.fillStyle = ink;
  context.textAlign = 'center';
  context.fillText(letter, x + wide / 2, middle + 0.5);
  if (!isNamed) return;
  context.textAlign = 'left';
  context.strokeStyle = theme.surface;
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeText(names[group] ?? '', x + wide + 6, middle + 0.5);
  context.fillStyle = theme.ink;
  context.fillText(names[group] ?? '', x + wide + 6, middle + 0.5);
}

/** The map as it stands as an SVG document: no script, no reference to anything outside, every word escaped. */
export async function mapSvg(picture: MapPicture): Promise<string> {
  const { width, height } = picture.frame.size;
  const circles = pointCircles(picture);
  const points = circles ?? (await embedded(picture));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(picture.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${picture.theme.surface}"/>`,
    points,
    contourPaths(picture),
    `<g font-family="${escapeXml(picture.font)}" font-size="12" font-weight="600" dominant-baseline="central">`,
    ...picture.labels.map((label) => labelSvg(picture, label)),
    '</g>',
    '</svg>',
  ].join('\n');
}

/** One circle a point, grouped by how it is drawn; null above the limit. */
function pointCircles({ model, frame }: MapPicture): string | null {
  const { view, size, inks } = frame;
  const reach = largestPoint(model, frame);
  const radius = (slot: number) =>
    ((frame.point / 2) * (model.sizes ? sizeFactors[model.sizes[slot]!]! : 1)).toFixed(2);
  const ranges = visibleRanges(model, dataRect(view, size, reach));
  let inSight = 0;
  for (let r = 0; r < ranges.length; r += 2) inSight += ranges[r + 1]! - ranges[r]!;
  if (inSight > circleLimit) return null;
  const groups: string[] = [];
  for (const { mask, wanted } of layersOf(model, frame)) {
    const byState = new Map<number, string[]>();
    for (let r = 0; r < ranges.length; r += 2)
      for (let slot = ranges[r]!; slot < ranges[r + 1]!; slot++) {
        const state = model.state[slot]!;
        if ((state & mask) !== wanted) continue;
        const [x, y] = toScreen(view, model.positions[2 * slot]!, model.positions[2 * slot + 1]!);
        if (x < -reach || y < -reach || x > size.width + reach || y > size.height + reach) continue;
        const circles = byState.get(state) ?? [];
        byState.set(state, circles);
        circles.push(`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius(slot)}"/>`);
      }
    for (const [state, circles] of byState) {
      const colour = inks.colour[state]!;
      const rgb = [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255].join(',');
      const opacity = (inks.alpha[state]! / 256).toFixed(2);
      groups.push(`<g fill="rgb(${rgb})" fill-opacity="${opacity}">${circles.join('')}</g>`);
    }
  }
  return groups.join('\n');
}

async function embedded(picture: MapPicture): Promise<string> {
  const { width, height } = picture.frame.size;
  const blob = await paintPoints(picture, 2).convertToBlob({ type: 'image/png' });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `<image width="${width}" height="${height}" href="data:image/png;base64,${btoa(binary)}"/>`;
}

function contourPaths({ shapes, model, frame: { view }, theme }: MapPicture): string {
  const clarity = contourShare(model.bounds, view.k);
  if (clarity === 0) return '';
  const paths = shapes.flatMap(({ lines }) =>
    lines.map((line, level) => {
      const opacity = (clarity * (level > 0 ? 0.17 : 0.12)).toFixed(3);
      return `<path d="${line}" stroke-opacity="${opacity}" vector-effect="non-scaling-stroke"/>`;
    }),
  );
  const place = `translate(${view.x} ${view.y}) scale(${view.k} ${-view.k})`;
  return `<g fill="none" stroke="${theme.ink}" transform="${place}">${paths.join('')}</g>`;
}

function labelSvg(picture: MapPicture, { group, x, y, named: isNamed }: PlacedLabel): string {
  const { theme, names, letters } = picture;
  const { tile, ink } = tileColours(picture, group);
  const letter = letters[group] ?? '';
  const middle = y + labelHeight / 2;
  const wide = tileWidth(letter);
  const name = isNamed
    ? `<text x="${x + wide + 6}" y="${middle}" fill="${theme.ink}" stroke="${theme.surface}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">${escapeXml(names[group] ?? '')}</text>`
    : '';
  return (
    `<rect x="${x}" y="${middle - tileSize / 2}" width="${wide}" height="${tileSize}" rx="4" fill="${tile}"/>` +
    `<text x="${x + wide / 2}" y="${middle}" text-anchor="middle" fill="${ink}">${escapeXml(letter)}</text>${name}`
  );
}
