import { expect, it } from 'vitest';
import { Replay } from '../../src/db/replay.ts';
import { id, sql } from '../../src/lib/sql.ts';

const file = new File(['a\n1\n'], 'orders.csv');
const from = (name: string) => sql`SELECT * FROM ${id(name)}`;
const told = (replay: Replay) => replay.steps.map(({ kind, name }) => `${kind} ${name}`);

it('keeps nothing when nothing was done', () => {
  const replay = new Replay();
  replay.dropped('never made');
  replay.released('in/1.csv');
  expect([told(replay), replay.files]).toEqual([[], []]);
});

it('keeps tables in the order in which they were made', () => {
  const replay = new Replay();
  replay.made('b', sql`SELECT 1`);
  replay.made('a', from('b'));
  expect(told(replay)).toEqual(['make b', 'make a']);
});

it('forgets what was replaced or dropped and nothing reads', () => {
  const replay = new Replay();
  replay.made('a', sql`SELECT 1`);
  replay.made('b', sql`SELECT 2`);
  replay.made('A', sql`SELECT 3`); // names know no case
  replay.dropped('b');
  expect(told(replay)).toEqual(['make A']);
});

it('keeps a dropped table that a living one was made from, and drops it again', () => {
  const replay = new Replay();
  replay.made('raw', sql`SELECT 1`);
  replay.made('orders', from('raw'));
  replay.dropped('raw');
  expect(told(replay)).toEqual(['make raw', 'make orders', 'drop raw']);
  replay.made('orders', sql`SELECT 2`);
  expect(told(replay)).toEqual(['make orders']);
});

it('keeps every stage of a table made from itself', () => {
  const replay = new Replay();
  replay.made('a', sql`SELECT 1`);
  replay.made('a', from('a'));
  replay.made('a', from('a'));
  expect(told(replay)).toEqual(['make a', 'make a', 'make a']);
  replay.dropped('a');
  expect(told(replay)).toEqual([]);
});

it('keeps the version of a table that a later one read, not the versions around it', () => {
  const replay = new Replay();
  replay.made('a', sql`SELECT 1`);
  replay.made('a', sql`SELECT 2`);
  replay.made('b', from('a'));
  replay.made('a', sql`SELECT 3`);
  expect(replay.steps.map((step) => step.kind === 'make' && step.select.text)).toEqual([
    'SELECT 2',
    'SELECT * FROM "a"',
    'SELECT 3',
  ]);
});

it('keeps a released file for as long as a table is made from it', () => {
  const replay = new Replay();
  replay.registered('in/1.csv', file);
  replay.made('orders', sql`FROM read_csv(${'in/1.csv'})`);
  replay.released('in/1.csv');
  expect([replay.files, replay.releasedPaths]).toEqual([[['in/1.csv', file]], ['in/1.csv']]);
  replay.dropped('orders');
  expect(replay.files).toEqual([]);
});

it('keeps an open file that nothing reads yet', () => {
  const replay = new Replay();
  replay.registered('in/1.csv', file);
  replay.made('other', sql`SELECT 1`);
  expect([replay.files.length, replay.releasedPaths.length]).toEqual([1, 0]);
});
