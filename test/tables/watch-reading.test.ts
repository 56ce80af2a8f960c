import { expect, it } from 'vitest';
import type { Progress } from '../../src/lib/job.ts';
import { watchReading } from '../../src/tables/watch-reading.ts';

const body = new File(['x'.repeat(100)], 'orders.csv');
const stage = 'Reading the records';

it('tells what the database has read, each byte once', () => {
  const seen: number[] = [];
  let reads: (bytes: number) => void = () => {};
  let counts: (progress: Progress) => void = () => {};
  watchReading(
    { reading: (listener) => void (reads = listener) },
    { body, counting: (listener) => void (counts = listener) },
    { stage, onProgress: ({ done, total }) => seen.push(done / total) },
  );
  counts({ stage: 'Counting', done: 100, total: 100 }); // is done long before the database
  for (const bytes of [40, 40, 40, 40]) reads(bytes); // the last is another statement's
  expect(seen).toEqual([0, 0.4, 0.8, 1]);
});

it('tells what is counted where the database keeps silent', () => {
  const seen: Progress[] = [];
  let counts: (progress: Progress) => void = () => {};
  watchReading(
    {},
    { body, counting: (listener) => void (counts = listener) },
    { stage, onProgress: (progress) => seen.push(progress) },
  );
  counts({ stage: 'Counting', done: 70, total: 100 });
  expect(seen).toEqual([
    { stage, done: 0, total: 100 },
    { stage, done: 70, total: 100 },
  ]);
});
