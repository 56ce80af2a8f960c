import type { Bytes, Folder, Slot } from '../../../src/project/store/folder.ts';

/** One thing that happened to the disk. `id` names a file whatever it is called. */
type Op =
  | { readonly kind: 'name'; readonly path: string; readonly id: number | null } // null: removed
  | { readonly kind: 'write'; readonly id: number; readonly at: number; readonly bytes: Bytes }
  | { readonly kind: 'truncate'; readonly id: number; readonly size: number }
  | { readonly kind: 'flush'; readonly id: number };

export type Image = ReadonlyMap<string, Bytes>;

/** A disk tears a write only where a sector ends. */
const SECTOR = 512;

/**
 * A disk in memory that remembers every step, so that a test can ask what it may hold after a power failure at any of
 * them. A flush makes a file's bytes and its own name durable, nothing else; everything that was not flushed may be there,
 * missing, torn or in another order.
 */
export class SimDisk {
  readonly ops: Op[] = [];
  readonly #names = new Map<string, number>();
  readonly #files = new Map<number, Bytes>();
  readonly #base: Image;
  #nextId = 1;
  /** The disk is full from this write on, counted by `writes`; null: never. */
  failWriteAt: number | null = null;
  writes = 0;
  /** Files that are open; a store that leaves one open would lock itself out. */
  readonly open = new Set<string>();

  constructor(image: Image = new Map()) {
    for (const [path, bytes] of image) {
      this.#name(path, this.#make(bytes.slice()));
    }
    this.ops.length = 0;
    this.#base = new Map(image);
  }
  get root(): Folder {
    return this.#folder('');
  }

  /** What it holds now, everything counted. */
  image(): Map<string, Bytes> {
    return new Map([...this.#names].map(([path, id]) => [path, this.#files.get(id)!.slice()]));
  }

  /** Changes a byte behind the store's back. */
  flip(path: string, at: number, mask = 1): void {
    const bytes = this.#files.get(this.#names.get(path)!)!;
    bytes[at] = bytes[at]! ^ mask;
  }

  /**
   * What the disk may hold if the power failed just before step `step`: `keep(op, index)` says which of the steps that
   * were not flushed got there: all of it (1), none (0), or the part of a write before a sector's end (between).
   */
  afterPowerFailure(step: number, keep: (op: Op, index: number) => number): Image {
    const names = new Map<string, number>();
    const files = new Map<number, Bytes>();
    let id = 0;
    for (const [path, bytes] of this.#base) {
      names.set(path, ++id);
      files.set(id, bytes.slice());
    }
    const flushedTo = new Map<number, number>(); // file → index of its last flush
    this.ops.slice(0, step).forEach((op, i) => op.kind === 'flush' && flushedTo.set(op.id, i));
    this.ops.slice(0, step).forEach((op, i) => {
      if (op.kind === 'flush') return;
      const durable = op.id !== null && i < (flushedTo.get(op.id) ?? -1);
      const share = durable ? 1 : keep(op, i);
      if (op.kind === 'name') {
        if (share < 0.5) return;
        if (op.id !== null) {
          for (const [path, other] of names) if (other === op.id) names.delete(path);
          if (!files.has(op.id)) files.set(op.id, new Uint8Array());
          names.set(op.path, op.id);
        } else names.delete(op.path);
      } else if (op.kind === 'truncate') {
        if (share >= 0.5) files.set(op.id, resized(files.get(op.id) ?? new Uint8Array(), op.size));
      } else {
        const whole = op.at + op.bytes.length;
        const end =
          share === 1 ? whole : Math.floor((op.at + share * op.bytes.length) / SECTOR) * SECTOR;
        if (end > op.at)
          files.set(
            op.id,
            written(files.get(op.id) ?? new Uint8Array(), op.bytes.subarray(0, end - op.at), op.at),
          );
      }
    });
    return new Map([...names].map(([path, file]) => [path, files.get(file) ?? new Uint8Array()]));
  }

  #make(bytes: Bytes): number {
    const id = this.#nextId++;
    this.#files.set(id, bytes);
    return id;
  }

  #name(path: string, id: number): void {
    this.#names.set(path, id);
    this.ops.push({ kind: 'name', path, id });
  }

  #folder(prefix: string): Folder {
    const at = (name: string) => `${prefix}${name}`;
    return {
      names: async () => {
        const inside = [...this.#names.keys()].filter((path) => path.startsWith(prefix));
        return [...new Set(inside.map((path) => path.slice(prefix.length).split('/')[0]!))].sort();
      },
      folder: async (name) => this.#folder(`${at(name)}/`),
      open: async (name) => this.#open(at(name)),
      file: async (name) => {
        const id = this.#names.get(at(name));
        return id === undefined ? null : new File([this.#files.get(id)!.slice()], name);
      },
      move: async (from, to) => {
        const id = this.#names.get(at(from));
        if (id === undefined) throw new DOMException(from, 'NotFoundError');
        this.#names.delete(at(from));
        this.#name(at(to), id);
      },
      remove: async (name) => {
        for (const path of [...this.#names.keys()])
          if (path === at(name) || path.startsWith(`${at(name)}/`)) {
            this.#names.delete(path);
            this.ops.push({ kind: 'name', path, id: null });
          }
      },
    };
  }

  #open(path: string): Slot {
    if (this.open.has(path)) throw new DOMException(path, 'NoModificationAllowedError');
    this.open.add(path);
    let id = this.#names.get(path);
    if (id === undefined) this.#name(path, (id = this.#make(new Uint8Array())));
    const file = id;
    return {
      size: () => this.#files.get(file)!.length,
      write: (bytes, at) => {
        if (this.failWriteAt !== null && this.writes++ >= this.failWriteAt)
          throw new DOMException('No space available', 'QuotaExceededError');
        this.ops.push({ kind: 'write', id: file, at, bytes: bytes.slice() });
        this.#files.set(file, written(this.#files.get(file)!, bytes, at));
      },
      truncate: (size) => {
        this.ops.push({ kind: 'truncate', id: file, size });
        this.#files.set(file, resized(this.#files.get(file)!, size));
      },
      flush: () => void this.ops.push({ kind: 'flush', id: file }),
      close: () => void this.open.delete(path),
    };
  }
}

function resized(bytes: Bytes, size: number): Bytes {
  const next = new Uint8Array(size);
  next.set(bytes.subarray(0, size));
  return next;
}

function written(into: Bytes, bytes: Bytes, at: number): Bytes {
  const next = resized(into, Math.max(into.length, at + bytes.length));
  next.set(bytes, at);
  return next;
}
