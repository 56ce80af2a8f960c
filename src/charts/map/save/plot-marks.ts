import { lookOf, type Theme } from '../../palette.ts';
import { ticksOf, type MapAxis } from '../axes.ts';
import { contourShare } from '../density.ts';
import { labelHeight, tileSize, type PlacedLabel } from '../labels.ts';
import type { MapPicture } from '../picture.ts';
import { toData, toScreen, type Size, type View } from '../view.ts';
import { short, type Mark } from './marks.ts';

/** A letter in its colour; its left edge at `x`, its middle at `y`. */
export function tileMarks(
  theme: Theme,
  tile: {
    readonly letter: string;
    readonly colour: number;
    readonly x: number;
    readonly y: number;
  },
): { readonly marks: readonly Mark[]; readonly width: number } {
  const { letter, colour, x, y } = tile;
  const width = Math.max(tileSize, letter.length * 9 + 4);
  const { tile: fill, ink } = lookOf(theme, colour);
  const box = { x, y: y - tileSize / 2, width, height: tileSize, radius: 4 };
  const text = { words: letter, x: x + width / 2, y, weight: 600, anchor: 'middle' } as const;
  return {
    marks: [
      { kind: 'rect', ...box, fill },
      { kind: 'text', ...text, fill: ink },
    ],
    width,
  };
}

/** Lines around groups and all labels of a map, as they stand over its points. */
export function overMarks(picture: MapPicture): readonly Mark[] {
  return [...outlines(picture), ...picture.labels.flatMap((label) => labelMarks(picture, label))];
}

function outlines({ shapes, model, frame: { view }, theme }: MapPicture): readonly Mark[] {
  const clarity = contourShare(model.bounds, view.k);
  if (clarity === 0) return [];
  const onScreen = (d: string) =>
    d.replace(/([-\d.e]+),([-\d.e]+)/g, (_, x: string, y: string) =>
      toScreen(view, Number(x), Number(y))
        .map((pixels) => pixels.toFixed(1))
        .join(','),
    );
  return shapes.flatMap(({ lines }) =>
    lines.map((line, level) => ({
      ...{ kind: 'line' as const, d: onScreen(line), stroke: theme.ink },
      opacity: clarity * (level > 0 ? 0.17 : 0.12),
    })),
  );
}

function labelMarks(picture: MapPicture, { group, x, y, named }: PlacedLabel): readonly Mark[] {
  const { theme, names, letters, colours, parts } = picture;
  const middle = y + labelHeight / 2;
  const part = parts[group - names.length];
  const letter = letters[part?.group ?? group] ?? '';
  const { marks, width } = tileMarks(theme, {
    ...{ letter, x, y: middle, colour: colours[group] ?? group },
  });
  const [box, text] = marks;
  const shown: readonly Mark[] =
    part && box?.kind === 'rect' && text?.kind === 'text'
      ? [
          { ...box, fill: theme.surface, stroke: theme.quiet },
          { ...text, fill: theme.ink },
        ]
      : marks;
  if (!named) return shown;
  const name: Mark = {
    ...{ kind: 'text', words: part?.short ?? names[group] ?? '', x: x + width + 6, y: middle },
    ...{ fill: part ? theme.quiet : theme.ink, weight: part ? 500 : 600, halo: theme.surface },
  };
  return [...shown, name];
}

/** Room for the words of axes beside a plot. */
export const axisRoom = { left: 76, bottom: 44 } as const;

/** Hairlines through a plot of `size`, and the words of both axes beside it; the plot's corner is at 0, 0. */
export function axisMarks(
  [across, up]: readonly [MapAxis, MapAxis],
  view: View,
  { width, height }: Size,
  theme: Theme,
  cut: (words: string, width: number) => string,
): readonly Mark[] {
  const [left, bottom] = toData(view, 0, height);
  const [right, top] = toData(view, width, 0);
  const hair = (d: string): Mark => ({ kind: 'line', d, stroke: theme.ink, opacity: 0.07 });
  const quiet = { kind: 'text', fill: theme.quiet } as const;
  const title = { kind: 'text', fill: theme.ink, weight: 500 } as const;
  return [
    ...ticksOf(across, [left, right], width, 'across').flatMap(({ at, words }): Mark[] => {
      const [x] = toScreen(view, at, 0);
      const mark: Mark = { ...quiet, words, x, y: height + 14, anchor: 'middle' };
      return [hair(`M${short(x)},0L${short(x)},${short(height)}`), mark];
    }),
    ...ticksOf(up, [bottom, top], height, 'up').flatMap(({ at, words }): Mark[] => {
      const y = toScreen(view, 0, at)[1];
      const room = axisRoom.left - 12;
      const mark: Mark = { ...quiet, words: cut(words, room), x: -8, y, anchor: 'end' };
      return [hair(`M0,${short(y)}L${short(width)},${short(y)}`), mark];
    }),
    { ...title, words: `${across.title} →`, x: width, y: height + 34, anchor: 'end' },
    { ...title, words: `↑ ${up.title}`, x: -axisRoom.left, y: -12 },
  ];
}
