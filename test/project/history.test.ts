import { expect, it } from 'vitest';
import { History } from '../../src/project/history.svelte.ts';

it('undo and redo go back and forth over what was changed, and say what it was', () => {
  const history = new History('a');
  expect([history.canUndo, history.canRedo]).toEqual([false, false]);
  history.push('to b', 'b');
  history.push('to c', 'c');
  expect([history.current, history.undoLabel, history.redoLabel]).toEqual(['c', 'to c', null]);
  expect(history.undo()).toBe('b');
  expect([history.undoLabel, history.redoLabel]).toEqual(['to b', 'to c']);
  expect(history.undo()).toBe('a');
  expect(history.undoLabel).toBeNull();
  expect(history.redo()).toBe('b');
  expect(history.redo()).toBe('c');
});

it('undo at the start and redo at the end change nothing', () => {
  const history = new History('a');
  expect(history.undo()).toBe('a');
  expect(history.redo()).toBe('a');
  history.push('to b', 'b');
  expect(history.redo()).toBe('b');
  expect(history.current).toBe('b');
});

it('a new change forgets what had been undone', () => {
  const history = new History('a');
  history.push('to b', 'b');
  history.undo();
  history.push('to c', 'c');
  expect(history.canRedo).toBe(false);
  expect(history.undo()).toBe('a');
});

it('pushing the value that holds adds no step', () => {
  const value = { k: 1 };
  const history = new History(value);
  history.push('nothing', value);
  expect(history.canUndo).toBe(false);
});

it('the cap is the number of steps back, and a cap of none is refused', () => {
  const history = new History(0, 3);
  for (let value = 1; value <= 10; value++) history.push(`to ${value}`, value);
  const back = [history.undo(), history.undo(), history.undo(), history.undo()];
  expect(back).toEqual([9, 8, 7, 7]);
  expect(() => new History(0, 0)).toThrow(RangeError);
  expect(() => new History(0, NaN)).toThrow(RangeError);
});

it('reset leaves nothing to go back to', () => {
  const history = new History('a');
  history.push('to b', 'b');
  history.undo();
  history.reset('z');
  expect([history.current, history.canUndo, history.canRedo]).toEqual(['z', false, false]);
});

it('snapshots are the very values that were pushed', () => {
  const first = Object.freeze({ k: 1 });
  const second = Object.freeze({ k: 2 });
  const history = new History<{ readonly k: number }>(first);
  history.push('k', second);
  expect(history.undo()).toBe(first);
  expect(history.redo()).toBe(second);
});
