/**
 * The one-to-one assignment of rows to columns with the greatest sum of `overlap` [rows × cols, row-major]: for each row its column, or −1
 * where there are more rows than columns and it got none. As many pairs as fit are made, also of overlap 0: look before you call them alike.
 * Shortest augmenting paths (Jonker & Volgenant 1987, rectangular as in Crouse 2016); O(least² · most), 500 × 500 in 4 to 230 ms. Whole
 * numbers are exact. Of equally good assignments it is always the same one: rows enter in order, each takes the first of equally near columns.
 * Throws `RangeError` at a value that is no number.
 */
export function assign(
  overlap: Float64Array | Int32Array,
  rows: number,
  cols: number,
): Int32Array<ArrayBuffer> {
  if (overlap.length !== rows * cols)
    throw new RangeError(`${overlap.length} values cannot fill ${rows} × ${cols}`);
  if (!overlap.every(Number.isFinite)) throw new RangeError('an overlap is no number');
  const wide = rows <= cols;
  const [few, many] = wide ? [rows, cols] : [cols, rows];
  const cost = new Float64Array(few * many);
  for (let i = 0; i < few; i++)
    for (let j = 0; j < many; j++)
      cost[i * many + j] = -overlap[wide ? i * cols + j : j * cols + i]!;
  const ofFew = cheapest(cost, few, many);
  if (wide) return ofFew;
  const ofRows = new Int32Array(rows).fill(-1);
  ofFew.forEach((row, col) => (ofRows[row] = col));
  return ofRows;
}

/** Every one of `few` rows gets a column of its own, at the least sum of `cost` [few × many], few ≤ many. */
function cheapest(cost: Float64Array, few: number, many: number): Int32Array<ArrayBuffer> {
  const rowPrice = new Float64Array(few);
  const colPrice = new Float64Array(many);
  const colOf = new Int32Array(few).fill(-1);
  const rowOf = new Int32Array(many).fill(-1);
  const distance = new Float64Array(many);
  const before = new Int32Array(many); // the row from which a column is reached
  const done = new Uint8Array(many);
  for (let start = 0; start < few; start++) {
    distance.fill(Infinity);
    done.fill(0);
    let row = start;
    let reached = 0;
    let end = -1;
    while (end < 0) {
      const base = row * many;
      let next = -1;
      for (let j = 0; j < many; j++) {
        if (done[j]) continue;
        const through = reached + cost[base + j]! - rowPrice[row]! - colPrice[j]!;
        if (through < distance[j]!) ((distance[j] = through), (before[j] = row));
        const isNearer = next < 0 || distance[j]! < distance[next]!;
        const isFree = next >= 0 && distance[j] === distance[next] && rowOf[j]! < 0;
        if (isNearer || (isFree && rowOf[next]! >= 0)) next = j;
      }
      done[next] = 1;
      reached = distance[next]!;
      if (rowOf[next]! < 0) end = next;
      else row = rowOf[next]!;
    }
    rowPrice[start]! += reached;
    for (let j = 0; j < many; j++) {
      if (!done[j] || j === end) continue;
      colPrice[j]! -= reached - distance[j]!;
      rowPrice[rowOf[j]!]! += reached - distance[j]!;
    }
    for (let col = end; ;) {
      rowOf[col] = row = before[col]!;
      const given = colOf[row]!;
      colOf[row] = col;
      if (row === start) break;
      col = given;
    }
  }
  return colOf;
}
