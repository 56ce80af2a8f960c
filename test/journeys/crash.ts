import { expect, it } from 'vitest';
import { killAgainAndAgain } from '../bench/crash/kills.ts';

it('a browser that is killed while a person works loses nothing that had been reported as saved', async () => {
  const { kills, lost, torn, unopenable, acknowledged } = await killAgainAndAgain({
    kills: 8,
    seed: 20261122,
  });
  expect({ lost, torn, unopenable }).toEqual({ lost: [], torn: [], unopenable: [] });
  expect(acknowledged).toBeGreaterThan(kills);
});
