import { expose, wrap } from 'comlink';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runJob } from '../../src/lib/job.ts';
import { makeBlob } from '../../src/samples/make.ts';
import { Samples } from '../../src/samples/samples.svelte.ts';
import { specOf } from '../../src/samples/schemes.ts';
import type { SampleApi } from '../../src/samples/worker-api.ts';
import { bytesOf } from './read.ts';

let channel: MessageChannel;
let samples: Samples;
let finished = 0;
beforeEach(() => {
  channel = new MessageChannel();
  const api: SampleApi = {
    make: (spec, table, port) =>
      runJob(port, async (job) => {
        const blob = await makeBlob(spec, table, job);
        finished++;
        return blob;
      }),
  };
  expose(api, channel.port1);
  samples = new Samples({
    api: wrap<SampleApi>(channel.port2) as unknown as SampleApi, // comlink's Remote types the port away
    dead: new AbortController().signal,
  });
  finished = 0;
});
afterEach(() => (channel.port1.close(), channel.port2.close()));

it('three companies are offered, each with one sentence and a period', () => {
  expect(samples.list.map(({ id }) => id)).toEqual(['coffee', 'fashion', 'phone']);
  for (const { sentence, spec } of samples.list) {
    expect(sentence).toMatch(/^[A-Z][^!]+\.$/);
    expect(spec.from < spec.to).toBe(true);
  }
});

it('a sample opens as a file that is the same each time', async () => {
  const file = (await samples.open('phone'))!;
  expect([file.name, file.type, file.lastModified]).toEqual(['phone-contracts.csv', 'text/csv', 0]);
  const bytes = Buffer.from(await file.arrayBuffer());
  expect(bytes.equals(await bytesOf(specOf('phone'), 'customers'))).toBe(true);
  expect(samples.task.running).toBe(false);
});

it('a cancelled sample gives nothing, says nothing, and leaves the worker free', async () => {
  const call = samples.make(specOf('coffee', { customers: 1_000_000 }), 'transactions', 'big.csv');
  await vi.waitFor(() => expect(samples.task.progress!.done).toBeGreaterThan(0), {
    timeout: 20_000,
  });
  samples.task.cancel();
  expect(await call).toBeUndefined();
  expect(samples.task.error).toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const next = await samples.make(specOf('coffee', { customers: 10 }), 'customers', 'small.csv'); // the thread is free
  expect(next!.size).toBeGreaterThan(300);
  expect(finished).toBe(1);
});

it('a spec that cannot be made is an error to show', async () => {
  expect(
    await samples.make(specOf('coffee', { customers: -5 }), 'customers', 'x.csv'),
  ).toBeUndefined();
  expect(samples.task.error).toMatchObject({ name: 'TesseraError', code: 'unexpected' });
});
