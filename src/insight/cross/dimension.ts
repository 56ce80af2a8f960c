export type Codes = Uint8Array | Uint16Array;

/** Every customer falls in one bin: a bar of a histogram, a category, a cell of a map. */
export type Single = {
  readonly bins: number;
  /** [customers], below `bins`. */
  readonly codes: Codes;
  /** [customers]; where they are there, a filter may cut through a bin. No NaN. */
  readonly values?: Float32Array;
};

/** A customer falls in none, one or several bins: the months they bought in, the shops they went to. */
export type Listed = {
  readonly bins: number;
  /** [customers + 1]; the bins of customer r are `codes[starts[r]]` … `codes[starts[r + 1] − 1]`, each once. */
  readonly starts: Uint32Array;
  readonly codes: Codes;
  /** [codes]; how often: orders in the month. Absent: once. */
  readonly weights?: Uint32Array;
};

export type Dimension = Single | Listed;

export const isListed = (dimension: Dimension): dimension is Listed => 'starts' in dimension;

export const rowsOf = (dimension: Dimension): number =>
  isListed(dimension) ? dimension.starts.length - 1 : dimension.codes.length;

/** Customers by bin: those of bin b are `rows[starts[b]]` … `rows[starts[b + 1] − 1]`, ascending. */
export type Buckets = { readonly starts: Uint32Array; readonly rows: Uint32Array };

/** One counting sort: O(codes + bins). */
export function bucketsOf(dimension: Dimension): Buckets {
  const { bins, codes } = dimension;
  const starts = new Uint32Array(bins + 1);
  for (let i = 0; i < codes.length; i++) starts[codes[i]! + 1]!++;
  for (let b = 0; b < bins; b++) starts[b + 1]! += starts[b]!;
  const next = starts.slice();
  const rows = new Uint32Array(codes.length);
  if (!isListed(dimension)) for (let r = 0; r < codes.length; r++) rows[next[codes[r]!]!++] = r;
  else
    for (let r = 0; r < rowsOf(dimension); r++)
      for (let i = dimension.starts[r]!; i < dimension.starts[r + 1]!; i++)
        rows[next[codes[i]!]!++] = r;
  return { starts, rows };
}

/** Throws RangeError, naming the dimension, where its arrays contradict each other. O(codes). */
export function checkDimension(name: string, dimension: Dimension, rows: number): void {
  const { bins, codes } = dimension;
  if (rowsOf(dimension) !== rows)
    throw new RangeError(`${name} has ${rowsOf(dimension)} customers, not ${rows}`);
  for (let i = 0; i < codes.length; i++)
    if (codes[i]! >= bins) throw new RangeError(`${name} has bin ${codes[i]} of ${bins}`);
  if (isListed(dimension)) {
    const { starts, weights } = dimension;
    for (let r = 0; r < rows; r++)
      if (starts[r]! > starts[r + 1]!) throw new RangeError(`${name} has lists out of order`);
    if (starts[0] !== 0 || starts[rows] !== codes.length)
      throw new RangeError(`${name} has lists of ${starts[rows]} bins, not ${codes.length}`);
    if (weights && weights.length !== codes.length)
      throw new RangeError(`${name} has ${weights.length} weights for ${codes.length} bins`);
    return;
  }
  const { values } = dimension;
  if (values && values.length !== rows)
    throw new RangeError(`${name} has ${values.length} values for ${rows} customers`);
  if (values?.some(Number.isNaN)) throw new RangeError(`${name} has a value that is not a number`);
}

/** Adds the listed bins of one customer to `counts` from `base` on, `step` times. */
export function countList(
  dimension: Dimension,
  counts: Int32Array,
  base: number,
  r: number,
  step: number,
): void {
  if (!isListed(dimension)) return;
  const { starts, codes, weights } = dimension;
  for (let i = starts[r]!; i < starts[r + 1]!; i++)
    counts[base + codes[i]!]! += weights ? step * weights[i]! : step;
}
