import { printTheme, letterOf, type Theme } from '../palette.ts';
import { groupShapes, type GroupShape } from './density.ts';
import { makeInks, strengthFor } from './inks.ts';
import { placeLabels, type PlacedLabel } from './labels.ts';
import { textWidth } from './measure.ts';
import { buildModel, makeState, type MapModel, type PointStates } from './model.ts';
import { pointSize, type Frame } from './painter.ts';
import type { PartLabel } from './peaks.ts';
import { fitView, toScreen, type Size } from './view.ts';

/** Everything that stands in one picture of the map: what an export draws again. */
export type MapPicture = {
  readonly model: MapModel;
  readonly frame: Frame;
  readonly theme: Theme;
  /** CSS font family of the labels. */
  readonly font: string;
  readonly shapes: readonly GroupShape[];
  readonly labels: readonly PlacedLabel[];
  readonly names: readonly string[];
  readonly letters: readonly string[];
  /** Place in the palette of each group, −1 for grey; where there is none, the group itself. */
  readonly colours: ArrayLike<number>;
  /** Crowds inside of groups; their labels have the places after the last group's. */
  readonly parts: readonly PartLabel[];
  /** Slots are steps of the ramp for numbers. */
  readonly isRamp: boolean;
};

/** What a picture is made of where no map is on the screen. */
export type PictureOptions = PointStates & {
  /** [n × 2], y upward. */
  readonly positions: Float32Array;
  readonly names: readonly string[];
  readonly letters?: readonly string[];
  /** CSS pixels. */
  readonly size: Size;
  readonly theme?: Theme;
  readonly font?: string;
};

/** The whole map at `size`, without a component. */
export function makePicture(options: PictureOptions): MapPicture {
  const { positions, names, groups, size, theme = printTheme, font = 'sans-serif' } = options;
  const grid = buildModel(positions);
  const model = { ...grid, state: makeState(grid, options) };
  const colours = options.colours ?? [];
  const shapes = groupShapes(positions, groups, names.length, grid.bounds).filter(
    ({ group }) => (colours[group] ?? group) >= 0,
  );
  const view = fitView(grid.bounds, size);
  const hasSelection = !!options.selected || (options.selectedGroup ?? null) !== null;
  const inks = makeInks(theme, strengthFor(grid.count), hasSelection);
  const wishes = shapes.map(({ group, size: weight, place: [x, y] }) => {
    const [px, py] = toScreen(view, x, y);
    return { group, x: px, y: py, text: textWidth(names[group] ?? '', font), weight };
  });
  return {
    model,
    frame: { view, size, ratio: 1, point: pointSize(grid.count, 1), inks },
    theme,
    font,
    shapes,
    labels: placeLabels(wishes, size),
    names,
    letters: options.letters ?? names.map((_, i) => letterOf(i)),
    colours,
    parts: [],
    isRamp: false,
  };
}
