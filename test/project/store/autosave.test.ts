import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Autosave, type SaveState } from '../../../src/project/store/autosave.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function desk() {
  const saves: { value: string; done: () => void; fail: (error: Error) => void }[] = [];
  const states: SaveState[] = [];
  const autosave = new Autosave<string>({
    save: (value) =>
      new Promise((done, fail) => void saves.push({ value, done: () => done(), fail })),
    onstate: (state) => void states.push(state),
    delayMs: 300,
  });
  return { saves, states, autosave };
}
const turns = () => vi.advanceTimersByTimeAsync(0);

it('changes in quick succession are saved once, the newest, within the delay of the first', async () => {
  const { saves, states, autosave } = desk();
  for (let change = 0; change < 10; change++) {
    autosave.schedule(`change ${change}`);
    await vi.advanceTimersByTimeAsync(33);
  }
  expect(saves.map(({ value }) => value)).toEqual(['change 9']);
  expect(states.at(-1)).toBe('saving');
  saves[0]!.done();
  await turns();
  expect(states.at(-1)).toBe('saved');
  expect(autosave.waiting).toBeNull();
});

it('one save is under way at a time; "saved" is said only when nothing waits any more', async () => {
  const { saves, states, autosave } = desk();
  autosave.schedule('one');
  await vi.advanceTimersByTimeAsync(300);
  autosave.schedule('two');
  await vi.advanceTimersByTimeAsync(1000);
  expect(saves).toHaveLength(1);
  saves[0]!.done();
  await turns();
  expect(states).not.toContain('saved');
  expect(saves.map(({ value }) => value)).toEqual(['one', 'two']);
  saves[1]!.done();
  await turns();
  expect(states.at(-1)).toBe('saved');
});

it('what could not be saved is said, kept, and saved at the next try', async () => {
  const { saves, states, autosave } = desk();
  autosave.schedule('one');
  const first = autosave.flush();
  saves[0]!.fail(new Error('full'));
  expect(await first).toBe(false);
  expect(states.at(-1)).toBe('failed');
  expect(autosave.waiting).toBe('one');
  const again = autosave.flush();
  await turns();
  expect(saves[1]?.value).toBe('one');
  saves[1]!.done();
  expect(await again).toBe(true);
  expect(states.at(-1)).toBe('saved');
});

it('a newer change is not overwritten by the retry of an older one', async () => {
  const { saves, autosave } = desk();
  autosave.schedule('one');
  const first = autosave.flush();
  autosave.schedule('two');
  saves[0]!.fail(new Error('full'));
  expect(await first).toBe(false);
  await vi.advanceTimersByTimeAsync(300);
  expect(saves.map(({ value }) => value)).toEqual(['one', 'two']);
});

it('flush waits for the save under way and for what waits behind it', async () => {
  const { saves, autosave } = desk();
  autosave.schedule('one');
  await vi.advanceTimersByTimeAsync(300);
  autosave.schedule('two');
  let flushed = false;
  void autosave.flush().then(() => (flushed = true));
  saves[0]!.done();
  await turns();
  expect(flushed).toBe(false);
  saves[1]!.done();
  await turns();
  expect(flushed).toBe(true);
  expect(await autosave.flush()).toBe(true);
});

it('what waits is forgotten when another tab takes over', async () => {
  const { saves, autosave } = desk();
  autosave.schedule('one');
  autosave.drop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(saves).toEqual([]);
});
