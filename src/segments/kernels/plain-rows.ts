import type { Matrix } from '../../lib/matrix.ts';
import { budgetOf, EMPTY, type Shape } from './tree.ts';

/** A group that no node has. */
export const NOBODY = -3;

/** First of the rows, in order, that node `j` of a level holds. */
const startOf = (rows: number, j: number, level: number): number =>
  Math.floor((j * rows) / 2 ** level);

export type Values = Float32Array | readonly number[];

/** Rows in a k-d tree, and the way through it: what the searches of plain-tree.ts stand on. */
export class PlainRows implements Shape {
  readonly rows: number;
  readonly cols: number;
  readonly levels: number;
  readonly leaves: number;
  readonly capacity: number;
  readonly slots: number;
  readonly pieces: number;
  readonly neighbours: number;
  readonly rowOf: Int32Array;
  readonly #x: Matrix;
  readonly #order: Uint32Array;
  protected readonly nodes: Int32Array;
  /** [nodes × cols] */
  readonly #least: Float32Array;
  readonly #most: Float32Array;
  /** How far the search that is under way still looks. */
  protected limit = 0;
  protected spent = 0;
  protected readonly budget: number;

  constructor(x: Matrix, shape: Shape) {
    const { slots } = shape;
    ({ rows: this.rows, cols: this.cols, levels: this.levels, leaves: this.leaves } = shape);
    ({ capacity: this.capacity, slots: this.slots, pieces: this.pieces } = shape);
    this.neighbours = shape.neighbours;
    this.#x = x;
    this.budget = budgetOf(x.cols) / 16; // it is slower by about so much
    this.#order = Uint32Array.from({ length: x.rows }, (_, r) => r);
    this.nodes = new Int32Array(2 * shape.leaves - 1);
    this.#least = new Float32Array(this.nodes.length * x.cols).fill(Infinity);
    this.#most = new Float32Array(this.nodes.length * x.cols).fill(-Infinity);
    this.rowOf = new Int32Array(slots).fill(-1);
  }

  split(level: number, from: number, many: number): void {
    for (let j = from; j < from + many; j++) {
      const low = startOf(this.rows, j, level);
      const high = startOf(this.rows, j + 1, level);
      const widest = this.#fit(2 ** level - 1 + j, low, high);
      if (level === this.levels) this.rowOf.set(this.#order.subarray(low, high), j * this.capacity);
      else this.#select(widest, low, high, startOf(this.rows, 2 * j + 1, level + 1));
    }
  }

  /** Fits the box of a node around its rows; gives its widest column. */
  #fit(node: number, low: number, high: number): number {
    const { cols } = this;
    const at = node * cols;
    let [widest, width] = [0, -1];
    for (let c = 0; c < cols; c++) {
      for (let i = low; i < high; i++) {
        const value = this.#x.data[this.#order[i]! * cols + c]!;
        if (value < this.#least[at + c]!) this.#least[at + c] = value;
        if (value > this.#most[at + c]!) this.#most[at + c] = value;
      }
      const own = this.#most[at + c]! - this.#least[at + c]!;
      if (own > width) [widest, width] = [c, own];
    }
    return widest;
  }

  /** Puts the row with the `middle`th least value of column `c` into its place, the lesser before it and the greater behind it (Hoare 1961). */
  #select(c: number, low: number, high: number, middle: number): void {
    const order = this.#order;
    const key = (i: number) => this.#x.data[order[i]! * this.cols + c]!;
    let state = 1;
    let [left, right] = [low, high - 1];
    while (left < right) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const pivot = key(left + Math.floor((state * (right - left + 1)) / 2 ** 32));
      let [i, j] = [left, right];
      do {
        while (key(i) < pivot) i++;
        while (key(j) > pivot) j--;
        if (i > j) break;
        [order[i], order[j]] = [order[j]!, order[i]!];
        i++;
        j--;
      } while (i <= j);
      if (middle <= j) right = j;
      else if (middle >= i) left = i;
      else return;
    }
  }

  /** Leaves whose boxes are not farther than `limit` from `q`, nearer child first, passing over nodes of group `skip`. */
  protected *leavesNear(q: Values, skip: number): Generator<number> {
    const inner = this.leaves - 1;
    const stack: { node: number; square: number }[] = [{ node: 0, square: 0 }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      let { node, square } = top;
      while (square <= this.limit) {
        if (node >= inner) {
          this.spent += this.capacity;
          yield node - inner;
          break;
        }
        const left = { node: 2 * node + 1, square: this.#toBox(q, 2 * node + 1, skip) };
        const right = { node: 2 * node + 2, square: this.#toBox(q, 2 * node + 2, skip) };
        const [near, far] = right.square < left.square ? [right, left] : [left, right];
        if (far.square <= this.limit) stack.push(far);
        ({ node, square } = near);
      }
    }
  }

  #toBox(q: Values, node: number, skip: number): number {
    const tag = this.nodes[node]!;
    if (skip !== NOBODY && (tag === skip || tag === EMPTY)) return Infinity;
    let sum = 0;
    for (let c = 0, at = node * this.cols; c < this.cols; c++, at++) {
      const d = Math.max(0, this.#least[at]! - q[c]!, q[c]! - this.#most[at]!);
      sum += d * d;
    }
    return sum;
  }

  protected values(slot: number): Float32Array {
    const at = this.rowOf[slot]! * this.cols;
    return this.#x.data.subarray(at, at + this.cols);
  }

  protected square(q: Values, slot: number): number {
    let sum = 0;
    for (let c = 0, at = this.rowOf[slot]! * this.cols; c < this.cols; c++, at++) {
      const d = this.#x.data[at]! - q[c]!;
      sum += d * d;
    }
    return sum;
  }

  /** Filled slots of pieces, or of a leaf. */
  protected *filled(from: number, to: number): Generator<number> {
    for (let slot = from; slot < Math.min(to, this.slots); slot++)
      if (this.rowOf[slot]! >= 0) yield slot;
  }

  protected leaf = (leaf: number) => this.filled(leaf * this.capacity, (leaf + 1) * this.capacity);
}
