import { random } from '../random.ts';

/** `size` of the rows 0 … n − 1, each set of them equally likely, ascending (partial Fisher–Yates). All of them where size ≥ n. */
export function sampleRows(n: number, size: number, seed: number): Int32Array<ArrayBuffer> {
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  if (size >= n) return rows;
  const next = random(seed);
  for (let i = 0; i < size; i++) {
    const other = i + Math.floor(next() * (n - i));
    [rows[i], rows[other]] = [rows[other]!, rows[i]!];
  }
  return rows.slice(0, size).sort();
}
