/** Computed styles that make a mark look the same outside of the page. */
const properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
] as const;
/** Pixels around a saved chart. */
const room = 16;
const space = 'http://www.w3.org/2000/svg';
/** What no picture needs: scripts, foreign parts, controls, and whatever only screen readers or the page use. */
const dropped = 'script, foreignObject, style, button, input, [data-noexport], .visually-hidden';

function svgNode(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const node = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}

/** A copy of a drawn SVG that needs no style sheet: computed styles as attributes, no classes, handlers, links or roles. */
export function standalone(svg: SVGElement): SVGElement {
  // The copy of an SVGElement is one.
  const copy = svg.cloneNode(true) as SVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((node, i) => {
    const original = originals[i];
    for (const { name } of [...node.attributes])
      if (/^(on|aria-|data-(?!noexport)|class$|style$|role$|tabindex$|href$|xlink)/.test(name))
        node.removeAttribute(name);
    if (!original) return;
    const style = getComputedStyle(original);
    for (const property of properties) {
      const value = style.getPropertyValue(property);
      if (value && !value.includes('var(')) node.setAttribute(property, value);
    }
  });
  copy.querySelectorAll(dropped).forEach((node) => node.remove());
  return copy;
}

type Line = { words: string; left: number; right: number; top: number; middle: number };

/** Words of a text node, line by line as the page broke them, with the place of each line; cut where the page cuts them. */
function linesOf(text: Text, parent: Element): readonly Line[] {
  const lines: Line[] = [];
  const range = document.createRange();
  const isCut = getComputedStyle(parent).overflowX === 'hidden';
  const end = isCut ? parent.getBoundingClientRect().right + 1 : Infinity;
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const { left, right, top, height } = range.getBoundingClientRect?.() ?? new DOMRect();
    const line = lines.at(-1);
    if (line && right > end) {
      line.words += '…';
      break;
    }
    if (line && Math.abs(line.top - top) < 2) {
      line.words += ` ${word}`;
      line.right = right;
    } else lines.push({ words: word, left, right, top, middle: top + height / 2 });
  }
  return lines;
}

/** What an element shows as one SVG with a little room around: its drawings, words and filled boxes where they stand, on the surface. */
export function elementSvg(element: HTMLElement, title: string): string {
  const box = element.getBoundingClientRect();
  const frame = { left: box.left - room, top: box.top - room };
  const [width, height] = [Math.ceil(box.width) + 2 * room, Math.ceil(box.height) + 2 * room];
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  const root = svgNode('svg', { ...size, role: 'img' });
  const name = svgNode('title', {});
  name.textContent = title;
  const background = getComputedStyle(element).getPropertyValue('--surface').trim() || '#ffffff';
  root.append(name, svgNode('rect', { width, height, fill: background }));
  const add = (node: Node): void => {
    if (node instanceof Text) return addText(node);
    if (!(node instanceof Element) || node.matches(dropped)) return;
    const box = node.getBoundingClientRect();
    const [x, y] = [box.left - frame.left, box.top - frame.top];
    if (node instanceof SVGElement) {
      const copy = standalone(node);
      const place = { x, y, width: box.width, height: box.height, overflow: 'visible' };
      for (const [key, value] of Object.entries(place)) copy.setAttribute(key, String(value));
      root.append(copy);
      return;
    }
    const fill = getComputedStyle(node).backgroundColor;
    if (fill && !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(fill))
      root.append(svgNode('rect', { x, y, width: box.width, height: box.height, fill, rx: 2 }));
    node.childNodes.forEach(add);
  };
  const addText = (text: Text): void => {
    if (!text.parentElement) return;
    const style = getComputedStyle(text.parentElement);
    const anchor = /right|end/.test(style.textAlign) ? 'end' : 'start';
    for (const { words, left, right, middle } of linesOf(text, text.parentElement)) {
      const node = svgNode('text', {
        // Elsewhere the font may be another: what was flush right stays so.
        x: (anchor === 'end' ? right : left) - frame.left,
        y: middle - frame.top,
        'text-anchor': anchor,
        fill: style.color || '#000000',
        'font-family': style.fontFamily,
        'font-size': style.fontSize,
        'font-weight': style.fontWeight,
        'dominant-baseline': 'central',
      });
      node.textContent = words;
      root.append(node);
    }
  };
  element.childNodes.forEach(add);
  return new XMLSerializer().serializeToString(root);
}

/** An SVG document as PNG at `scale` times its size. */
export async function svgToPng(text: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(
      Math.max(1, image.naturalWidth * scale),
      Math.max(1, image.naturalHeight * scale),
    );
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A file name from a title: plain letters, figures and hyphens. */
export const fileName = (title: string, ending: string): string =>
  `${
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'chart'
  }.${ending}`;
