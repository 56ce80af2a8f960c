import type { Matrix } from '../../lib/matrix.ts';

/** Slots that make one piece of work. */
export const PIECE = 16;
/** Most pieces that are done in one go. */
export const MOST_AT_ONCE = 1024;
/** Most questions that are put in one go. */
export const MOST_ASKED = PIECE * MOST_AT_ONCE;
/** What a node's rows belong to, where that is not one group. */
export const MIXED = -1;
export const EMPTY = -2;

const LEAF = 32;
const NOBODY = -3;

/**
 * How the rows lie in a k-d tree: each node divides its rows in two halves at the middle of its widest column, `levels` times. Every leaf has
 * `capacity` slots, of which the last may be empty.
 */
export type Shape = {
  readonly rows: number;
  readonly cols: number;
  readonly levels: number;
  readonly leaves: number;
  readonly capacity: number;
  readonly slots: number;
  readonly pieces: number;
  /** How many nearest others there is room for. */
  readonly neighbours: number;
};

export function shapeOf({ rows, cols }: Matrix, neighbours: number): Shape {
  let levels = 0;
  while (rows > LEAF * 2 ** levels) levels++;
  const leaves = 2 ** levels;
  const capacity = Math.max(4, 4 * Math.ceil(Math.ceil(rows / leaves) / 4));
  const slots = leaves * capacity;
  const pieces = Math.ceil(slots / PIECE);
  return { rows, cols, levels, leaves, capacity, slots, pieces, neighbours };
}

/**
 * A k-d tree (Bentley 1975; boxes that fit tightly, rows in leaf order) and what is searched in it. `split` every level first. Each verb does
 * `many` pieces of 16 slots from piece `from` on and gives its effort: slots compared. All distances are squared, float64, summed column by
 * column. What it gives depends neither on the form of the kernel nor on the number of threads.
 */
export type Tree = Shape & {
  /** [slots]: the row of a slot, or −1. */
  readonly rowOf: Int32Array;
  /** [slots × neighbours]: the nearest other slots, nearest first; −1 where there are too few. Ties: as they are met. */
  readonly near: Int32Array;
  /** [slots]: to the last of them; Infinity where there are too few. */
  readonly far: Float64Array;
  /** [slots]: a forest of groups, links pointing to lower slots, roots to themselves; −1: in no group. */
  readonly group: Int32Array;
  /** [slots]: the nearest of another group by mutual reachability, and which slot that is (−1: not known). */
  readonly best: Float64Array;
  readonly who: Int32Array;
  /** [slots]: what `best` is at least; where they are equal it is certain. */
  readonly low: Float64Array;
  /** [slots], by the root of a group: the least `best` of it that was met. */
  readonly bound: Float64Array;
  /** Nodes `from` … of a level, all levels in turn. */
  split(level: number, from: number, many: number): void;
  /** Fills `near` and `far`. */
  nearest(from: number, many: number): number;
  /** Of up to MOST_ASKED questions [questions × cols], among all rows. `ids` are slots. */
  nearestTo(questions: Matrix): Found;
  /** `group` is the slot itself where `needed` rows (itself among them) are within `limit`, else −1. */
  count(from: number, many: number, limit: number, needed: number): number;
  /** Joins the groups of slots within `limit` of each other. */
  join(from: number, many: number, limit: number): number;
  /** `who` of slots without a group: the least `best`, as a whole number, of those with one within `limit`; −1: there is none. */
  border(from: number, many: number, limit: number): number;
  /** Tells the nodes which group they are of, so that searches pass over them. */
  tag(): void;
  /** `best` and `who` from what is known: the last round and `near`. */
  propose(from: number, many: number): number;
  /** Makes `best` certain where it can be the least of its group. */
  seek(from: number, many: number): number;
  close(): void;
};

/** [questions × neighbours] and [questions]; valid until the next questions. */
export type Found = {
  readonly ids: Int32Array;
  readonly far: Float64Array;
  readonly effort: number;
};

/** Takes a copy of `x`; `neighbours` may be 0. */
export type OpenTree = (x: Matrix, neighbours: number) => Tree;

/** First of the rows, in order, that node `j` of a level holds. */
const startOf = (rows: number, j: number, level: number): number =>
  Math.floor((j * rows) / 2 ** level);

/** The greatest number below a positive one. */
const bits = new DataView(new ArrayBuffer(8));
function below(value: number): number {
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) - 1n);
  return bits.getFloat64(0);
}

/** The plain form: what the others are held against. */
export const openTree: OpenTree = (x, neighbours) => new PlainTree(x, shapeOf(x, neighbours));

type Values = Float32Array | readonly number[];

class PlainTree implements Tree {
  readonly rows: number;
  readonly cols: number;
  readonly levels: number;
  readonly leaves: number;
  readonly capacity: number;
  readonly slots: number;
  readonly pieces: number;
  readonly neighbours: number;
  readonly rowOf: Int32Array;
  readonly near: Int32Array;
  readonly far: Float64Array;
  readonly group: Int32Array;
  readonly best: Float64Array;
  readonly who: Int32Array;
  readonly low: Float64Array;
  readonly bound: Float64Array;
  readonly #x: Matrix;
  readonly #order: Uint32Array;
  readonly #nodes: Int32Array;
  /** [nodes × cols] */
  readonly #least: Float32Array;
  readonly #most: Float32Array;
  /** How far the search that is under way still looks. */
  #limit = 0;

  constructor(x: Matrix, shape: Shape) {
    const { slots } = shape;
    ({ rows: this.rows, cols: this.cols, levels: this.levels, leaves: this.leaves } = shape);
    ({ capacity: this.capacity, slots: this.slots, pieces: this.pieces } = shape);
    this.neighbours = shape.neighbours;
    this.#x = x;
    this.#order = Uint32Array.from({ length: x.rows }, (_, r) => r);
    this.#nodes = new Int32Array(2 * shape.leaves - 1);
    this.#least = new Float32Array(this.#nodes.length * x.cols).fill(Infinity);
    this.#most = new Float32Array(this.#nodes.length * x.cols).fill(-Infinity);
    this.rowOf = new Int32Array(slots).fill(-1);
    this.near = new Int32Array(slots * shape.neighbours);
    [this.group, this.who] = [new Int32Array(slots), new Int32Array(slots)];
    [this.far, this.best] = [new Float64Array(slots), new Float64Array(slots)];
    [this.low, this.bound] = [new Float64Array(slots), new Float64Array(slots)];
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

  /** Leaves whose boxes are not farther than `#limit` from `q`, nearer child first, passing over nodes of group `skip`. */
  *#leavesNear(q: Values, skip: number): Generator<number> {
    const inner = this.leaves - 1;
    const stack: { node: number; square: number }[] = [{ node: 0, square: 0 }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      let { node, square } = top;
      while (square <= this.#limit) {
        if (node >= inner) {
          yield node - inner;
          break;
        }
        const left = { node: 2 * node + 1, square: this.#toBox(q, 2 * node + 1, skip) };
        const right = { node: 2 * node + 2, square: this.#toBox(q, 2 * node + 2, skip) };
        const [near, far] = right.square < left.square ? [right, left] : [left, right];
        if (far.square <= this.#limit) stack.push(far);
        ({ node, square } = near);
      }
    }
  }

  #toBox(q: Values, node: number, skip: number): number {
    const tag = this.#nodes[node]!;
    if (skip !== NOBODY && (tag === skip || tag === EMPTY)) return Infinity;
    let sum = 0;
    for (let c = 0, at = node * this.cols; c < this.cols; c++, at++) {
      const d = Math.max(0, this.#least[at]! - q[c]!, q[c]! - this.#most[at]!);
      sum += d * d;
    }
    return sum;
  }

  #values(slot: number): Float32Array {
    const at = this.rowOf[slot]! * this.cols;
    return this.#x.data.subarray(at, at + this.cols);
  }

  #square(q: Values, slot: number): number {
    let sum = 0;
    for (let c = 0, at = this.rowOf[slot]! * this.cols; c < this.cols; c++, at++) {
      const d = this.#x.data[at]! - q[c]!;
      sum += d * d;
    }
    return sum;
  }

  /** Filled slots of pieces, or of a leaf. */
  *#filled(from: number, to: number): Generator<number> {
    for (let slot = from; slot < Math.min(to, this.slots); slot++)
      if (this.rowOf[slot]! >= 0) yield slot;
  }

  #piecesOf = (from: number, many: number) => this.#filled(from * PIECE, (from + many) * PIECE);
  #leaf = (leaf: number) => this.#filled(leaf * this.capacity, (leaf + 1) * this.capacity);

  nearest(from: number, many: number): number {
    let effort = 0;
    for (const slot of this.#piecesOf(from, many)) {
      const near = this.near.subarray(slot * this.neighbours, (slot + 1) * this.neighbours);
      const found = this.#closest(this.#values(slot), slot, near);
      this.far[slot] = found.far;
      effort += found.effort;
    }
    return effort;
  }

  nearestTo(questions: Matrix): Found {
    const ids = new Int32Array(questions.rows * this.neighbours);
    const far = new Float64Array(questions.rows);
    let effort = 0;
    for (let q = 0; q < questions.rows; q++) {
      const values = questions.data.subarray(q * this.cols, (q + 1) * this.cols);
      const near = ids.subarray(q * this.neighbours, (q + 1) * this.neighbours);
      const found = this.#closest(values, -1, near);
      far[q] = found.far;
      effort += found.effort;
    }
    return { ids, far, effort };
  }

  #closest(q: Values, own: number, near: Int32Array): { far: number; effort: number } {
    const k = near.length;
    const list = new Float64Array(k).fill(Number.MAX_VALUE);
    near.fill(-1);
    this.#limit = Number.MAX_VALUE;
    let effort = 0;
    for (const leaf of this.#leavesNear(q, NOBODY)) {
      effort += this.capacity;
      for (const slot of this.#leaf(leaf)) {
        const d = slot === own ? Infinity : this.#square(q, slot);
        if (!(d < list[k - 1]!)) continue;
        let to = k - 1;
        for (; to > 0 && list[to - 1]! > d; to--) {
          list[to] = list[to - 1]!;
          near[to] = near[to - 1]!;
        }
        list[to] = d;
        near[to] = slot;
      }
      const last = list[k - 1]!;
      if (last === 0) break;
      this.#limit = below(last);
    }
    const far = list[k - 1]!;
    return { far: far < Number.MAX_VALUE ? far : Infinity, effort };
  }

  count(from: number, many: number, limit: number, needed: number): number {
    this.group.fill(-1, from * PIECE, (from + many) * PIECE);
    let effort = 0;
    for (const slot of this.#piecesOf(from, many)) {
      const q = this.#values(slot);
      let met = 0;
      this.#limit = limit;
      for (const leaf of this.#leavesNear(q, NOBODY)) {
        effort += this.capacity;
        for (const other of this.#leaf(leaf)) if (this.#square(q, other) <= limit) met++;
        if (met >= needed) break;
      }
      if (met >= needed) this.group[slot] = slot;
    }
    return effort;
  }

  #find(slot: number): number {
    const { group } = this;
    for (let up = group[slot]!; up !== slot; slot = up, up = group[slot]!) group[slot] = group[up]!;
    return slot;
  }

  join(from: number, many: number, limit: number): number {
    let effort = 0;
    for (const slot of this.#piecesOf(from, many)) {
      if (this.group[slot]! < 0) continue;
      const q = this.#values(slot);
      this.#limit = limit;
      for (const leaf of this.#leavesNear(q, this.#find(slot))) {
        effort += this.capacity;
        for (const other of this.#leaf(leaf)) {
          if (this.group[other]! < 0 || !(this.#square(q, other) <= limit)) continue;
          const [a, b] = [this.#find(slot), this.#find(other)];
          this.group[Math.max(a, b)] = Math.min(a, b);
        }
      }
    }
    return effort;
  }

  border(from: number, many: number, limit: number): number {
    let effort = 0;
    for (const slot of this.#piecesOf(from, many)) {
      if (this.group[slot]! >= 0) continue;
      const q = this.#values(slot);
      let least = Infinity;
      this.#limit = limit;
      for (const leaf of this.#leavesNear(q, NOBODY)) {
        effort += this.capacity;
        for (const other of this.#leaf(leaf))
          if (this.group[other]! >= 0 && this.#square(q, other) <= limit)
            least = Math.min(least, this.best[other]!);
      }
      this.who[slot] = least < Infinity ? least : -1;
    }
    return effort;
  }

  tag(): void {
    const both = (a: number, b: number) => (a === b || b === EMPTY ? a : a === EMPTY ? b : MIXED);
    const inner = this.leaves - 1;
    for (let leaf = 0; leaf < this.leaves; leaf++) {
      let own = EMPTY;
      for (const slot of this.#leaf(leaf))
        if (this.group[slot]! >= 0 && own !== MIXED) own = both(own, this.#find(slot));
      this.#nodes[inner + leaf] = own;
    }
    for (let v = inner - 1; v >= 0; v--)
      this.#nodes[v] = both(this.#nodes[2 * v + 1]!, this.#nodes[2 * v + 2]!);
  }

  propose(from: number, many: number): number {
    const { group, best, who, far, near, neighbours, bound } = this;
    for (const slot of this.#piecesOf(from, many)) {
      const own = group[slot]!;
      if (who[slot]! < 0 || group[who[slot]!] === own) {
        best[slot] = Infinity;
        who[slot] = -1;
        for (let i = slot * neighbours; i < (slot + 1) * neighbours; i++) {
          const other = near[i]!;
          if (group[other] === own) continue;
          const w = Math.max(far[slot]!, far[other]!);
          if (w < best[slot]!) [best[slot], who[slot]] = [w, other];
        }
      }
      if (best[slot]! < bound[own]!) bound[own] = best[slot]!;
    }
    return (many * PIECE * neighbours) / 4;
  }

  seek(from: number, many: number): number {
    const { group, best, who, far, low, bound } = this;
    let effort = 4 * many;
    for (const slot of this.#piecesOf(from, many)) {
      const own = group[slot]!;
      if (low[slot]! > bound[own]! || (who[slot]! >= 0 && best[slot]! <= low[slot]!)) continue;
      const q = this.#values(slot);
      let [nearest, nearer] = [best[slot]!, who[slot]!];
      this.#limit = Math.min(bound[own]!, below(nearest));
      for (const leaf of this.#leavesNear(q, own)) {
        effort += this.capacity;
        for (const other of this.#leaf(leaf)) {
          if (group[other] === own) continue;
          const w = Math.max(far[slot]!, far[other]!, this.#square(q, other));
          if (!(w <= this.#limit)) continue;
          [nearest, nearer] = [w, other];
          this.#limit = w > 0 ? below(w) : -1;
        }
        if (nearest <= low[slot]!) break;
      }
      bound[own] = Math.min(bound[own]!, nearest);
      const isSure = nearest <= bound[own]!;
      low[slot] = Math.max(low[slot]!, bound[own]!);
      best[slot] = isSure ? nearest : Infinity;
      who[slot] = isSure ? nearer : -1;
    }
    return effort;
  }

  close(): void {}
}
