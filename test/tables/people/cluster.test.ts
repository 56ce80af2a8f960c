import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cluster, type ClusterInput } from '../../../src/tables/people/cluster.ts';

const link = (first: number, second: number, probability = 0.99) => ({
  first,
  second,
  probability,
});
const input = (more: Partial<ClusterInput>): ClusterInput => ({
  count: 5,
  links: [],
  accepted: [],
  refused: [],
  contradicts: () => false,
  ...more,
});

describe('records', () => {
  it('without a link are a person each', async () => {
    expect([...(await cluster(input({}))).people]).toEqual([0, 1, 2, 3, 4]);
    expect((await cluster(input({ count: 0 }))).count).toBe(0);
  });

  it('that a third links are one person', async () => {
    const { people, count, held, split } = await cluster(
      input({ links: [link(0, 2), link(2, 4)] }),
    );
    expect([...people]).toEqual([0, 1, 0, 2, 0]);
    expect([count, held.length, split]).toEqual([3, 0, 0]);
  });

  it('of a chain whose ends contradict each other are split at its weakest link', async () => {
    const contradicts = (a: number, b: number) => Math.abs(a - b) > 1 && a + b === 3; // 0 and 3
    const links = [link(0, 1, 0.99), link(2, 3, 0.98), link(1, 2, 0.96)];
    const { people, held, split } = await cluster(input({ links, contradicts }));
    expect([...people]).toEqual([0, 0, 1, 1, 2]);
    expect(held).toEqual([link(1, 2, 0.96)]);
    expect(split).toBe(1);
  });

  it('of a refused pair never meet, whatever links them', async () => {
    const links = [link(0, 1), link(1, 2)];
    const { people, held } = await cluster(input({ links, refused: [[0, 2]] }));
    expect(people[0]).not.toBe(people[2]);
    expect(held).toHaveLength(1);
  });

  it('of an accepted pair are one person even where they contradict each other', async () => {
    const all = { accepted: [[0, 3]] as const, contradicts: () => true };
    expect([...(await cluster(input(all))).people]).toEqual([0, 1, 2, 0, 3]);
  });

  it('that were accepted and, by way of others, refused stay apart, and that is counted', async () => {
    const found = await cluster(
      input({
        accepted: [
          [0, 1],
          [1, 2],
        ],
        refused: [[0, 2]],
      }),
    );
    expect(found.conflicts).toBe(1);
    expect(found.people[0]).not.toBe(found.people[2]);
  });

  it('are numbered by first record, and are what a plain search over links finds', async () => {
    const pair = fc.tuple(fc.nat(19), fc.nat(19)).filter(([a, b]) => a !== b);
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { maxLength: 25 }), async (pairs) => {
        const { people, count } = await cluster(
          input({ count: 20, links: pairs.map(([a, b]) => link(a, b)) }),
        );
        const reached = (from: number) => {
          const seen = new Set([from]);
          for (const r of seen)
            for (const [a, b] of pairs) {
              if (a === r) seen.add(b);
              if (b === r) seen.add(a);
            }
          return seen;
        };
        let next = 0;
        for (let r = 0; r < 20; r++) {
          const first = Math.min(...reached(r));
          expect(people[r]).toBe(first === r ? next++ : people[first]);
        }
        expect(count).toBe(next);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
