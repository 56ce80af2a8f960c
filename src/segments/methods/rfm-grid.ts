import { plural } from '../../lib/format.ts';
import type { RfmCell } from '../partition.ts';

export const FEWEST_BANDS = 3;
export const MOST_BANDS = 10;

/** A box of scores, both ends in it. */
export type RfmBox = Omit<RfmCell, 'name'>;

/** The grid taken apart: for each (recency, frequency, monetary) the place of its name in `names`, or −1 where no cell covers it. */
export type RfmPlan = {
  readonly bands: number;
  readonly names: readonly string[];
  /** [bands³]; see `cubeIndex`. */
  readonly places: Int32Array;
  /** How many boxes cover each: more than one is an overlap, which the first wins. */
  readonly covers: Int32Array;
};

/** Where scores 1 … bands stand in arrays of [bands³]. */
export const cubeIndex = (bands: number, r: number, f: number, m: number): number =>
  ((r - 1) * bands + f - 1) * bands + m - 1;

const any: readonly [number, number] = [1, 5];
const cell = (
  name: string,
  recency: readonly [number, number],
  frequency: readonly [number, number],
  monetary = any,
): RfmCell => ({ name, recency, frequency, monetary });

/**
 * The field's names on five bands, each (R, F, M) in exactly one. Vendors draw the lines differently, so the grid is there to be edited;
 * these are where most of them agree: recent and frequent is good, once frequent and no longer recent is at risk, neither is lost.
 */
const FIVE: readonly RfmCell[] = [
  cell('Champions', [4, 5], [4, 5], [4, 5]),
  cell('Loyal', [4, 5], [4, 5], [1, 3]),
  cell('Loyal', [3, 3], [4, 5]),
  cell('Potential loyalists', [4, 5], [2, 3]),
  cell('New', [5, 5], [1, 1]),
  cell('Promising', [4, 4], [1, 1]),
  cell('Need attention', [3, 3], [3, 3]),
  cell('About to sleep', [3, 3], [1, 2]),
  cell('Cannot lose them', [1, 2], [4, 5], [4, 5]),
  cell('At risk', [1, 2], [4, 5], [1, 3]),
  cell('At risk', [1, 2], [3, 3]),
  cell('Hibernating', [2, 2], [1, 2]),
  cell('Lost', [1, 1], [1, 2]),
];

/** The default grid for so many bands; with fewer than five, names whose cells would be empty are left out. */
export const defaultGrid = (bands: number): readonly RfmCell[] => rescaleGrid(FIVE, 5, bands);

/** The same grid drawn on another number of bands: what covered every cell still does, and what did not overlap still does not. */
export function rescaleGrid(
  grid: readonly RfmCell[],
  from: number,
  to: number,
): readonly RfmCell[] {
  checkBands(from);
  checkBands(to);
  const edge = (score: number) => Math.round((Math.min(score, from) * to) / from);
  const range = ([low, high]: readonly [number, number]) =>
    [edge(low - 1) + 1, edge(high)] as const;
  return grid
    .map(({ name, recency, frequency, monetary }) => ({
      name,
      recency: range(recency),
      frequency: range(frequency),
      monetary: range(monetary),
    }))
    .filter((box) => sides.every((side) => box[side][0] <= box[side][1]));
}

const sides = ['recency', 'frequency', 'monetary'] as const;

/** Takes `grid` apart. Throws `RangeError` where a range is none or a name is empty. Scores above `bands` are nobody's. */
export function planOf(grid: readonly RfmCell[], bands: number): RfmPlan {
  checkBands(bands);
  const names = [...new Set(grid.map(({ name }) => name))];
  const places = new Int32Array(bands ** 3).fill(-1);
  const covers = new Int32Array(bands ** 3);
  for (const box of grid) {
    if (box.name.trim() === '') throw new RangeError('a cell of the RFM grid has no name');
    eachIn(box, bands, (i) => {
      if (covers[i]!++ === 0) places[i] = names.indexOf(box.name);
    });
  }
  return { bands, names, places, covers };
}

/** The plan as boxes again: few, none overlapping, names in their order. */
export function gridOf({ bands, names, places }: RfmPlan): readonly RfmCell[] {
  const left = places.slice();
  return names.flatMap((name, place) => {
    const boxes: RfmCell[] = [];
    for (let i = left.indexOf(place); i >= 0; i = left.indexOf(place)) {
      const box = { name, ...grow(left, bands, i) };
      eachIn(box, bands, (at) => (left[at] = -1));
      boxes.push(box);
    }
    return boxes;
  });
}

/** The largest box from cell `i` on: first along monetary, then frequency, then recency. */
function grow(places: Int32Array, bands: number, i: number): RfmBox {
  const start = (step: number) => 1 + (Math.floor(i / step) % bands);
  const [r, f, m] = [start(bands * bands), start(bands), start(1)];
  const box = { recency: [r, r], frequency: [f, f], monetary: [m, m] } satisfies RfmBox;
  for (const side of ['monetary', 'frequency', 'recency'] as const)
    while (box[side][1] < bands) {
      const more = { ...box, [side]: [box[side][1] + 1, box[side][1] + 1] };
      let isSame = true;
      eachIn(more, bands, (at) => (isSame &&= places[at] === places[i]));
      if (!isSame) break;
      box[side] = [box[side][0], box[side][1] + 1];
    }
  return box;
}

/** Gives every cell of `box` to `name` (null: to nobody); the other names keep the rest of theirs. */
export function paint(
  grid: readonly RfmCell[],
  bands: number,
  box: RfmBox,
  name: string | null,
): readonly RfmCell[] {
  const { names, places, covers } = planOf(grid, bands);
  const all = name === null || names.includes(name) ? names : [...names, name];
  const place = name === null ? -1 : all.indexOf(name);
  eachIn(box, bands, (i) => (places[i] = place));
  return gridOf({ bands, names: all, places, covers });
}

/** Another name for all cells of one; the name of others joins them. */
export const renameCells = (
  grid: readonly RfmCell[],
  from: string,
  to: string,
): readonly RfmCell[] => grid.map((box) => (box.name === from ? { ...box, name: to } : box));

/** What is wrong with a grid, in one sentence; '' where each cell has exactly one name. */
export function gridFaults({ covers }: RfmPlan): string {
  const uncovered = covers.reduce((sum, n) => sum + (n === 0 ? 1 : 0), 0);
  const twice = covers.reduce((sum, n) => sum + (n > 1 ? 1 : 0), 0);
  const faults = [
    uncovered > 0 && `${plural(uncovered, 'cell')} of ${covers.length} have no name`,
    twice > 0 && `${plural(twice, 'cell')} have more than one, of which the first counts`,
  ].filter((fault) => fault !== false);
  return faults.length > 0 ? `${faults.join('; ')}.` : '';
}

function eachIn(box: RfmBox, bands: number, visit: (i: number) => void): void {
  for (const side of sides) {
    const [low, high] = box[side];
    if (!(Number.isInteger(low) && Number.isInteger(high) && low >= 1 && low <= high))
      throw new RangeError(`${side} ${low} to ${high} is no range of scores`);
  }
  const top = (side: (typeof sides)[number]) => Math.min(bands, box[side][1]);
  for (let r = box.recency[0]; r <= top('recency'); r++)
    for (let f = box.frequency[0]; f <= top('frequency'); f++)
      for (let m = box.monetary[0]; m <= top('monetary'); m++) visit(cubeIndex(bands, r, f, m));
}

export function checkBands(bands: number): void {
  if (!(Number.isInteger(bands) && bands >= FEWEST_BANDS && bands <= MOST_BANDS))
    throw new RangeError(`RFM needs ${FEWEST_BANDS} to ${MOST_BANDS} bands, not ${bands}`);
}
