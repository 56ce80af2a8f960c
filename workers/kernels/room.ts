import type { Crew } from './crew.ts';
import {
  ARGUMENT_COUNT,
  ARGUMENTS,
  CLOSED,
  DONE,
  EXPORT,
  FAILED,
  functionsOf,
  instantiate,
  MOST_PIECES,
  PIECES,
  SHUT,
  TICKET,
  TURN,
  work,
  type Exports,
} from './control.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** One kernel, compiled four ways: with plain or relaxed SIMD (fused multiply-add), for a memory of its own or a shared one. */
export type KernelSet = {
  readonly name: string;
  readonly plain: Bytes;
  readonly plainShared: Bytes;
  readonly relaxed: Bytes;
  readonly relaxedShared: Bytes;
};

/** A piece of the room's memory: its address for the kernel, and a view on it. */
export type Place<View> = { readonly at: number; readonly view: View };

const PAGE = 65_536;
const ALIGN = 64; // a cache line: no two threads write to the same one

/**
 * A kernel in a memory that is as large as it needs to be, for one piece of work; with `crew` it is shared by the crew's threads.
 * Close it: its memory is free again once nothing refers to it.
 */
export class Room {
  readonly #memory: WebAssembly.Memory;
  readonly #exports: Exports;
  readonly #names: readonly string[];
  readonly #slots: Int32Array;
  readonly #isShared: boolean;
  #top: number;

  constructor(set: KernelSet, { bytes, crew, relaxed }: RoomOptions) {
    this.#isShared = crew.threads > 1;
    const module = compiled(set, this.#isShared, (relaxed ?? true) && hasRelaxed(set));
    const pages = Math.ceil((bytes + PAGE) / PAGE); // a page for the control block and the kernel's own data
    this.#memory = new WebAssembly.Memory({
      initial: pages,
      maximum: pages,
      shared: this.#isShared,
    });
    this.#slots = new Int32Array(this.#memory.buffer, 0, PAGE / 4);
    this.#exports = instantiate(module, this.#memory);
    this.#names = functionsOf(module);
    this.#top = PAGE;
    if (this.#isShared) crew.enter(module, this.#memory);
  }

  f32 = (length: number) => this.#place(Float32Array, length);
  f64 = (length: number) => this.#place(Float64Array, length);
  i32 = (length: number) => this.#place(Int32Array, length);
  u32 = (length: number) => this.#place(Uint32Array, length);
  u16 = (length: number) => this.#place(Uint16Array, length);
  u8 = (length: number) => this.#place(Uint8Array, length);

  /** Calls export `name` on this thread. */
  call(name: string, ...numbers: number[]): number {
    return Number(this.#function(name)(...numbers));
  }

  /**
   * Calls export `name` with `(piece, …numbers)` once for every piece from 0, on all threads, and comes back when all are done.
   * Throws if a piece trapped. Which thread does which piece is left open, so each piece writes to a place of its own.
   */
  run(name: string, pieces: number, ...numbers: number[]): void {
    const run = this.#function(name);
    if (!(pieces >= 0 && pieces <= MOST_PIECES)) throw new RangeError(`${pieces} pieces`);
    if (!this.#isShared || pieces < 2) {
      for (let piece = 0; piece < pieces; piece++) run(piece, ...numbers);
      return;
    }
    const slots = this.#slots;
    const turn = Atomics.load(slots, TURN) + 1;
    Atomics.store(slots, TICKET, ((turn & 0xffff) << 16) | SHUT);
    Atomics.store(slots, PIECES, pieces);
    Atomics.store(slots, EXPORT, this.#names.indexOf(name));
    Atomics.store(slots, ARGUMENT_COUNT, numbers.length);
    new Float64Array(slots.buffer, ARGUMENTS, numbers.length).set(numbers);
    Atomics.store(slots, DONE, 0);
    Atomics.store(slots, TICKET, (turn & 0xffff) << 16);
    Atomics.store(slots, TURN, turn);
    Atomics.notify(slots, TURN);
    work(slots, turn, this.#exports, this.#names);
    for (let done = 0; (done = Atomics.load(slots, DONE)) < pieces;)
      Atomics.wait(slots, DONE, done, 1000);
    if (Atomics.exchange(slots, FAILED, 0)) throw new Error(`kernel export ${name} failed`);
  }

  /** Sends the threads back; the room cannot run after this. */
  close(): void {
    if (!this.#isShared) return;
    Atomics.store(this.#slots, CLOSED, 1);
    Atomics.add(this.#slots, TURN, 1);
    Atomics.notify(this.#slots, TURN);
  }

  #function(name: string) {
    const found = this.#exports[name];
    if (!found) throw new TypeError(`the kernel has no ${name}`);
    return found;
  }

  #place<View extends { readonly BYTES_PER_ELEMENT: number }>(
    type: {
      new (buffer: ArrayBufferLike, at: number, length: number): View;
      readonly BYTES_PER_ELEMENT: number;
    },
    length: number,
  ): Place<View> {
    const at = this.#top;
    this.#top = at + room({ [type.BYTES_PER_ELEMENT]: length });
    if (this.#top > this.#memory.buffer.byteLength)
      throw new RangeError('the room was opened too small');
    return { at, view: new type(this.#memory.buffer, at, length) };
  }
}

export type RoomOptions = {
  /** What all places together take: sum of `room(…)` of each. */
  readonly bytes: number;
  readonly crew: Crew;
  /** false: never the relaxed build, though the browser has it. */
  readonly relaxed?: boolean;
};

/** Bytes that a place takes, by bytes an element: `room({ 4: rows * cols })`. */
export const room = (lengths: Readonly<Record<number, number>>): number =>
  Object.entries(lengths).reduce(
    (sum, [width, length]) => sum + Math.ceil((Number(width) * length) / ALIGN) * ALIGN,
    0,
  );

const modules = new Map<Bytes, WebAssembly.Module>();

function compiled(set: KernelSet, isShared: boolean, isRelaxed: boolean): WebAssembly.Module {
  const bytes = isRelaxed
    ? isShared
      ? set.relaxedShared
      : set.relaxed
    : isShared
      ? set.plainShared
      : set.plain;
  let module = modules.get(bytes);
  if (!module) modules.set(bytes, (module = new WebAssembly.Module(bytes)));
  return module;
}

/** Whether this engine runs relaxed SIMD. */
export const hasRelaxed = (set: KernelSet): boolean => WebAssembly.validate(set.relaxed);
