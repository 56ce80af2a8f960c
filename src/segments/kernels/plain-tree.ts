import type { Matrix } from '../../lib/matrix.ts';
import { NOBODY, PlainRows, type Values } from './plain-rows.ts';
import {
  EMPTY,
  MIXED,
  PIECE,
  shapeOf,
  type Found,
  type OpenTree,
  type Shape,
  type Tree,
} from './tree.ts';

/** The greatest number below a positive one. */
const bits = new DataView(new ArrayBuffer(8));
function below(value: number): number {
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) - 1n);
  return bits.getFloat64(0);
}

/** The plain form: what the others are held against. */
export const openTree: OpenTree = (x, neighbours) => new PlainTree(x, shapeOf(x, neighbours));

class PlainTree extends PlainRows implements Tree {
  readonly near: Int32Array;
  readonly far: Float64Array;
  readonly group: Int32Array;
  readonly best: Float64Array;
  readonly who: Int32Array;
  readonly low: Float64Array;
  readonly bound: Float64Array;

  constructor(x: Matrix, shape: Shape) {
    super(x, shape);
    const { slots } = shape;
    this.near = new Int32Array(slots * shape.neighbours);
    [this.group, this.who] = [new Int32Array(slots), new Int32Array(slots)];
    [this.far, this.best] = [new Float64Array(slots), new Float64Array(slots)];
    [this.low, this.bound] = [new Float64Array(slots), new Float64Array(slots)];
  }

  /** Does the filled slots of pieces until over budget. */
  #pieces(from: number, many: number, work: (slot: number) => void): number {
    this.spent = 0;
    for (let piece = 0; piece < many; piece++) {
      if (this.spent > this.budget) return piece;
      const first = (from + piece) * PIECE;
      for (const slot of this.filled(first, first + PIECE)) work(slot);
    }
    return many;
  }

  effort = () => this.spent;

  nearest(from: number, many: number): number {
    return this.#pieces(from, many, (slot) => {
      const near = this.near.subarray(slot * this.neighbours, (slot + 1) * this.neighbours);
      this.far[slot] = this.#closest(this.values(slot), slot, near);
    });
  }

  nearestTo(questions: Matrix): Found {
    const ids = new Int32Array(questions.rows * this.neighbours);
    const far = new Float64Array(questions.rows);
    let many = 0;
    for (this.spent = 0; many < questions.rows && this.spent <= this.budget; many++) {
      const values = questions.data.subarray(many * this.cols, (many + 1) * this.cols);
      const near = ids.subarray(many * this.neighbours, (many + 1) * this.neighbours);
      far[many] = this.#closest(values, -1, near);
    }
    return { many, ids, far };
  }

  #closest(q: Values, own: number, near: Int32Array): number {
    const k = near.length;
    const list = new Float64Array(k).fill(Number.MAX_VALUE);
    near.fill(-1);
    this.limit = Number.MAX_VALUE;
    for (const leaf of this.leavesNear(q, NOBODY)) {
      for (const slot of this.leaf(leaf)) {
        const d = slot === own ? Infinity : this.square(q, slot);
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
      this.limit = below(last);
    }
    const far = list[k - 1]!;
    return far < Number.MAX_VALUE ? far : Infinity;
  }

  count(from: number, many: number, limit: number, needed: number): number {
    this.group.fill(-1, from * PIECE, (from + many) * PIECE);
    return this.#pieces(from, many, (slot) => {
      const q = this.values(slot);
      let met = 0;
      this.limit = limit;
      for (const leaf of this.leavesNear(q, NOBODY)) {
        for (const other of this.leaf(leaf)) if (this.square(q, other) <= limit) met++;
        if (met >= needed) break;
      }
      if (met >= needed) this.group[slot] = slot;
    });
  }

  #find(slot: number): number {
    const { group } = this;
    for (let up = group[slot]!; up !== slot; slot = up, up = group[slot]!) group[slot] = group[up]!;
    return slot;
  }

  join(from: number, many: number, limit: number): number {
    return this.#pieces(from, many, (slot) => {
      if (this.group[slot]! < 0) return;
      const q = this.values(slot);
      this.limit = limit;
      for (const leaf of this.leavesNear(q, this.#find(slot))) {
        for (const other of this.leaf(leaf)) {
          if (this.group[other]! < 0 || !(this.square(q, other) <= limit)) continue;
          const [a, b] = [this.#find(slot), this.#find(other)];
          this.group[Math.max(a, b)] = Math.min(a, b);
        }
      }
    });
  }

  border(from: number, many: number, limit: number): number {
    return this.#pieces(from, many, (slot) => {
      if (this.group[slot]! >= 0) return;
      const q = this.values(slot);
      let least = Infinity;
      this.limit = limit;
      for (const leaf of this.leavesNear(q, NOBODY)) {
        for (const other of this.leaf(leaf))
          if (this.group[other]! >= 0 && this.square(q, other) <= limit)
            least = Math.min(least, this.best[other]!);
      }
      this.who[slot] = least < Infinity ? least : -1;
    });
  }

  tag(): void {
    const both = (a: number, b: number) => (a === b || b === EMPTY ? a : a === EMPTY ? b : MIXED);
    const inner = this.leaves - 1;
    for (let leaf = 0; leaf < this.leaves; leaf++) {
      let own = EMPTY;
      for (const slot of this.leaf(leaf))
        if (this.group[slot]! >= 0 && own !== MIXED) own = both(own, this.#find(slot));
      this.nodes[inner + leaf] = own;
    }
    for (let v = inner - 1; v >= 0; v--)
      this.nodes[v] = both(this.nodes[2 * v + 1]!, this.nodes[2 * v + 2]!);
  }

  propose(from: number, many: number): number {
    const { group, best, who, far, near, neighbours, bound } = this;
    return this.#pieces(from, many, (slot) => {
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
    });
  }

  seek(from: number, many: number): number {
    const { group, best, who, far, low, bound } = this;
    return this.#pieces(from, many, (slot) => {
      const own = group[slot]!;
      if (low[slot]! > bound[own]! || (who[slot]! >= 0 && best[slot]! <= low[slot]!)) return;
      const q = this.values(slot);
      let [nearest, nearer] = [best[slot]!, who[slot]!];
      this.limit = Math.min(bound[own]!, below(nearest));
      for (const leaf of this.leavesNear(q, own)) {
        for (const other of this.leaf(leaf)) {
          if (group[other] === own) continue;
          const w = Math.max(far[slot]!, far[other]!, this.square(q, other));
          if (!(w <= this.limit)) continue;
          [nearest, nearer] = [w, other];
          this.limit = w > 0 ? below(w) : -1;
        }
        if (nearest <= low[slot]!) break;
      }
      bound[own] = Math.min(bound[own]!, nearest);
      const isSure = nearest <= bound[own]!;
      low[slot] = Math.max(low[slot]!, bound[own]!);
      best[slot] = isSure ? nearest : Infinity;
      who[slot] = isSure ? nearer : -1;
    });
  }

  close(): void {}
}
