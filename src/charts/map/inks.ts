import { rgb } from 'd3';
import { looksOf, type Theme } from '../palette.ts';
import { dimmedBit, noGroup, selectedBit, slotMask, states } from './model.ts';

/**
 * One entry for each state, so that painting never branches on meaning. `colour` is 0x00BBGGRR (pixel order of ImageData on every
 * machine that runs browsers), `alpha` 0 to 256; `solid` is the same mixed with the surface, opaque.
 */
export type Inks = {
  readonly colour: Int32Array;
  readonly alpha: Int32Array;
  readonly solid: Int32Array;
  /** The surface, opaque. */
  readonly ground: number;
  readonly hasSelection: boolean;
};

/** How strongly points are drawn: alone, selected, beside a selection, and left out by a filter. */
export type Strength = {
  readonly plain: number;
  readonly selected: number;
  readonly beside: number;
  readonly dimmed: number;
};

type Channels = readonly [red: number, green: number, blue: number];

function channels(colour: string): Channels {
  const { r, g, b } = rgb(colour);
  return [r, g, b];
}

const packed = ([red, green, blue]: Channels) => red | (green << 8) | (blue << 16);

/** Strength by how many points share the picture: fewer and bolder, or many and pale, so that density still shows. */
export function strengthFor(count: number): Strength {
  const plain = Math.min(0.9, Math.max(0.34, 0.66 * (20_000 / Math.max(1, count)) ** 0.25));
  return { plain, selected: Math.min(0.95, plain + 0.22), beside: 0.3, dimmed: 0.45 };
}

/**
 * The ink table of a theme. With a selection, everyone else keeps 30 % of their colour. `palette` holds the colours of slots 0, 1, …
 * and is repeated beyond its end; without one, slots are segments.
 */
export function makeInks(
  theme: Theme,
  strength: Strength,
  hasSelection: boolean,
  palette: readonly string[] = looksOf(theme),
): Inks {
  const colour = new Int32Array(states);
  const alpha = new Int32Array(states);
  const solid = new Int32Array(states);
  const surface = channels(theme.surface);
  const context = channels(theme.context);
  const colours = palette.map(channels);
  const opaque = (c: Channels) => packed(c) | 0xff000000;
  for (const flags of [0, selectedBit, dimmedBit, dimmedBit | selectedBit]) {
    const isDimmed = (flags & dimmedBit) !== 0;
    const isSelected = (flags & selectedBit) !== 0;
    const share = isDimmed
      ? strength.dimmed
      : !hasSelection
        ? strength.plain
        : isSelected
          ? strength.selected
          : strength.beside;
    // Opaque points cannot build up density, so what is drawn fully is nearly full colour here.
    const solidShare = !isDimmed && (!hasSelection || isSelected) ? 0.85 : share;
    const entry = (ink: Channels) => {
      const mix = (i: 0 | 1 | 2) => Math.round(surface[i] + (ink[i] - surface[i]) * solidShare);
      return [packed(ink), opaque([mix(0), mix(1), mix(2)])] as const;
    };
    const grey = entry(context);
    const looks = isDimmed ? [grey] : colours.map(entry);
    for (let slot = 0; slot <= slotMask; slot++) {
      const look = slot === noGroup ? grey : (looks[slot % looks.length] ?? grey);
      [colour[flags | slot], solid[flags | slot]] = look;
    }
    alpha.fill(Math.round(256 * share), flags, (flags | slotMask) + 1);
  }
  return { colour, alpha, solid, ground: opaque(surface), hasSelection };
}
