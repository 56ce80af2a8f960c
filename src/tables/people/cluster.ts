import { unattended, type Job } from '../../lib/job.ts';
import type { HardEvidence } from './evidence.ts';
import { Forest, type Pair } from './forest.ts';

/** Links with their probability, the strongest first. */
export type Link = {
  readonly first: number;
  readonly second: number;
  readonly probability: number;
};

export type ClusterInput = {
  readonly count: number;
  readonly links: readonly Link[];
  readonly accepted: readonly Pair[];
  readonly refused: readonly Pair[];
  /** What rules pairs out however likely they are; asked of every two profiles of a person. */
  readonly hard?: HardEvidence;
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

/**
 * Persons as what accepted pairs and links hold together (union–find, Tarjan 1975), the strongest first. A link is held back where
 * joining its two sides would put a refused pair together, or two records that contradict each other: so no chain of likely pairs
 * makes one person of two. O(links · LOOKED_AT²) at worst, nearly O(links) with persons of a few records.
 */
export async function cluster(input: ClusterInput, job: Job = unattended): Promise<Clusters> {
  const guarded = new Forest(input.count, input.refused, input.hard);
  const plain = new Forest(input.count, []);
  let conflicts = 0;
  for (const [a, b] of input.accepted) {
    plain.join(a, b);
    if (!guarded.join(a, b)) conflicts++;
  }
  const held: Link[] = [];
  const agree = (x: readonly number[], y: readonly number[]): boolean =>
    !x.some((a) => y.some((b) => input.contradicts(a, b)));
  for (const [i, link] of input.links.entries()) {
    if (i % 256 === 0) {
      job.progress('Putting records together', i, input.links.length);
      await job.breathe();
    }
    plain.join(link.first, link.second);
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
