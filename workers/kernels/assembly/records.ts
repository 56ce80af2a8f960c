// AssemblyScript: the records of a text table that need no second look, sixteen bytes at a time.

const LF: u8 = 10;
const CR: u8 = 13;
const SPACE: u8 = 32;
const LF_BREAKS = 1;
const CRLF_BREAKS = 2;

let kept = 0;
let styles = 0;

/** Records passed by the last `regular`. */
export function keptRecords(): i32 {
  return kept;
}

/** Kinds of line break met by the last `regular`: 1 LF, 2 CR LF. */
export function breakStyles(): i32 {
  return styles;
}

/** Gives the address of `size` bytes to write a chunk to; the sixteen behind them may be read. */
export function room(size: i32): usize {
  const needed = ((<i32>__heap_base + size + 16 + 0xffff) >>> 16) - memory.size();
  if (needed > 0 && memory.grow(needed) < 0) return 0;
  return __heap_base;
}

/**
 * From the record that starts at `start`: passes every record of exactly `columns` cells on a line of its own, shorter than `longest` bytes.
 * Gives the start of the first that is not one, or that does not end before `end`. `quote` may be a delimiter too: then nothing is quoted.
 */
export function regular(
  start: usize,
  end: usize,
  delimiter: u8,
  quote: u8,
  columns: i32,
  longest: i32,
): usize {
  kept = 0;
  styles = 0;
  const delimiters = i8x16.splat(delimiter);
  const quotes = i8x16.splat(quote);
  const lfs = i8x16.splat(LF);
  const crs = i8x16.splat(CR);
  const hasQuotes = quote != delimiter;
  let cells = 1;
  let cell = start; // where the cell began
  let quoted = false;
  let passed: usize = start; // marks before it have been dealt with
  for (let block = start; block < end; block += 16) {
    const bytes = v128.load(block);
    let marks = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, delimiters), i8x16.eq(bytes, quotes)),
        v128.or(i8x16.eq(bytes, lfs), i8x16.eq(bytes, crs)),
      ),
    );
    while (marks != 0) {
      const at = block + <usize>ctz(marks);
      marks &= marks - 1;
      if (at < passed) continue;
      if (at >= end) return start;
      const mark = load<u8>(at);
      if (quoted) {
        if (mark == LF || mark == CR) return start;
        if (mark != quote) continue;
        if (at + 1 >= end) return start;
        const next = load<u8>(at + 1);
        if (next == quote) passed = at + 2;
        else if (next == delimiter || next == LF || next == CR) quoted = false;
        else return start;
      } else if (mark == delimiter) {
        cells++;
        cell = at + 1;
      } else if (mark == quote && hasQuotes) {
        if (at == cell) quoted = true;
        else if (load<u8>(cell) == SPACE) return start;
      } else {
        let next = at + 1;
        if (mark == CR) {
          if (next >= end || load<u8>(next) != LF) return start;
          next++;
          passed = next;
        }
        if (cells != columns || at == start || <i32>(at - start) >= longest) return start;
        kept++;
        styles |= mark == CR ? CRLF_BREAKS : LF_BREAKS;
        start = next;
        cell = next;
        cells = 1;
      }
    }
  }
  return start;
}
