import { interpolateLab, piecewise, rgb } from 'd3';

/** How many segment hues there are before they come again in another shade. */
export const hues = 12;

/** A segment's hue as it is, then nearer to the ink, then nearer to the surface: 36 looks; beyond, letters alone tell. */
const shades = 3;
/** How far a shade goes towards the ink and towards the surface, in Lab. */
const towards = [0, 0.5, 0.55] as const;
const shadeOf = (index: number): 0 | 1 | 2 => {
  const shade = Math.floor(index / hues) % shades;
  return shade === 1 || shade === 2 ? shade : 0;
};

/** The place of a segment in the palette, 1 to 12: the number in `--seg-1` … `--seg-12`. */
export const hueOf = (index: number): number => (((index % hues) + hues) % hues) + 1;

/** A CSS colour for SVG and DOM marks; follows the theme by itself. Below 0 stands for no segment: grey. */
export function segmentColour(index: number): string {
  if (index < 0) return 'var(--context)';
  const shade = shadeOf(index);
  const hue = `var(--seg-${hueOf(index)})`;
  if (shade === 0) return hue;
  const other = shade === 1 ? '--ink' : '--surface';
  return `color-mix(in lab, ${hue}, var(${other}) ${100 * towards[shade]}%)`;
}

/** Dark or light, whichever reads on `segmentColour(index)`. */
export function segmentInk(index: number): string {
  if (index < 0) return 'var(--ink)';
  return [`var(--seg-${hueOf(index)}-ink)`, 'var(--surface)', 'var(--ink)'][shadeOf(index)] ?? '';
}

/** A to Z, then AA, AB, …: goes on where colours repeat. */
export function letterOf(index: number): string {
  if (!(index >= 0)) throw new RangeError(`segment ${index} has no letter`);
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

/** The tokens that a canvas or an exported picture needs, as hex colours. */
export type Theme = {
  readonly surface: string;
  readonly ink: string;
  readonly quiet: string;
  readonly context: string;
  readonly accent: string;
  /** Twelve, in order. */
  readonly segments: readonly string[];
  /** Ink on each of the twelve. */
  readonly inks: readonly string[];
  /** The ramp for numbers, low to high, without the steps that are too near to the surface for a point. */
  readonly sequence: readonly string[];
};

const hexes = (list: string): readonly string[] => list.split(' ').map((hex) => `#${hex}`);

/** The light tokens: for pictures that leave the page, and where no style sheet is loaded. */
export const printTheme: Theme = {
  surface: '#ffffff',
  ink: '#1a1b1d',
  quiet: '#66696d',
  context: '#b9bbbd',
  accent: '#1d5fc4',
  segments: hexes(
    '2e64dc ae4601 058a64 792086 9d8f17 e64b6d 3c91e5 6b2b08 03513c c076a3 141352 61657d',
  ),
  inks: hexes(
    'ffffff ffffff 000000 ffffff 000000 000000 000000 ffffff ffffff 000000 ffffff ffffff',
  ),
  sequence: hexes('a7c6c8 79abb2 4a8d9b 226e80 0d4f60 08323d'),
};

/** What `segmentColour` and `segmentInk` say, as hex colours of a theme; below 0 grey. */
export function lookOf(
  theme: Theme,
  index: number,
): { readonly tile: string; readonly ink: string } {
  if (index < 0) return { tile: theme.context, ink: theme.ink };
  const hue = theme.segments[hueOf(index) - 1] ?? '#000000';
  const shade = shadeOf(index);
  if (shade === 0) return { tile: hue, ink: theme.inks[hueOf(index) - 1] ?? '#ffffff' };
  const other = shade === 1 ? theme.ink : theme.surface;
  const tile = rgb(interpolateLab(hue, other)(towards[shade])).formatHex();
  return { tile, ink: shade === 1 ? theme.surface : theme.ink };
}

/** The colours of segments 0 … 35. */
export const looksOf = (theme: Theme): readonly string[] =>
  Array.from({ length: hues * shades }, (_, index) => lookOf(theme, index).tile);

/** The tokens as they stand on `element`; what is missing or not a hex colour comes from `printTheme`. */
export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const token = (name: string, otherwise: string) => {
    const value = style.getPropertyValue(name).trim();
    return /^#[0-9a-f]{6}$/i.test(value) ? value : otherwise;
  };
  return {
    surface: token('--surface', printTheme.surface),
    ink: token('--ink', printTheme.ink),
    quiet: token('--ink-3', printTheme.quiet),
    context: token('--context', printTheme.context),
    accent: token('--accent', printTheme.accent),
    segments: printTheme.segments.map((hex, i) => token(`--seg-${i + 1}`, hex)),
    inks: printTheme.inks.map((hex, i) => token(`--seg-${i + 1}-ink`, hex)),
    sequence: printTheme.sequence.map((hex, i) => token(`--seq-${i + 3}`, hex)),
  };
}

/** The tokens of a theme, whichever the page has now. */
export function themeOf(name: 'light' | 'dark'): Theme {
  const probe = document.createElement('div');
  probe.dataset['theme'] = name;
  probe.hidden = true;
  document.body.append(probe);
  try {
    return readTheme(probe);
  } finally {
    probe.remove();
  }
}

/** Calls back when the theme of the page may have changed: its attribute or the system's wish. Returns how to stop. */
export function watchTheme(onchange: () => void): () => void {
  const observer = new MutationObserver(onchange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] });
  const system = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
  system?.addEventListener('change', onchange);
  return () => {
    observer.disconnect();
    system?.removeEventListener('change', onchange);
  };
}

/** A perceptual ramp through `colours`, evenly in Lab; `share` 0 to 1. */
export function ramp(colours: readonly string[], share: number): string {
  if (colours.length === 0) throw new RangeError('a ramp needs a colour');
  if (colours.length === 1) return colours[0] ?? '';
  return piecewise(interpolateLab, [...colours])(Math.min(1, Math.max(0, share)));
}

/** Step 1 to 8 of the one sequential ramp, as a CSS colour. */
export const sequence = (share: number): string =>
  `var(--seq-${1 + Math.min(7, Math.floor(8 * Math.max(0, share)))})`;

/** Step 1 to 9 of the diverging pair, `deviation` −1 (below) to 1 (above), as a CSS colour. */
export const diverging = (deviation: number): string =>
  `var(--div-${5 + Math.round(4 * Math.min(1, Math.max(-1, deviation)))})`;
