import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { exfil } from '../bench/exfil.ts';
import { routes } from '../support/attack/routes.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

it('counts the 51 ways out of trust.md', () => {
  expect(new Set(routes.map(({ name }) => name)).size).toBe(51);
});

// At the same time: most of what they do is to wait, and what is heard in the one run shows that it could be in the others
it.concurrent(
  'hears hostile script where there is no policy, so that silence means something',
  async () => {
    const { arrived } = await exfil(
      dist,
      'control',
      routes.filter(({ alone }) => !alone),
    );
    expect(arrived.size).toBeGreaterThan(40);
  },
);

it.concurrent.each(['headers', 'service worker'] as const)(
  'nothing arrives by any of the 51 ways: %s',
  async (build) => {
    const { arrived, said } = await exfil(dist, build);
    expect(said.size).toBe(51);
    expect([...arrived]).toEqual([]);
  },
);
