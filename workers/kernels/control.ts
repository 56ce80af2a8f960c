/**
 * The first bytes of a shared memory, by which the caller and its threads hand out work. Slots of an Int32Array; the arguments follow as
 * float64 from byte `ARGUMENTS`.
 */
export const TURN = 0;
/** Turn (upper 16 bits) and next piece (lower 16): claimed by compare-exchange, so that a late thread cannot take a piece of the next turn. */
export const TICKET = 1;
export const DONE = 2;
export const PIECES = 3;
export const EXPORT = 4;
export const ARGUMENT_COUNT = 5;
export const FAILED = 6;
export const CLOSED = 7;
export const ARGUMENTS = 128;
export const MOST_PIECES = 0xfffe;
/** No piece is to be had while the caller writes the next turn. */
export const SHUT = 0xffff;

export type Exports = Readonly<Record<string, (...numbers: number[]) => number | void>>;

/** Names of a module's functions, in an order that all its instances share. */
export const functionsOf = (module: WebAssembly.Module): readonly string[] =>
  WebAssembly.Module.exports(module)
    .filter(({ kind }) => kind === 'function')
    .map(({ name }) => name);

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Exports {
  const env = { memory, abort: () => {} };
  return new WebAssembly.Instance(module, { env }).exports as Exports; // kernels export functions of numbers only
}

/** Does pieces of turn `turn` until none is left. A piece that traps is counted as done and marked as failed. */
export function work(slots: Int32Array, turn: number, exports: Exports, names: readonly string[]) {
  const pieces = Atomics.load(slots, PIECES);
  const name = names[Atomics.load(slots, EXPORT)] ?? '';
  const count = Atomics.load(slots, ARGUMENT_COUNT);
  const numbers = [...new Float64Array(slots.buffer, ARGUMENTS, count)];
  for (;;) {
    const ticket = Atomics.load(slots, TICKET);
    const piece = ticket & 0xffff;
    if (ticket >>> 16 !== (turn & 0xffff) || piece >= pieces) return;
    if (Atomics.compareExchange(slots, TICKET, ticket, ticket + 1) !== ticket) continue;
    try {
      exports[name]?.(piece, ...numbers);
    } catch {
      Atomics.store(slots, FAILED, 1);
    }
    if (Atomics.add(slots, DONE, 1) + 1 === pieces) Atomics.notify(slots, DONE);
  }
}
