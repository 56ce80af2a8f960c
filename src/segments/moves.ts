/** How many customers are in group a before and in b after: [before × after], row-major. */
export function moves(
  before: { readonly labels: Int32Array; readonly groups: number },
  after: { readonly labels: Int32Array; readonly groups: number },
): Int32Array<ArrayBuffer> {
  if (before.labels.length !== after.labels.length)
    throw new RangeError(`${before.labels.length} customers cannot become ${after.labels.length}`);
  const table = new Int32Array(before.groups * after.groups);
  for (let r = 0; r < after.labels.length; r++)
    table[before.labels[r]! * after.groups + after.labels[r]!]!++;
  return table;
}
