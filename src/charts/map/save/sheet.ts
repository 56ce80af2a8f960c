import type { Theme } from '../../palette.ts';
import { lookOf, ramp } from '../../palette.ts';
import type { MapAxis } from '../axes.ts';
import type { RampLegend, SizeLegend, ValueLegend } from '../legend.ts';
import { textWidth } from '../measure.ts';
import type { MapPicture } from '../picture.ts';
import { sizeFactors } from '../painter.ts';
import type { Size, View } from '../view.ts';
import type { Mark } from './marks.ts';
import { axisMarks, axisRoom, tileMarks } from './plot-marks.ts';

/** A map, or one of several, on a sheet. Made when it is drawn, so that two hundred of them need the memory of one. */
export type Plot = {
  readonly size: Size;
  readonly picture: () => MapPicture;
  /** Stands over it. */
  readonly heading?: {
    readonly letter: string;
    readonly colour: number;
    readonly title: string;
    readonly words: string;
  };
};

/** A row of the legend of groups: "A", "Frequent and recent", "1,204, 28 %". */
export type GroupEntry = {
  readonly letter: string;
  readonly name: string;
  readonly colour: number;
  readonly words: string;
};

/** All that a saved picture says; every word is given. */
export type SheetInput = {
  readonly theme: Theme;
  /** CSS font family. */
  readonly font: string;
  readonly title: string;
  /** Under the title: how to read it. */
  readonly notes: readonly string[];
  readonly plots: readonly Plot[];
  /** Of several plots: all of their points in grey, drawn once and stood below each. */
  readonly backdrop?: () => MapPicture;
  readonly axes: { readonly of: readonly [MapAxis, MapAxis]; readonly view: View } | null;
  readonly colour: RampLegend | ValueLegend | null;
  readonly size: SizeLegend | null;
  readonly groups: readonly GroupEntry[];
  /** Diameter of a point of usual size, for the legend of sizes. */
  readonly point: number;
  /** At the foot: where it comes from. */
  readonly source: readonly string[];
};

export type PlacedPlot = Plot & { readonly x: number; readonly y: number };

/** A sheet laid out, in pixels. */
export type Sheet = Size & {
  readonly input: SheetInput;
  readonly plots: readonly PlacedPlot[];
  readonly marks: readonly Mark[];
};

const EDGE = 24;
const GAP = 20;
const LEGEND = 232;
const LINE = 17;
const ROW = 24;

/** Words no wider than `width`, with "…" where they were. */
function cutTo(font: string) {
  return (words: string, width: number): string => {
    if (textWidth(words, font) <= width) return words;
    let most = words.length;
    while (most > 1 && textWidth(`${words.slice(0, most)}…`, font) > width) most--;
    return `${words.slice(0, most).trimEnd()}…`;
  };
}

function wrap(words: string, width: number, font: string): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, font) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Puts title, plots, axes, legend and source on a sheet as large as they need. */
export function layOutSheet(input: SheetInput): Sheet {
  const { theme, font, plots, axes } = input;
  const cut = cutTo(font);
  const [first] = plots;
  const columns = plots.length < 2 ? 1 : Math.min(plots.length, Math.ceil(Math.sqrt(plots.length)));
  const [wide, high] = [first?.size.width ?? 0, first?.size.height ?? 0];
  const head = first?.heading ? ROW : 0;
  const left = EDGE + (axes ? axisRoom.left : 0);
  const across = columns * wide + (columns - 1) * GAP;
  const hasLegend = !!input.colour || !!input.size || input.groups.length > 0;
  const width = Math.max(480, left + across + (hasLegend ? GAP + LEGEND : 0) + EDGE);
  const marks: Mark[] = [];
  let y = EDGE + 8;
  const write = (words: string, more: { size?: number; weight?: 400 | 600; fill: string }) => {
    marks.push({ kind: 'text', words, x: EDGE, y, ...more });
    y += more.size ? 24 : LINE;
  };
  const room = width - 2 * EDGE;
  for (const line of wrap(input.title, room * 0.7, font))
    write(line, { size: 16, weight: 600, fill: theme.ink });
  for (const note of input.notes)
    for (const line of wrap(note, room, font)) write(line, { fill: theme.quiet });
  y += axes ? 32 : 8;
  const top = y;
  const placed = plots.map((plot, i): PlacedPlot => {
    const x = left + (i % columns) * (wide + GAP);
    return { ...plot, x, y: top + Math.floor(i / columns) * (high + head + GAP) + head };
  });
  for (const plot of placed) marks.push(...frameMarks(plot, input, cut));
  if (axes && first)
    for (const mark of axisMarks(axes.of, axes.view, first.size, theme, cut))
      marks.push(moved(mark, left, top + head));
  const rows = Math.ceil(plots.length / columns);
  const bottom = top + rows * (high + head + GAP) - GAP + (axes ? axisRoom.bottom : 0);
  const legend = legendMarks(input, { x: left + across + GAP, y: top, bottom }, cut);
  marks.push(...legend.marks);
  y = Math.max(bottom, legend.y) + GAP + 8;
  for (const words of input.source)
    for (const line of wrap(words, room, font)) write(line, { fill: theme.quiet });
  return { input, width, height: y + EDGE - 8, plots: placed, marks };
}

/** Marks stand where the plot's corner is at 0, 0 until it is placed. */
function moved(mark: Mark, dx: number, dy: number): Mark {
  if (mark.kind !== 'line') return { ...mark, x: mark.x + dx, y: mark.y + dy };
  const d = mark.d.replace(
    /([-\d.]+),([-\d.]+)/g,
    (_, x: string, y: string) => `${Number(x) + dx},${Number(y) + dy}`,
  );
  return { ...mark, d };
}

function frameMarks(
  { x, y, size, heading }: PlacedPlot,
  { theme, font }: SheetInput,
  cut: Cut,
): readonly Mark[] {
  const border: Mark = { kind: 'rect', x, y, ...size, fill: 'none', stroke: theme.context };
  if (!heading) return [border];
  const { letter, colour, title, words } = heading;
  const middle = y - ROW / 2;
  const tile = letter ? tileMarks(theme, { letter, colour, x, y: middle }) : null;
  const start = tile ? tile.width + 6 : 0;
  const room = size.width - start - textWidth(words, font) - 12;
  return [
    border,
    ...(tile?.marks ?? []),
    {
      kind: 'text',
      words: cut(title, room),
      x: x + start,
      y: middle,
      weight: 600,
      fill: theme.ink,
    },
    { kind: 'text', words, x: x + size.width, y: middle, anchor: 'end', fill: theme.quiet },
  ];
}

type Cut = (words: string, width: number) => string;

/** What colours, sizes and letters say, one below the other; of more groups than have room the first. */
function legendMarks(
  { theme, font, colour, size, groups, point }: SheetInput,
  { x, y: top, bottom }: { readonly x: number; readonly y: number; readonly bottom: number },
  cut: Cut,
): { readonly marks: readonly Mark[]; readonly y: number } {
  const marks: Mark[] = [];
  let y = top + 8;
  const text = (words: string, more: Partial<Mark & { kind: 'text' }> = {}) =>
    marks.push({ kind: 'text', words, x, y, fill: theme.quiet, ...more });
  const title = (words: string) => {
    for (const line of wrap(words, LEGEND, font)) {
      text(cut(line, LEGEND), { weight: 600, fill: theme.ink });
      y += LINE;
    }
    y += ROW - LINE;
  };
  /** Long names take a second line. */
  const row = (name: string, words: string, start: number) => {
    const room = LEGEND - start - (words ? textWidth(words, font) + 8 : 0);
    const [first = '', ...others] = wrap(name, room, font);
    text(cut(first, room), { x: x + start, fill: theme.ink });
    if (words) text(words, { x: x + LEGEND, anchor: 'end' });
    if (others.length > 0) y += LINE - 1;
    if (others.length > 0) text(cut(others.join(' '), room), { x: x + start, fill: theme.ink });
    y += ROW;
  };
  if (colour) title(colour.title);
  if (colour?.kind === 'ramp') {
    const steps = 32;
    for (let i = 0; i < steps; i++) {
      const box = { x: x + (LEGEND * i) / steps, y: y - 6, width: LEGEND * (1 - i / steps) };
      marks.push({ kind: 'rect', ...box, height: 10, fill: ramp(theme.sequence, i / (steps - 1)) });
    }
    y += 16;
    text(colour.words[0]);
    text(colour.words[2], { x: x + LEGEND, anchor: 'end' });
    y += ROW;
  } else if (colour) {
    const values = colour.entries.map(({ ink, words, count }) => ({ ink, words, count }));
    if (colour.others) values.push({ ink: -1, words: colour.others, count: '' });
    for (const { ink, words, count } of values) {
      const fill = lookOf(theme, ink).tile;
      marks.push({ kind: 'rect', x, y: y - 5, width: 10, height: 10, radius: 5, fill });
      row(words, count, 18);
    }
  }
  if (size) {
    y += colour ? 8 : 0;
    title(size.title);
    for (const [i, words] of size.words.entries()) {
      const radius = (point / 2) * sizeFactors[[0, 3, 7][i] ?? 0]!;
      marks.push({ kind: 'circle', x: x + 8, y, radius, stroke: theme.quiet });
      row(words, '', 24);
    }
  }
  if (groups.length === 0) return { marks, y: y - 8 };
  y += colour || size ? 8 : 0;
  title('Segments');
  const most = Math.max(12, Math.floor((bottom - y) / (1.5 * ROW)));
  const shown = groups.length > most ? groups.slice(0, most - 1) : groups;
  for (const { letter, name, colour: place, words } of shown) {
    const tile = tileMarks(theme, { letter, colour: colour ? -1 : place, x, y });
    if (letter) marks.push(...tile.marks);
    row(name, words, tile.width + 6);
  }
  if (shown.length < groups.length) row(`and ${groups.length - shown.length} more`, '', 24);
  return { marks, y: y - 8 };
}
