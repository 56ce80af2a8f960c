/** What a saved picture is made of beside its points, in pixels: written as SVG or drawn on a canvas, alike. */
export type Mark =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      readonly radius?: number;
      readonly stroke?: string;
    }
  | {
      readonly kind: 'circle';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly stroke: string;
    }
  | {
      readonly kind: 'line';
      /** Absolute path data, only M, L and Z. */
      readonly d: string;
      readonly stroke: string;
      readonly opacity: number;
    }
  | {
      readonly kind: 'text';
      readonly words: string;
      readonly x: number;
      /** Middle of the letters. */
      readonly y: number;
      readonly fill: string;
      /** Pixels; 12 where absent. */
      readonly size?: number;
      readonly weight?: 400 | 500 | 600;
      readonly anchor?: 'start' | 'middle' | 'end';
      /** Drawn around the letters, to stand on points. */
      readonly halo?: string;
    };

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
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replace(/[&<>"']/g, (mark) => named[mark] ?? mark);

/** A number as it is written into a picture: two decimals, no more than needed. */
export const short = (value: number): string => String(Number(value.toFixed(2)));

/** From the middle of capitals to their base line, as a share of the size: programs agree on base lines, not on middles. */
const BASE = 0.36;
const HALO = 4;

const attributes = (of: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(of)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : value}"`)
    .join('');

/** Only elements and attributes that Inkscape, Illustrator and browsers draw alike: halos are texts of their own. */
export function markSvg(mark: Mark): string {
  if (mark.kind === 'rect') {
    const { kind: _, radius, ...rest } = mark;
    return `<rect${attributes({ ...rest, rx: radius })}/>`;
  }
  if (mark.kind === 'circle')
    return `<circle${attributes({ cx: mark.x, cy: mark.y, r: mark.radius, fill: 'none', stroke: mark.stroke })}/>`;
  if (mark.kind === 'line')
    return `<path${attributes({ d: mark.d, fill: 'none', stroke: mark.stroke, 'stroke-opacity': mark.opacity })}/>`;
  const { words, x, y, fill, size = 12, weight, anchor, halo } = mark;
  const place = {
    ...{ x, y: y + BASE * size, 'font-size': size === 12 ? undefined : size },
    ...{ 'font-weight': weight, 'text-anchor': anchor },
  };
  const text = (more: Record<string, string | number>) =>
    `<text${attributes({ ...place, ...more })}>${escapeXml(words)}</text>`;
  const around = halo
    ? text({ fill: halo, stroke: halo, 'stroke-width': HALO, 'stroke-linejoin': 'round' })
    : '';
  return around + text({ fill });
}

export function drawMark(
  context: OffscreenCanvasRenderingContext2D,
  mark: Mark,
  font: string,
): void {
  context.globalAlpha = 1;
  context.lineWidth = 1;
  if (mark.kind === 'text') return drawText(context, mark, font);
  if (mark.kind === 'line') {
    context.globalAlpha = mark.opacity;
    context.strokeStyle = mark.stroke;
    return context.stroke(new Path2D(mark.d));
  }
  context.beginPath();
  if (mark.kind === 'circle') context.arc(mark.x, mark.y, mark.radius, 0, 2 * Math.PI);
  else {
    context.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius ?? 0);
    if (mark.fill !== 'none') {
      context.fillStyle = mark.fill;
      context.fill();
    }
  }
  if (!mark.stroke) return;
  context.strokeStyle = mark.stroke;
  context.stroke();
}

function drawText(
  context: OffscreenCanvasRenderingContext2D,
  { words, x, y, fill, size = 12, weight = 400, anchor = 'start', halo }: Mark & { kind: 'text' },
  font: string,
): void {
  context.font = `${weight} ${size}px ${font}`;
  context.textAlign = anchor === 'middle' ? 'center' : anchor;
  context.textBaseline = 'alphabetic';
  if (halo) {
    context.strokeStyle = halo;
    context.lineWidth = HALO;
    context.lineJoin = 'round';
    context.strokeText(words, x, y + BASE * size);
  }
  context.fillStyle = fill;
  context.fillText(words, x, y + BASE * size);
}
