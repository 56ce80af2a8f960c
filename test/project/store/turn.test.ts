import { expect, it } from 'vitest';
import type { Locks } from '../../../src/project/store/folder.ts';
import { Turn, type Channel, type TurnMessage } from '../../../src/project/store/turn.ts';
import { SimLocks } from './sim-locks.ts';

/** Messages reach the other tabs at once. */
function channels(): () => Channel {
  const listeners = new Set<(message: TurnMessage) => void>();
  return () => {
    let own: ((message: TurnMessage) => void) | null = null;
    return {
      post: (message) => [...listeners].forEach((listen) => listen !== own && listen(message)),
      hear(listen) {
        own = listen;
        listeners.add(listen);
        return () => void listeners.delete(listen);
      },
    };
  };
}

/** Of a browser that grants what is free before it hears of the tab that takes the lock. */
function slowToTake(locks: Locks): Locks {
  const request = async (name: string, options: LockOptions, work: () => unknown) => {
    if (options.steal) await settled();
    return locks.request(name, options, work);
  };
  return { request: request as Locks['request'] };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

it('a tab whose new turn is taken by the one that was promised it waits again, and writes when that one closes', async () => {
  const locks = new SimLocks();
  const channel = channels();
  const turn = (tab: string) =>
    new Turn({
      project: 'p',
      tab,
      locks: slowToTake(locks.locks(tab)),
      channel: channel(),
      onyield: async () => true,
      onchange: () => {},
    });
  const [one, two] = [turn('one'), turn('two')];
  expect(await one.start()).toBe(true);
  expect(await two.start()).toBe(false);
  for (let round = 0; round < 3; round++) {
    expect(await two.takeOver(1000)).toBe(true);
    await settled();
    expect([one.writes, two.writes]).toEqual([false, true]);
    expect(await one.takeOver(1000)).toBe(true);
    await settled();
    expect([one.writes, two.writes]).toEqual([true, false]);
  }
  expect(await two.takeOver(1000)).toBe(true);
  await settled();
  await two.close();
  await settled();
  expect(one.writes).toBe(true);
});
