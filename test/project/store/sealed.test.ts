import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { unattended } from '../../../src/lib/job.ts';
import { isSealed, seal, unseal } from '../../../src/project/store/sealed.ts';

type Case = { readonly salt: string; readonly prefix: string; readonly passphrase: string };
type Golden = {
  readonly short: Case & { readonly plain: string; readonly locked: string };
  readonly empty: Case & { readonly plain: string; readonly locked: string };
  readonly long: Case & { readonly size: number; readonly sha256: string };
  readonly weak: readonly string[];
};
const file = new URL('../../golden/tessera-locked.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const randomOf = (it: Case) => (size: number) => hex(size === 16 ? it.salt : it.prefix);

it.each(['short', 'empty'] as const)(
  'what another program locked opens, and what we lock is the same bytes (%s)',
  async (name) => {
    const it = golden[name];
    const locked = new Blob([bytes(it.locked)]);
    expect(await isSealed(locked)).toBe(true);
    const plain = await unseal(locked, it.passphrase, unattended);
    expect(Buffer.from(await plain.arrayBuffer()).toString('base64')).toBe(it.plain);
    const ours = await seal(new Blob([bytes(it.plain)]), it.passphrase, randomOf(it), unattended);
    expect(Buffer.from(await ours.arrayBuffer()).toString('base64')).toBe(it.locked);
  },
);

it('a file of two pieces is locked to the same bytes as by another program', async () => {
  const { long } = golden;
  const plain = Uint8Array.from({ length: long.size }, (_, i) => (i * i) % 251);
  const ours = await seal(new Blob([plain]), long.passphrase, randomOf(long), unattended);
  const sum = createHash('sha256').update(new Uint8Array(await ours.arrayBuffer()));
  expect(sum.digest('hex')).toBe(long.sha256);
});

it('a file whose key is cheaper than ours is refused before its passphrase is tried', async () => {
  for (const weak of golden.weak)
    await expect(unseal(new Blob([bytes(weak)]), 'p', unattended)).rejects.toMatchObject({
      code: 'backup-weak',
    });
});

it('a file whose key would cost gigabytes is refused without computing it', async () => {
  const costly = bytes(golden.short.locked);
  const view = new DataView(costly.buffer);
  for (const [at, value] of [
    [16, 8_000_000],
    [20, 1000],
    [24, 200],
  ] as const) {
    const head = costly.slice(0, 68);
    new DataView(head.buffer).setUint32(at, value, true);
    const whole = new Uint8Array(costly);
    whole.set(head);
    whole.set(createHash('sha256').update(head).digest(), 68); // as whoever made it would
    await expect(unseal(new Blob([whole]), 'p', unattended)).rejects.toMatchObject({
      code: 'backup-invalid',
    });
  }
  expect(view.getUint32(16, true)).toBe(65_536);
});

it('a locked file can be given up half-way', async () => {
  const controller = new AbortController();
  const job = {
    signal: controller.signal,
    progress: () => {},
    breathe: async () => {
      controller.abort();
      controller.signal.throwIfAborted();
    },
  };
  const locked = new Blob([bytes(golden.short.locked)]);
  await expect(unseal(locked, golden.short.passphrase, job)).rejects.toMatchObject({
    name: 'AbortError',
  });
});
