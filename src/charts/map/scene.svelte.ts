import { printTheme, ramp, readTheme, watchTheme, type Theme } from '../palette.ts';
import { watchSize } from '../watch-size.ts';
import { groupShapes } from './density.ts';
import { makeInks, strengthFor, type Inks } from './inks.ts';
import { placeLabels } from './labels.ts';
import { textWidth } from './measure.ts';
import { countInRect, inSightWords } from './in-sight.ts';
import { partsOf, type Part, type PartLabel } from './peaks.ts';
import { miniRoom } from './mini.ts';
import { inGridOrder, makeState, modelOf, type PointStates } from './model.ts';
import { pointSize, type Frame } from './painter.ts';
import type { MapPicture } from './picture.ts';
import { MapStage } from './stage.svelte.ts';
import { dataRect, toScreen } from './view.ts';

/** Longer names are cut, px; all of them is said when they are pointed at. */
const mostWidth = 240;

/** More words inside of groups would hide what they speak of. */
const mostParts = 10;

/** Lines around more groups than look different would be a net over the points: the largest have them. */
const mostLined = 36;

/** Inks 0 to 23 of a shade by numbers, low to high. */
const rampSteps = 24;

/** What a map shows, as its component was given it. */
export type MapInput = PointStates & {
  readonly label: string;
  readonly positions: Float32Array;
  readonly names: readonly string[];
  readonly letters: readonly string[];
  /** What one point is. */
  readonly noun?: readonly [one: string, many: string];
  /** `inks` are steps of the ramp for numbers, not places in the palette. */
  readonly isRamp?: boolean;
  /** Size class of each point, 0 to 7, in the caller's order; null: all alike. */
  readonly sizes?: Uint8Array | null;
  /** What sets the points of a part apart from their group; null: nothing does. */
  readonly describePart?:
    ((part: Part) => { readonly short: string | null; readonly long: string }) | undefined;
  /** Group under the keyboard. */
  readonly focused: number | null;
  /** The lower right corner that something else takes, in pixels: no label stands there. */
  readonly corner?: { readonly wide: number; readonly high: number } | null;
};

/** Everything that follows from the input, the view and the theme: what the painter, the labels and an export draw. */
export class MapScene {
  readonly #input: () => MapInput;
  readonly stage = new MapStage(() => this.base.bounds);
  #theme = $state.raw<Theme>(printTheme);
  #font = $state('sans-serif');
  #positions = $derived.by(() => this.#input().positions);
  #groups = $derived.by(() => this.#input().groups);
  #names = $derived.by(() => this.#input().names);
  /** The points in their grid, everyone alike. */
  base = $derived.by(() => modelOf(this.#positions));
  #sizes = $derived.by(() => {
    const { sizes } = this.#input();
    return sizes ? inGridOrder(this.base, sizes) : null;
  });
  model = $derived.by(() => ({
    ...this.base,
    state: makeState(this.base, this.#input()),
    sizes: this.#sizes,
  }));
  #colours = $derived.by(() => this.#input().colours);
  /** Of each group that has a colour of its own. */
  shapes = $derived.by(() =>
    groupShapes(this.#positions, this.#groups, this.#names.length, this.base.bounds).filter(
      ({ group }) => (this.#colours?.[group] ?? group) >= 0,
    ),
  );
  /** Those with lines: the largest, and the one under the keyboard. */
  lined = $derived.by(() => {
    const { focused } = this.#input();
    const large = new Set(
      [...this.shapes].sort((a, b) => b.size - a.size || a.group - b.group).slice(0, mostLined),
    );
    return this.shapes.filter((shape) => large.has(shape) || shape.group === focused);
  });
  #isRamp = $derived.by(() => this.#input().isRamp ?? false);
  #hasSelection = $derived.by(() => {
    const { selected, selectedGroup } = this.#input();
    return !!selected || (selectedGroup ?? null) !== null;
  });
  #inks = $derived.by(() => this.#inksIn(this.#theme));
  frame = $derived.by((): Frame => {
    const { view, size, ratio, zoom } = this.stage;
    const point = pointSize(this.base.count, zoom);
    return { view, size, ratio, point, inks: this.#inks };
  });
  #widths = $derived.by(() =>
    this.#names.map((name) => Math.min(mostWidth, textWidth(name, this.#font))),
  );
  /** Groups on the screen, largest first. */
  stops = $derived.by(() => {
    const { selectedGroup, focused } = this.#input();
    return [...this.shapes]
      .sort((a, b) => b.size - a.size || a.group - b.group)
      .map(({ group, size, place }) => {
        const [x, y] = toScreen(this.stage.view, ...place);
        const weight = group === selectedGroup || group === focused ? Infinity : size;
        return { group, size, x, y, text: this.#widths[group] ?? 0, weight };
      });
  });
  mini = $derived.by(() => miniRoom(this.stage.size, this.stage.zoom));
  /** Crowds inside the groups in sight, since the map last stood still. */
  parts = $state.raw<readonly PartLabel[]>([]);
  /** Parts have the places after the last group's, and choose after all groups. */
  labels = $derived.by(() => {
    const { size, view } = this.stage;
    if (!size.width) return [];
    const ofParts = this.parts.map(({ place, short, members }, i) => {
      const [x, y] = toScreen(view, ...place);
      const text = Math.min(mostWidth, textWidth(short, this.#font));
      const weight = members.length / 1e9;
      return { group: this.#names.length + i, x, y, text, weight, wordsOnly: true };
    });
    const { corner } = this.#input();
    const taken = this.mini ? [this.mini] : [];
    if (corner) {
      const [x, y] = [size.width - corner.wide, size.height - corner.high];
      taken.push({ x, y, width: corner.wide, height: corner.high });
    }
    return placeLabels([...this.stops, ...ofParts], size, taken);
  });

  constructor(input: () => MapInput) {
    this.#input = input;
  }

  /** Of segments or values in the colours of a theme; of numbers in the steps of its ramp. */
  #inksIn(theme: Theme): Inks {
    const inSight = this.base.count / Math.max(1, this.stage.zoom) ** 1.5;
    const steps = this.#isRamp
      ? Array.from({ length: rampSteps }, (_, i) => ramp(theme.sequence, i / (rampSteps - 1)))
      : undefined;
    return makeInks(theme, strengthFor(inSight), this.#hasSelection, steps);
  }

  /** Tells the scene what a canvas cannot learn from CSS: size, pixel ratio, theme. Returns how to stop. */
  watch(element: HTMLElement): () => void {
    const measure = (width: number, height: number) => {
      this.stage.size = { width, height };
      this.stage.ratio = Math.min(3, globalThis.devicePixelRatio || 1);
    };
    const recolour = () => {
      this.#theme = readTheme(element);
      this.#font = getComputedStyle(element).fontFamily || 'sans-serif';
    };
    const unsize = watchSize(measure)(element);
    const unwatch = watchTheme(recolour);
    recolour();
    return () => {
      unwatch();
      unsize?.();
      this.stage.stop();
    };
  }

  /** What a part of the map shows, in words; empty while all of it is in sight. */
  inSight = $state('');

  /** Looks at what is in sight, and for crowds inside its groups; for when the map stands still. */
  lookAround(): void {
    const { describePart, noun = ['point', 'points'], letters } = this.#input();
    const { view, size, zoom } = this.stage;
    const rect = dataRect(view, size);
    this.inSight =
      zoom > 1.05 ? inSightWords(countInRect(this.base, this.#groups, rect), noun, letters) : '';
    if (!describePart || !size.width) return void (this.parts = []);
    const sizes = this.#names.map(
      (_, group) => this.shapes.find((s) => s.group === group)?.size ?? 0,
    );
    const found = partsOf(this.base, this.#groups, sizes, rect);
    this.parts = found.slice(0, mostParts).flatMap((part): PartLabel[] => {
      const { short, long } = describePart(part);
      return short === null ? [] : [{ ...part, short, long }];
    });
  }

  /** The map as it stands, in the colours of `theme`: for a file. */
  picture(theme: Theme): MapPicture {
    const { model, frame, labels, parts, lined: shapes } = this;
    const { names, letters, colours = [], inks, isRamp = false } = this.#input();
    return {
      ...{ model, theme, shapes, labels, names, letters, parts, isRamp, font: this.#font },
      frame: { ...frame, inks: this.#inksIn(theme) },
      colours: inks ? names.map(() => -1) : colours,
    };
  }
}
