/** Rows that are joined to groups. */
export class Groups {
  readonly #up: Int32Array;
  readonly #sizes: Int32Array;

  constructor(rows: number) {
    this.#up = Int32Array.from({ length: rows }, (_, r) => r);
    this.#sizes = new Int32Array(rows).fill(1);
  }

  root(row: number): number {
    const up = this.#up;
    for (; up[row] !== row; row = up[row]!) up[row] = up[up[row]!]!;
    return row;
  }

  sizeOf = (row: number): number => this.#sizes[this.root(row)]!;

  join(a: number, b: number): void {
    const [top, other] = [this.root(a), this.root(b)];
    if (top === other) return;
    this.#up[other] = top;
    this.#sizes[top]! += this.#sizes[other]!;
  }

  /** [rows]; 0 the largest group, ties: the one with the earlier row; −1 of who is out. */
  labels(isOut: Uint8Array): Int32Array<ArrayBuffer> {
    const roots = Int32Array.from(isOut, (out, row) => (out ? -1 : this.root(row)));
    const found = [...new Set(roots)].filter((root) => root >= 0); // in the order of their first rows
    found.sort((p, q) => this.#sizes[q]! - this.#sizes[p]!); // stable
    const numbers = new Int32Array(isOut.length);
    found.forEach((root, label) => (numbers[root] = label));
    return roots.map((root) => (root < 0 ? -1 : numbers[root]!));
  }
}
