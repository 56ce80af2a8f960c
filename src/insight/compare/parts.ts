import { sizeOf, type Who } from '../who.ts';

/** Who is compared with whom: nobody stands on both sides. */
export type Sides = {
  readonly a: Int32Array<ArrayBuffer>;
  readonly b: Int32Array<ArrayBuffer>;
  /** Customers in both selections. */
  readonly shared: number;
  /**
   * Where those stand: with `a` where all of it is in b (a part against the others), with `b` the other way round; with `neither` where the two
   * overlap.
   */
  readonly sharedIn: 'a' | 'b' | 'neither';
};

/**
 * Two selections as sides without anybody in common, since intervals hold for different customers only. Throws `RangeError` where one is empty or
 * both are the same.
 */
export function sidesOf(a: Who, b: Who): Sides {
  const rows = a.inside.length;
  if (b.inside.length !== rows)
    throw new RangeError(`${rows} and ${b.inside.length} customers are not the same table`);
  const [inA, inB] = [sizeOf(a), sizeOf(b)];
  let shared = 0;
  for (let r = 0; r < rows; r++) shared += a.inside[r]! & b.inside[r]!;
  if (inA === 0 || inB === 0) throw new RangeError('nobody is on one side');
  if (shared === inA && shared === inB) throw new RangeError('both sides are the same customers');
  const sharedIn = shared === inA ? 'a' : shared === inB ? 'b' : 'neither';
  const pick = (own: Uint8Array, other: Uint8Array, isKept: boolean, size: number) => {
    const out = new Int32Array(isKept ? size : size - shared);
    for (let r = 0, at = 0; r < rows; r++)
      if (own[r] === 1 && (isKept || other[r] !== 1)) out[at++] = r;
    return out;
  };
  return {
    a: pick(a.inside, b.inside, sharedIn === 'a', inA),
    b: pick(b.inside, a.inside, sharedIn === 'b', inB),
    shared,
    sharedIn,
  };
}
