import { random } from '../../../src/lib/random.ts';

export const size = { width: 1200, height: 800 };
/** Colours of ten groups, and grey. */
export const palette =
  '#2e64dc #ae4601 #058a64 #792086 #9d8f17 #e64b6d #3c91e5 #6b2b08 #03513c #c076a3'.split(' ');
export const grey = '#b9bbbd';

export type Points = { readonly positions: Float32Array; readonly groups: Uint8Array };

/** Ten round clouds on [−1, 1]², seeded: [n × 2] and the group of each. */
export function cloudOf(count: number): Points {
  const next = random(42);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const centres = Array.from({ length: 20 }, () => next() * 1.6 - 0.8);
  const groups = Uint8Array.from({ length: count }, () => next() * 10);
  const positions = new Float32Array(2 * count);
  for (let i = 0; i < 2 * count; i++) {
    const centre = centres[2 * groups[i >> 1]! + (i & 1)]!;
    positions[i] = Math.max(-1, Math.min(1, centre + 0.09 * gauss()));
  }
  return { positions, groups };
}

/** The groups, each one further: every point has another colour. */
export const turned = (groups: Uint8Array, by: number): Uint8Array =>
  groups.map((group) => (group + by) % 10);

/** 1 for a seeded half of the points. */
export function halfOf(count: number, seed: number): Uint8Array {
  const next = random(seed);
  return Uint8Array.from({ length: count }, () => (next() < 0.5 ? 1 : 0));
}

/** A lasso of `corners` corners around the middle, as uneven as a hand: [x, y, …]. */
export function lassoOf(corners: number, seed = 7): number[] {
  const next = random(seed);
  return Array.from({ length: corners }, (_, i) => {
    const turn = (2 * Math.PI * i) / corners;
    const radius = 0.62 + 0.12 * next();
    return [radius * Math.cos(turn), radius * Math.sin(turn)];
  }).flat();
}
