import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type Lab } from '../support/lab.ts';

const module = fileURLToPath(new URL('../support/threads/ours.ts', import.meta.url));

let lab: Lab;
beforeAll(async () => void (lab = await openLab(module)));
afterAll(() => lab?.close());

describe.each([2, 5])('the density methods on %i threads of a browser', (threads) => {
  beforeAll(async () => expect(await lab.restart(threads)).toBe(threads));

  it('give the bytes of one thread, ties and all, again and again', async () => {
    expect(await lab.call<string[]>('differing', 3)).toEqual([]);
  });

  it('give their memory back, finished or cancelled', async () => {
    await lab.call('finishAndCancel'); // code is compiled
    const before = await lab.held();
    expect(await lab.call<number>('finishAndCancel')).toBe(4);
    expect(await lab.held()).toBeLessThan(before + 2e6); // a room for these rows is 6 MB
  });
});
