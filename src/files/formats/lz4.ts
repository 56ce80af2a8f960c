const MAGIC = 0x184d2204;
const damaged = () => new RangeError('a compressed part of it is damaged');

/**
 * Unpacks an LZ4 frame (Collet, LZ4 Frame Format 1.6) of which the size is known. Blocks may look back into those before them.
 * Throws RangeError where it is damaged or does not have that size. O(size).
 */
export function unpackLz4Frame(frame: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 7 || view.getUint32(0, true) !== MAGIC) throw damaged();
  const flags = frame[4]!;
  const hasBlockSum = (flags & 16) !== 0;
  let at = 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0);
  let to = 0;
  while (at + 4 <= frame.length) {
    const head = view.getUint32(at, true);
    at += 4;
    const length = head & 0x7fffffff;
    if (head === 0) break;
    if (at + length > frame.length) throw damaged();
    const block = frame.subarray(at, at + length);
    if (head >>> 31) {
      if (to + length > size) throw damaged();
      out.set(block, to);
      to += length;
    } else to = unpackBlock(block, out, to);
    at += length + (hasBlockSum ? 4 : 0);
  }
  if (to !== size) throw damaged();
  return out;
}

/** Unpacks a block into `out` from `to` on; returns the place behind it. */
function unpackBlock(block: Uint8Array, out: Uint8Array, to: number): number {
  let at = 0;
  while (at < block.length) {
    const token = block[at++]!;
    let literals = token >> 4;
    if (literals === 15)
      for (let more = 255; more === 255; literals += more) more = block[at++] ?? 0;
    if (at + literals > block.length || to + literals > out.length) throw damaged();
    out.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= block.length) return to;
    const back = block[at]! | ((block[at + 1] ?? 0) << 8);
    at += 2;
    let length = (token & 15) + 4;
    if (length === 19) for (let more = 255; more === 255; length += more) more = block[at++] ?? 0;
    if (back === 0 || back > to || to + length > out.length) throw damaged();
    if (back >= length) out.copyWithin(to, to - back, to - back + length);
    else for (let i = 0; i < length; i++) out[to + i] = out[to + i - back]!;
    to += length;
  }
  return to;
}
