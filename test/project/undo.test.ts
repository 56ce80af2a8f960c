import fc from 'fast-check';
import { expect, it } from 'vitest';
import { History } from '../../src/project/history.svelte.ts';
import type { Settings } from '../../src/project/types.ts';
import { packUndo, unpackUndo } from '../../src/project/undo.ts';

const settings = (k: number, files: readonly string[] = ['f1'], note = ''): Settings => ({
  files: { sources: [{ id: 't1', files: [...files], part: [] }] },
  tables: note === '' ? {} : { roles: [{ column: note, role: 'customer' }] },
  features: {},
  segments: { k, kMax: 10, seed: 1, restarts: 4, names: [] },
});

it('the steps of any history come back around the one that holds, in order and with their labels', () => {
  fc.assert(
    fc.property(fc.nat({ max: 30 }), fc.nat({ max: 30 }), (changes, undone) => {
      const history = new History(settings(1));
      for (let i = 0; i < changes; i++) history.push(`step ${i}`, settings(2 + i));
      for (let i = 0; i < undone; i++) history.undo();
      const text = packUndo(history.past);
      expect(text === '').toBe(changes === 0);
      if (changes === 0) return;
      const again = new History(settings(99));
      again.reset(history.current, unpackUndo(text, history.current));
      expect(again.current).toBe(history.current);
      expect([again.undoLabel, again.redoLabel]).toEqual([history.undoLabel, history.redoLabel]);
      while (history.canUndo) expect(again.undo()).toEqual(history.undo());
      expect(again.canUndo).toBe(false);
      while (history.canRedo) expect(again.redo()).toEqual(history.redo());
      expect(again.canRedo).toBe(false);
    }),
  );
});

it('steps over other files are left out, since those are kept only while the project is open', () => {
  const history = new History(settings(1, ['f1']));
  history.push('more', settings(2, ['f1']));
  history.push('another file', settings(2, ['f2']));
  history.push('last', settings(3, ['f2']));
  const past = unpackUndo(packUndo(history.past), history.current)!;
  expect(past.steps.map(({ label }) => label)).toEqual(['another file', 'last']);
  expect(past.at).toBe(1);
  const fresh = new History(settings(1, []));
  fresh.push('opened', settings(1, ['f1']));
  expect(packUndo(fresh.past)).toBe('');
});

it('what is kept is bounded, nearest steps first', () => {
  const history = new History(settings(1));
  for (let i = 0; i < 120; i++) history.push(`step ${i}`, settings(2 + i));
  expect(unpackUndo(packUndo(history.past), history.current)!.steps).toHaveLength(51);
  for (let i = 0; i < 120; i++)
    history.push(`long ${i}`, settings(i + 1, ['f1'], 'x'.repeat(9000)));
  const text = packUndo(history.past);
  expect(text.length).toBeLessThan(220_000);
  const past = unpackUndo(text, history.current)!;
  expect(past.steps.length).toBeGreaterThan(10);
  expect(past.steps.at(-1)!.label).toBe('long 119');
});

it('what is not whole is no history, and never an error', () => {
  const history = new History(settings(1));
  history.push('more', settings(2));
  const text = packUndo(history.past);
  const { current } = history;
  const odd = ['', '{', 'null', '[]', text.slice(0, -2), text.replace('"k":1', '"k":-1')];
  for (const each of [...odd, text.replace('"at":1', '"at":7'), text.replace('"at"', '"et"')])
    expect(unpackUndo(each, current), each.slice(0, 40)).toBe(null);
  expect(unpackUndo(text, current)).not.toBe(null);
});

it('labels of versions are written once, with the present step, and come back in the others', () => {
  const version = (name: string, labels: string) => ({
    ...{ name, on: '2026-11-26', customers: 4, ids: '00ff00ff00ff00ff', labels },
    features: {},
    settings: { k: 3, kMax: 10, seed: 1, restarts: 4, names: [] },
    segments: [{ letter: 'A', name: 'x', colour: 0, size: 4, rest: false }],
  });
  const having = (k: number, versions: readonly ReturnType<typeof version>[]): Settings => {
    const base = settings(k);
    return { ...base, segments: { ...base.segments, versions } };
  };
  const long = 'a'.repeat(150_000);
  const history = new History(settings(1));
  history.push('other', having(2, [version('Gone', 'bbbb')]));
  for (let k = 3; k < 10; k++)
    history.push(`k ${k}`, having(k, [version('Gone', 'cccc'), version('Kept', long)]));
  history.push('last', having(10, [version('Kept', long)]));
  const text = packUndo(history.past);
  expect(text.length).toBeLessThan(20_000);
  const again = new History(settings(1));
  again.reset(history.current, unpackUndo(text, history.current));
  while (history.canUndo) expect(again.undo()).toEqual(history.undo());
  expect(again.canUndo).toBe(false);
});
