import type { Matrix } from '../../lib/matrix.ts';
import { atOnce, type Steps } from '../../lib/steps.ts';
import { below, mixed } from './hash.ts';
import { offer, type Lists, type Pause } from './knn.ts';

/** Lists of neighbours that become better round by round, of rows that a kernel holds. */
export type Descent = {
  /** [rows × k] each, as in `Search`; they change places between rounds. */
  readonly lists: () => Lists;
  /** Plants trees `from` … `to` and lets the rows of each leaf meet. O(rows · (log rows + leaf) · cols) a tree. */
  grow(from: number, to: number, pause: Pause): Promise<void>;
  /** One round over all rows; how many places in lists changed. O(rows · k² · cols) at most. */
  explore(pause: Pause): Promise<number>;
  close(): void;
};

/** k ≤ 64; rows beyond k. */
export type OpenDescent = (x: Matrix, k: number, seed: number) => Descent;

/** Rows of a leaf at most. */
export const LEAF = 48;

/** The plain form: what the others are held against. Squares are summed in four parts, as in a float32 vector. */
export const openDescent: OpenDescent = (x, k, seed) => {
  const empty = (): Lists => ({
    ids: new Int32Array(x.rows * k).fill(-1),
    squares: new Float32Array(x.rows * k).fill(Infinity),
  });
  let now = empty();
  let next = empty();
  let fresh: readonly Set<number>[] | null = null;
  return {
    lists: () => now,
    async grow(from, to, pause) {
      for (let tree = from; tree < to; tree++) {
        for (const leaf of leaves(x, tree, seed))
          leaf.forEach((v, i) => {
            for (const w of leaf.slice(i + 1)) {
              const d = squareBetween(x, v, w);
              offer(now, v * k, k, d, w);
              offer(now, w * k, k, d, v);
            }
          });
        await pause(tree + 1);
      }
    },
    async explore(pause) {
      const isFresh = (v: number, w: number) => fresh === null || fresh[v]!.has(w);
      const backs = atOnce(
        backLinks(now.ids, x.rows, k, (v, place) => isFresh(v, now.ids[v * k + place]!)),
      );
      const marks: Set<number>[] = [];
      let changed = 0;
      next.ids.set(now.ids);
      next.squares.set(now.squares);
      for (let v = 0; v < x.rows; v++) {
        const own = now.ids.subarray(v * k, (v + 1) * k);
        const back = backs.ids.subarray(backs.starts[v]!, backs.starts[v + 1]!);
        const candidates = new Set<number>();
        for (const u of back) if (u < 0) candidates.add(u & ~FRESH);
        const step = (u: number, isNew: boolean) => {
          for (const w of now.ids.subarray(u * k, (u + 1) * k))
            if (w >= 0 && w !== v && (isNew || isFresh(u, w))) candidates.add(w);
        };
        for (const u of own) if (u >= 0) step(u, isFresh(v, u));
        for (const u of back) step(u & ~FRESH, u < 0);
        for (const w of candidates) offer(next, v * k, k, squareBetween(x, v, w), w);
        const better = next.ids.subarray(v * k, (v + 1) * k).filter((w) => !own.includes(w));
        marks.push(new Set(better));
        changed += better.length;
        if (v % 64 === 63) await pause(v + 1);
      }
      [now, next] = [next, now];
      fresh = marks;
      return changed;
    },
    close: () => {},
  };
};

/** Marks a back link that is fresh for the row it comes from. */
export const FRESH = 0x80000000 | 0;

/**
 * For each row those that have it among their neighbours, `ids` from `starts[row]`, with FRESH where `isFresh` says so of row and place; of many
 * the `k` with the lowest place of it, then the lowest row. O(rows · k).
 */
export function* backLinks(
  neighbours: Int32Array,
  rows: number,
  k: number,
  isFresh: (row: number, place: number) => boolean,
): Steps<{ readonly starts: Int32Array; readonly ids: Int32Array }> {
  const starts = new Int32Array(rows + 1);
  for (let i = 0; i < neighbours.length; i++) {
    const id = neighbours[i]!;
    if (id >= 0 && starts[id + 1]! < k) starts[id + 1]!++;
    if (i % 1_000_000 === 0) yield;
  }
  for (let r = 0; r < rows; r++) starts[r + 1]! += starts[r]!;
  const ids = new Int32Array(starts[rows]!);
  const top = starts.slice(0, rows);
  for (let place = 0; place < k; place++) {
    for (let v = 0, p = place; v < rows; v++, p += k) {
      const id = neighbours[p]!;
      if (id >= 0 && top[id]! < starts[id + 1]!)
        ids[top[id]!++] = isFresh(v, place) ? v | FRESH : v;
    }
    yield;
  }
  return { starts, ids };
}

const { fround } = Math;

/** Sum in float32 of the four lanes of a vector that has taken `term` for every column. */
function lanes(cols: number, term: (c: number) => number): number {
  const sum = [0, 0, 0, 0];
  for (let c = 0; c < cols; c++) sum[c & 3] = fround(sum[c & 3]! + term(c));
  return fround(fround(sum[0]! + sum[1]!) + fround(sum[2]! + sum[3]!));
}

function squareBetween({ data, cols }: Matrix, v: number, w: number): number {
  return lanes(cols, (c) => {
    const apart = fround(data[w * cols + c]! - data[v * cols + c]!);
    return fround(apart * apart);
  });
}

/** How far row r is beyond the middle of rows a and b, on b's side. */
function side({ data, cols }: Matrix, r: number, a: number, b: number): number {
  return lanes(cols, (c) => {
    const [va, vb] = [data[a * cols + c]!, data[b * cols + c]!];
    const beyond = fround(data[r * cols + c]! - fround(0.5 * fround(va + vb)));
    return fround(beyond * fround(vb - va));
  });
}

/** A tree by random hyperplanes between two of its rows (Dasgupta & Freund 2008): the rows of its leaves. */
function leaves(x: Matrix, tree: number, seed: number): number[][] {
  const order = Int32Array.from({ length: x.rows }, (_, r) => r);
  const found: number[][] = [];
  const waiting = [{ low: 0, high: x.rows, depth: 0 }];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const { low, high, depth } = node;
    const size = high - low;
    if (size <= LEAF) {
      found.push([...order.subarray(low, high)]);
      continue;
    }
    const one = below(size, mixed(seed, tree, 2 * low + depth * 31));
    let two = below(size - 1, mixed(seed, tree, 2 * high + depth * 57 + 1));
    if (two >= one) two++;
    const [a, b] = [order[low + one]!, order[low + two]!];
    let i = low;
    for (let j = high; depth < 64 && i < j;) {
      const r = order[i]!;
      if (side(x, r, a, b) <= 0) i++;
      else {
        order[i] = order[--j]!;
        order[j] = r;
      }
    }
    if (i === low || i === high) i = low + (size >> 1);
    waiting.push({ low, high: i, depth: depth + 1 }, { low: i, high, depth: depth + 1 });
  }
  return found;
}
