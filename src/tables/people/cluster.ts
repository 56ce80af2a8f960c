import { unattended, type Job } from '../../lib/job.ts';

/** Links with their probability, the strongest first. */
export type Link = {
  readonly first: number;
  readonly second: number;
  readonly probability: number;
};
type Pair = readonly [number, number];

export type ClusterInput = {
  readonly count: number;
  readonly links: readonly Link[];
  readonly accepted: readonly Pair[];
  readonly refused: readonly Pair[];
  /** Whether two records cannot be one person, whatever links them to others. */
  contradicts(a: number, b: number): boolean;
};

export type Clusters = {
  /** Person of each record, numbered from 0 by first record. */
  readonly people: Int32Array<ArrayBuffer>;
  readonly count: number;
  readonly held: readonly Link[];
  readonly split: number;
  readonly conflicts: number;
};

/** Members of a person looked at for contradictions, the first that joined. */
const LOOKED_AT = 48;

/**
 * Persons as what accepted pairs and links hold together (union–find, Tarjan 1975), the strongest first. A link is held back where
 * joining its two sides would put a refused pair together, or two records that contradict each other: so no chain of likely pairs
 * makes one person of two. O(links · LOOKED_AT²) at worst, nearly O(links) with persons of a few records.
 */
export async function cluster(input: ClusterInput, job: Job = unattended): Promise<Clusters> {
  const guarded = new Forest(input.count, input.refused);
  const plain = new Forest(input.count, []);
  let conflicts = 0;
  for (const [a, b] of input.accepted) {
    plain.join(a, b, () => true);
    if (!guarded.join(a, b, () => true)) conflicts++;
  }
  const held: Link[] = [];
  const agree = (x: readonly number[], y: readonly number[]): boolean =>
    !x.some((a) => y.some((b) => input.contradicts(a, b)));
  for (const [i, link] of input.links.entries()) {
    if (i % 256 === 0) {
      job.progress('Putting records together', i, input.links.length);
      await job.breathe();
    }
    plain.join(link.first, link.second, () => true);
    if (!guarded.join(link.first, link.second, agree)) held.push(link);
  }
  const { people, count } = numbered(guarded);
  // a link held back at first may have been made good by others later
  const stillHeld = held.filter(({ first, second }) => people[first] !== people[second]);
  return { people, count, held: stillHeld, split: splits(plain, people), conflicts };
}

/** Chains that plain closure would have made one person and the guard made several. */
function splits(plain: Forest, people: Int32Array): number {
  const first = new Map<number, number>();
  const split = new Set<number>();
  people.forEach((person, r) => {
    const root = plain.root(r);
    const known = first.get(root);
    if (known === undefined) first.set(root, person);
    else if (known !== person) split.add(root);
  });
  return split.size;
}

function numbered(forest: Forest): Pick<Clusters, 'people' | 'count'> {
  const people = new Int32Array(forest.count);
  const numbers = new Map<number, number>();
  for (let r = 0; r < forest.count; r++) {
    const root = forest.root(r);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    people[r] = numbers.get(root) ?? 0;
  }
  return { people, count: numbers.size };
}

/** Union–find that knows the members of each tree and the pairs that may not meet. */
class Forest {
  readonly count: number;
  readonly #parent: Int32Array;
  readonly #members = new Map<number, number[]>();
  readonly #apart = new Map<number, number[]>();

  constructor(count: number, apart: readonly Pair[]) {
    this.count = count;
    this.#parent = Int32Array.from({ length: count }, (_, r) => r);
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

  /** Joins the trees of two records if they may; true where they are one afterwards. */
  join(
    a: number,
    b: number,
    may: (x: readonly number[], y: readonly number[]) => boolean,
  ): boolean {
    const [x, y] = [this.root(a), this.root(b)];
    if (x === y) return true;
    const [inX, inY] = [this.#members.get(x) ?? [x], this.#members.get(y) ?? [y]];
    const [small, into, large, top] = inX.length < inY.length ? [inX, y, inY, x] : [inY, x, inX, y];
    const refused = small.some((r) =>
      this.#apart.get(r)?.some((other) => this.root(other) === into),
    );
    if (refused || !may(inX.slice(0, LOOKED_AT), inY.slice(0, LOOKED_AT))) return false;
    this.#parent[top] = into;
    for (const r of small) large.push(r);
    this.#members.set(into, large);
    this.#members.delete(top);
    return true;
  }
}
