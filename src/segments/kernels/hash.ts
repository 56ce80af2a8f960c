const { imul } = Math;

/** 32 bits that look random, from three numbers. */
export function mixed(a: number, b: number, c: number): number {
  let h = (imul(a, 0x9e3779b1) + imul(b, 0x85ebca6b) + imul(c, 0xc2b2ae35)) >>> 0;
  h = imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** One of 0 … size − 1 from 32 bits. */
export const below = (size: number, bits: number): number => Math.floor((bits * size) / 2 ** 32);
