import type { Bytes, Folder, Slot } from './folder.ts';

/**
 * One slot: `tessera1`, generation (float64), length of the payload (uint32), its SHA-256, then the first 8 bytes of the
 * SHA-256 over all of that; then the payload, and nothing after it. So every byte is covered. Little-endian.
 */
const MAGIC = new TextEncoder().encode('tessera1');
const AT = { generation: 8, length: 16, digest: 20, check: 52, payload: 60 } as const;

export type SlotState =
  /** Never written, or a write that was cut off before it counted: nobody was told that it was saved. */
  | { readonly state: 'none'; readonly exists: boolean }
  | { readonly state: 'whole'; readonly generation: number; readonly payload: Bytes }
  /** `generation` is null where not even the head can be trusted; nothing of `payload` can. */
  | { readonly state: 'damaged'; readonly generation: number | null; readonly payload: Bytes };

/** Reads and checks all of it. Cost O(bytes): a slot holds a document, not data. */
export async function readSlot(folder: Folder, name: string): Promise<SlotState> {
  const file = await folder.file(name);
  if (!file) return { state: 'none', exists: false };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const head = bytes.subarray(0, AT.payload);
  if (head.every((byte) => byte === 0)) return { state: 'none', exists: true };
  const view = new DataView(bytes.buffer);
  const payload = bytes.subarray(AT.payload);
  if (
    bytes.length < AT.payload ||
    !same(head.subarray(0, MAGIC.length), MAGIC) ||
    !same(head.subarray(AT.check), await check(head))
  )
    return { state: 'damaged', generation: null, payload };
  const generation = view.getFloat64(AT.generation, true);
  const whole =
    payload.length === view.getUint32(AT.length, true) &&
    same(head.subarray(AT.digest, AT.check), await digest(payload));
  return whole
    ? { state: 'whole', generation, payload }
    : { state: 'damaged', generation, payload };
}

/**
 * Writes over a slot in three flushed steps: emptied, the payload behind a head of zeros, the head. Until the last flush
 * the slot reads as `none`, never as damaged, wherever the power fails. A throw leaves it `none` too.
 */
export async function writeSlot(slot: Slot, generation: number, payload: Bytes): Promise<void> {
  const head = new Uint8Array(AT.payload);
  const view = new DataView(head.buffer);
  head.set(MAGIC);
  view.setFloat64(AT.generation, generation, true);
  view.setUint32(AT.length, payload.length, true);
  head.set(await digest(payload), AT.digest);
  head.set(await check(head), AT.check);
  slot.truncate(0);
  slot.flush();
  slot.write(payload, AT.payload);
  slot.flush();
  slot.write(head, 0);
  slot.flush();
  if (slot.size() !== AT.payload + payload.length)
    throw new DOMException('the file has another size than was written', 'QuotaExceededError');
}

const check = async (head: Bytes): Promise<Bytes> =>
  (await digest(head.subarray(0, AT.check))).subarray(0, AT.payload - AT.check);

export async function digest(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
