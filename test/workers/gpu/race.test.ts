import { expect, it } from 'vitest';
import { race, type Runner } from '../../../workers/gpu/race.ts';

/** A clock that runners move on themselves. */
function track() {
  let ms = 0;
  const runner = (name: string, takes: readonly number[], more: Partial<Runner<number>> = {}) => {
    let lap = 0;
    const run = async () => {
      ms += takes[Math.min(lap++, takes.length - 1)]!;
      return 42;
    };
    return { name, isSoftware: false, run, ...more } satisfies Runner<number>;
  };
  const options = { rounds: 3, agree: (a: number, b: number) => a === b, now: () => ms };
  return { runner, options };
}

it('the fastest by the median wins; the first run of each is not counted', async () => {
  const { runner, options } = track();
  const found = await race(
    [runner('processor', [1, 20]), runner('webgpu', [900, 5, 300, 5]), runner('webgl', [0, 9])],
    options,
  );
  expect(found.winner.name).toBe('webgpu');
  expect(found.times).toEqual({ processor: 20, webgpu: 5, webgl: 9 });
  expect(found.out).toEqual({});
});

it('a software GPU does not enter, however fast it is', async () => {
  const { runner, options } = track();
  let asked = false;
  const run = async () => ((asked = true), 42);
  const found = await race(
    [runner('processor', [20]), runner('swiftshader', [0], { isSoftware: true, run })],
    options,
  );
  expect(found.winner.name).toBe('processor');
  expect(asked).toBe(false);
  expect(found.out).toEqual({ swiftshader: 'runs on the processor itself' });
});

it('who gives another answer or fails falls out, at the start and later', async () => {
  const { runner, options } = track();
  let laps = 0;
  const found = await race(
    [
      runner('processor', [20]),
      runner('wrong', [1], { run: async () => 41 }),
      runner('broken', [1], { run: () => Promise.reject(new Error('lost')) }),
      runner('tires', [1], {
        run: async () => {
          if (++laps === 3) throw new Error('lost');
          return 42;
        },
      }),
    ],
    options,
  );
  expect(found.winner.name).toBe('processor');
  expect(Object.keys(found.times)).toEqual(['processor']);
  expect(found.out).toEqual({
    wrong: 'gave another answer',
    broken: 'Error: lost',
    tires: 'Error: lost',
  });
});

it('the processor keeps the job in a dead heat, and alone', async () => {
  const { runner, options } = track();
  const heat = await race([runner('processor', [5]), runner('webgpu', [5])], options);
  expect(heat.winner.name).toBe('processor');
  expect((await race([runner('processor', [5])], options)).winner.name).toBe('processor');
});

it('an error of the processor and a cancel are not swallowed', async () => {
  const { runner, options } = track();
  const failing = (error: Error) => ({ run: () => Promise.reject(error) });
  await expect(
    race([runner('processor', [1], failing(new Error('ours')))], options),
  ).rejects.toThrow('ours');
  const stop = new DOMException('stop', 'AbortError');
  await expect(
    race([runner('processor', [1]), runner('webgpu', [1], failing(stop))], options),
  ).rejects.toBe(stop);
  await expect(race([runner('processor', [1])], { ...options, rounds: 0 })).rejects.toThrow(
    RangeError,
  );
});
