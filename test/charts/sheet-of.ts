import { makePicture, type PictureOptions } from '../../src/charts/map/picture.ts';
import type { SheetInput } from '../../src/charts/map/save/sheet.ts';
import { printTheme } from '../../src/charts/palette.ts';

/** A sheet with one map and as few words as can be. */
export function sheetOf(options: PictureOptions, more: Partial<SheetInput> = {}): SheetInput {
  const picture = makePicture(options);
  return {
    ...{ theme: printTheme, font: 'sans-serif', title: 'Map', notes: [], source: ['Made up.'] },
    ...{ axes: null, colour: null, size: null, groups: [], point: picture.frame.point },
    plots: [{ size: options.size, picture: () => picture }],
    ...more,
  };
}
