import type { HardEvidence } from './evidence.ts';

export type Pair = readonly [number, number];

/** Members of a person looked at for contradictions, the first that joined. */
const LOOKED_AT = 48;

/** Union–find that knows the members of each tree and the pairs that may not meet. */
export class Forest {
  readonly count: number;
  readonly #parent: Int32Array;
  readonly #members = new Map<number, number[]>();
  readonly #apart = new Map<number, number[]>();
  readonly #hard: HardEvidence | undefined;
  /** By root of several: one member of each profile. */
  readonly #profiles = new Map<number, Map<number, number>>();

  constructor(count: number, apart: readonly Pair[], hard?: HardEvidence) {
    this.count = count;
    this.#parent = Int32Array.from({ length: count }, (_, r) => r);
    this.#hard = hard;
    for (const [a, b] of apart) {
      this.#apart.set(a, [...(this.#apart.get(a) ?? []), b]);
      this.#apart.set(b, [...(this.#apart.get(b) ?? []), a]);
    }
  }

  root(record: number): number {
    let r = record;
    while (this.#parent[r] !== r) r = this.#parent[r] = this.#parent[this.#parent[r]!]!;
    return r;
  }

  /**
   * Joins the trees of two records unless a pair between them is apart; true where they are one afterwards. With `may`, unless it
   * refuses their first members, or hard evidence rules out any two.
   */
  join(
    a: number,
    b: number,
    may?: (x: readonly number[], y: readonly number[]) => boolean,
  ): boolean {
    const [x, y] = [this.root(a), this.root(b)];
    if (x === y) return true;
    const [inX, inY] = [this.#members.get(x) ?? [x], this.#members.get(y) ?? [y]];
    const [small, into, large, top] = inX.length < inY.length ? [inX, y, inY, x] : [inY, x, inX, y];
    const refused = small.some((r) =>
      this.#apart.get(r)?.some((other) => this.root(other) === into),
    );
    if (refused) return false;
    if (may && !may(inX.slice(0, LOOKED_AT), inY.slice(0, LOOKED_AT))) return false;
    if (may && this.#isRuledOut(into, top)) return false;
    const profiles = this.#profilesOf(into);
    for (const [profile, r] of this.#profilesOf(top)) profiles.set(profile, r);
    this.#profiles.set(into, profiles);
    this.#profiles.delete(top);
    this.#parent[top] = into;
    for (const r of small) large.push(r);
    this.#members.set(into, large);
    this.#members.delete(top);
    return true;
  }

  #profilesOf(root: number): Map<number, number> {
    const profile = this.#hard?.profile(root) ?? -1;
    return this.#profiles.get(root) ?? new Map(profile < 0 ? [] : [[profile, root]]);
  }

  #isRuledOut(x: number, y: number): boolean {
    const [ofX, ofY] = [this.#profilesOf(x), this.#profilesOf(y)];
    for (const a of ofX.values())
      for (const b of ofY.values()) if (this.#hard?.rulesOut(a, b)) return true;
    return false;
  }
}
