import { MOST_PIECE_BYTES, unsafe } from './limits.ts';

/** One message of the Arrow format, with its buffers unpacked. */
export type Message = {
  readonly kind: 'schema' | 'dictionary' | 'batch';
  readonly bytes: Uint8Array<ArrayBuffer>;
};

type Unpack = (packed: Uint8Array, size: number) => Uint8Array;
/** By the number that the format gives to a codec. */
export type Codecs = readonly [lz4: Unpack, zstd: Unpack];

const FILE_START = 8;
const MOST_METADATA = 64_000_000;
const MOST_BATCH_BYTES = 1_000_000_000;
const kinds = [null, 'schema', 'dictionary', 'batch'] as const;

/**
 * The messages of an Arrow file, Feather 2 or stream, one after the other; only one is in memory. A file is a stream between two
 * marks, so its index is not needed. Throws RangeError where it is damaged, archive-unsafe where a size is a lie.
 */
export async function* arrowMessages(file: Blob, codecs: Codecs): AsyncGenerator<Message> {
  const bytes = async (from: number, size: number) => {
    if (from + size > file.size) throw new RangeError('it is cut off');
    return new Uint8Array(await file.slice(from, from + size).arrayBuffer());
  };
  const start = new TextDecoder().decode(await bytes(0, Math.min(6, file.size)));
  let at = start === 'ARROW1' ? FILE_START : 0;
  while (at + 8 <= file.size) {
    const head = new DataView((await bytes(at, 8)).buffer);
    const marked = head.getInt32(0, true) === -1;
    const size = head.getInt32(marked ? 4 : 0, true);
    at += marked ? 8 : 4;
    if (size === 0) return;
    if (!(size > 0 && size <= MOST_METADATA)) throw new RangeError('one of its parts has no size');
    const metadata = await bytes(at, size);
    at += size;
    const message = new Table(metadata);
    const bodySize = message.long(10);
    const kind = kinds[message.byte(6)];
    if (kind)
      yield { kind, bytes: plain(metadata, await bytes(at, bodySize), { message, kind, codecs }) };
    at += bodySize;
  }
}

/** A table of a flatbuffer: fields are named by their place in its list of places. */
class Table {
  readonly view: DataView;
  readonly at: number;

  constructor(bytes: Uint8Array | DataView, at?: number) {
    this.view =
      bytes instanceof DataView
        ? bytes
        : new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = at ?? this.view.getInt32(0, true);
  }

  /** Where the place of a field is noted; 0 where the table is older than the field. */
  entry(field: number): number {
    const places = this.at - this.view.getInt32(this.at, true);
    return field < this.view.getUint16(places, true) ? places + field : 0;
  }

  place(field: number): number {
    const entry = this.entry(field);
    const offset = entry === 0 ? 0 : this.view.getUint16(entry, true);
    return offset === 0 ? 0 : this.at + offset;
  }

  byte(field: number): number {
    const at = this.place(field);
    return at === 0 ? 0 : this.view.getUint8(at);
  }

  long(field: number): number {
    const at = this.place(field);
    return at === 0 ? 0 : Number(this.view.getBigInt64(at, true));
  }

  follow(field: number): number {
    const at = this.place(field);
    return at === 0 ? 0 : at + this.view.getUint32(at, true);
  }
}

/** A message as the format has it, with its packed buffers replaced by plain ones. */
function plain(
  metadata: Uint8Array,
  body: Uint8Array,
  { message, kind, codecs }: { message: Table; kind: Message['kind']; codecs: Codecs },
): Uint8Array<ArrayBuffer> {
  const header = new Table(message.view, message.follow(8));
  const batch = kind === 'dictionary' ? new Table(header.view, header.follow(6)) : header;
  const packing = kind === 'schema' ? 0 : batch.follow(10);
  const content =
    packing === 0 ? body : unpacked(body, batch, codecs[new Table(batch.view, packing).byte(4)]);
  if (packing !== 0) {
    batch.view.setUint16(batch.entry(10), 0, true);
    message.view.setBigInt64(message.place(10), BigInt(content.length), true);
  }
  const whole = new Uint8Array(8 + metadata.length + content.length);
  new DataView(whole.buffer).setInt32(0, -1, true);
  new DataView(whole.buffer).setInt32(4, metadata.length, true);
  whole.set(metadata, 8);
  whole.set(content, 8 + metadata.length);
  return whole;
}

/** All buffers of a batch, unpacked; changes their places in the metadata. Each begins with its size, or -1 where it is plain. */
function unpacked(body: Uint8Array, batch: Table, unpack: Unpack | undefined): Uint8Array {
  if (!unpack) throw new RangeError('it is packed in a way that is not known');
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const list = batch.follow(8);
  const many = batch.view.getUint32(list, true);
  const parts: Uint8Array[] = [];
  let total = 0;
  for (let i = 0; i < many; i++) {
    const place = list + 4 + i * 16;
    const from = Number(batch.view.getBigInt64(place, true));
    const length = Number(batch.view.getBigInt64(place + 8, true));
    if (!(from >= 0 && length >= 0 && from + length <= body.length))
      throw new RangeError('a buffer lies outside of it');
    const size = length < 8 ? 0 : Number(view.getBigInt64(from, true));
    if (size > MOST_PIECE_BYTES || total + size > MOST_BATCH_BYTES)
      throw unsafe('One of its columns says that it unpacks to more than 256 MB.');
    const packed = body.subarray(from + 8, from + length);
    const part = length < 8 ? new Uint8Array() : size === -1 ? packed : unpack(packed, size);
    batch.view.setBigInt64(place, BigInt(total), true);
    batch.view.setBigInt64(place + 8, BigInt(part.length), true);
    parts.push(part);
    total += Math.ceil(part.length / 8) * 8;
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += Math.ceil(part.length / 8) * 8;
  }
  return whole;
}
