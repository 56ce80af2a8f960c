/**
 * Sizes of groups that grow together out of single rows, and how uneven they are: the Gini index Σ |sᵢ − sⱼ| / ((groups − 1) · rows), 0 (all
 * alike) to 1 (one has nearly everyone). A merger costs O(different sizes), at most √(2 · rows) (Gagolewski, Bartoszuk & Cena 2016).
 */
export class Sizes {
  groups: number;
  readonly #rows: number;
  /** By size: how many groups have it, and the next and the last size that any has; 0 and rows + 1 are the ends. */
  readonly #many: Int32Array;
  readonly #next: Int32Array;
  readonly #last: Int32Array;
  /** Σ |sᵢ − sⱼ| over pairs: whole numbers, exact. */
  #apart = 0;

  constructor(rows: number) {
    this.groups = this.#rows = rows;
    this.#many = new Int32Array(rows + 2);
    this.#next = new Int32Array(rows + 2);
    this.#last = new Int32Array(rows + 2);
    this.#next[0] = 1;
    this.#next[1] = rows + 1;
    this.#last[rows + 1] = 1;
    this.#many[1] = rows;
  }

  get least(): number {
    return this.#next[0]!;
  }

  get unevenness(): number {
    return this.groups > 1 ? this.#apart / ((this.groups - 1) * this.#rows) : 0;
  }

  merge(a: number, b: number): void {
    this.#take(a);
    this.#take(b);
    let change = -Math.abs(a - b);
    let below = 0;
    for (let size = this.least; size <= this.#rows; size = this.#next[size]!) {
      if (size <= a + b) below = size;
      const moved = Math.abs(size - a - b) - Math.abs(size - a) - Math.abs(size - b);
      change += this.#many[size]! * moved;
    }
    this.#apart += change;
    this.#put(a + b, below);
    this.groups--;
  }

  #take(size: number): void {
    if (--this.#many[size]! > 0) return;
    this.#next[this.#last[size]!] = this.#next[size]!;
    this.#last[this.#next[size]!] = this.#last[size]!;
  }

  #put(size: number, below: number): void {
    if (this.#many[size]!++ > 0) return;
    this.#next[size] = this.#next[below]!;
    this.#last[size] = below;
    this.#last[this.#next[size]!] = size;
    this.#next[below] = size;
  }
}
