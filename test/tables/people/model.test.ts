import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/lib/job.ts';
import { random } from '../../../src/lib/random.ts';
import { chances, type Patterns } from '../../../src/tables/people/chances.ts';
import { BITS, levels, MISSING, PATTERNS } from '../../../src/tables/people/levels.ts';
import { fitModel } from '../../../src/tables/people/model.ts';
import { patternsOf } from '../../../src/tables/people/patterns.ts';
import { comparisons } from '../../../src/tables/people/types.ts';

type Shares = readonly (readonly number[])[];
const { em: golden } = JSON.parse(
  readFileSync(new URL('../../golden/people.json', import.meta.url), 'utf8'),
) as {
  em: Readonly<Record<'same' | 'household' | 'different', Shares>> &
    Readonly<Record<'candidates' | 'strangers', number[][]>> &
    Readonly<Record<'counts' | 'strangerCounts' | 'posterior', number[]>> &
    Readonly<Record<'allPairs' | 'rounds' | 'samePairs' | 'householdPairs', number>>;
};

const codeOf = (pattern: readonly number[]): number =>
  pattern.reduce((code, level, c) => code | (level << (BITS * c)), 0);
const table = (patterns: readonly number[][], counts: readonly number[]): Patterns => ({
  codes: Int32Array.from(patterns, codeOf),
  counts: Float64Array.from(counts),
});
const candidates = table(golden.candidates, golden.counts);
const strangers = table(golden.strangers, golden.strangerCounts);
const options = {
  allPairs: golden.allPairs,
  households: true,
  maxRounds: golden.rounds,
  tolerance: 0,
};

describe('the weights', () => {
  it('are those of EM in numpy, every share and every probability', async () => {
    const model = await fitModel(candidates, strangers, options);
    for (const kind of ['same', 'household', 'different'] as const)
      golden[kind].forEach((shares, c) =>
        shares.forEach((share, l) => expect(model[kind][c]?.[l]).toBeCloseTo(share, 10)),
      );
    expect(model.samePairs).toBeCloseTo(golden.samePairs, 12);
    expect(model.householdPairs).toBeCloseTo(golden.householdPairs, 12);
    candidates.codes.forEach((code, i) =>
      expect(chances(model, code).same).toBeCloseTo(golden.posterior[i]!, 9),
    );
  });

  it('stop when they stand still, and say so where the cap came first', async () => {
    const still = await fitModel(candidates, strangers, {
      ...options,
      maxRounds: 1000,
      tolerance: 1e-6,
    });
    expect(still.capped).toBe(false);
    expect(still.rounds).toBeLessThan(1000);
    const cut = await fitModel(candidates, strangers, {
      ...options,
      maxRounds: 3,
      tolerance: 1e-6,
    });
    expect(cut).toMatchObject({ capped: true, rounds: 3 });
  });

  it('find planted shares again, whatever was expected before', async () => {
    const next = random(5);
    const planted = {
      same: [
        [0.7, 0.15, 0.02, 0.08, 0.02, 0.03],
        [0.8, 0.01, 0.1, 0.03, 0.06],
        [0.4, 0.1, 0.05, 0.45],
        [0.3, 0.1, 0.6],
        [0.75, 0.05, 0.15, 0.03, 0.02],
        [0.4, 0.1, 0.1, 0.1, 0.3],
      ],
      different: [
        [0.01, 0.005, 0.01, 0.005, 0.02, 0.95],
        [0.004, 0.001, 0.002, 0.013, 0.98],
        [0.0001, 0.0001, 0.0001, 0.9997],
        [0.0001, 0.0001, 0.9998],
        [0.0002, 0.0001, 0.001, 0.02, 0.9787],
        [0.0001, 0.0001, 0.001, 0.03, 0.9688],
      ],
    };
    const draw = (shares: Shares, into: Float64Array, n: number) => {
      for (let i = 0; i < n; i++)
        into[
          codeOf(
            shares.map((row) => {
              let left = next();
              const at = row.findIndex((share) => (left -= share) < 0);
              return next() < 0.1 ? MISSING : Math.max(0, at);
            }),
          )
        ]!++;
    };
    const [pairs, random_] = [new Float64Array(PATTERNS), new Float64Array(PATTERNS)];
    draw(planted.same, pairs, 8000);
    draw(planted.different, pairs, 40_000);
    draw(planted.different, random_, 100_000);
    const model = await fitModel(patternsOf(pairs), patternsOf(random_), {
      allPairs: 48_000,
      households: false,
      maxRounds: 200,
      tolerance: 1e-6,
    });
    expect(model.samePairs * 48_000).toBeGreaterThan(7900);
    expect(model.samePairs * 48_000).toBeLessThan(8100);
    planted.same.forEach((shares, c) =>
      shares.forEach((share, l) => expect(Math.abs(model.same[c]![l]! - share)).toBeLessThan(0.02)),
    );
  });

  it('of no pairs at all are what was expected before', async () => {
    const none = patternsOf(new Float64Array(PATTERNS));
    const model = await fitModel(none, none, {
      allPairs: 0,
      households: true,
      maxRounds: 5,
      tolerance: 1e-6,
    });
    comparisons.forEach((comparison, c) =>
      levels[comparison].forEach(({ same }, l) => expect(model.same[c]![l]).toBeCloseTo(same, 12)),
    );
    expect(model.samePairs).toBe(0);
    expect(chances(model, 0).same).toBe(0);
  });

  it('expected before anything is learnt add up to 1 over a comparison', () => {
    for (const comparison of comparisons)
      for (const kind of ['same', 'different', 'household'] as const)
        expect(levels[comparison].reduce((sum, level) => sum + level[kind], 0)).toBeCloseTo(1, 9);
  });

  it('say nothing of a pair in which everything is missing', async () => {
    const model = await fitModel(candidates, strangers, options);
    expect(chances(model, PATTERNS - 1).same).toBeCloseTo(model.samePairs, 12);
  });

  it('stop being learnt at the next breath when cancelled', async () => {
    const controller = new AbortController();
    let breaths = 0;
    const job: Job = {
      signal: controller.signal,
      progress: () => {},
      breathe: async () => {
        if (++breaths === 4) controller.abort();
        controller.signal.throwIfAborted();
      },
    };
    await expect(fitModel(candidates, strangers, options, job)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(breaths).toBe(4);
  });
});
