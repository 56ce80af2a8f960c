import type { Regular, RegularFor } from '../../src/files/regular.ts';
import kernel from './assembly/records.ts?kernel';

/** What the kernel gives: see assembly/records.ts. */
type Exports = {
  readonly memory: WebAssembly.Memory;
  room(size: number): number;
  regular(
    start: number,
    end: number,
    delimiter: number,
    quote: number,
    columns: number,
    longest: number,
  ): number;
  keptRecords(): number;
  breakStyles(): number;
};

/** Passes regular records with SIMD; null where quotes are escaped by another mark, which the kernel does not know. */
export const regularRecords: RegularFor = (marks, columns, longest) => {
  if (marks.escape !== marks.quote) return null;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(kernel), {
    env: { abort: () => {} },
  });
  const wasm = exports as Exports; // as compiled from the file named above
  const delimiter = marks.delimiter.charCodeAt(0);
  const quote = marks.quote === '' ? delimiter : marks.quote.charCodeAt(0);
  let start = 0;
  let size = 0;
  return {
    load(bytes) {
      size = bytes.length;
      start = wasm.room(size);
      if (start > 0) new Uint8Array(wasm.memory.buffer).set(bytes, start);
      return start > 0;
    },
    pass(from) {
      const end = wasm.regular(start + from, start + size, delimiter, quote, columns, longest);
      return { next: end - start, kept: wasm.keptRecords(), styles: wasm.breakStyles() };
    },
  } satisfies Regular;
};
