import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { unattended } from '../../../src/lib/job.ts';
import { exportFile, importFile } from '../../../src/project/store/backup.ts';
import type { ProjectStore } from '../../../src/project/store/store.ts';
import { at, noise, openDesk, type Desk } from './kit.ts';

const PASSPHRASE = 'Correct horse, Bätterie';
const random = (size: number) => noise(size, 42 + size);
const document = JSON.stringify({ note: 'Zoë SENTINEL', list: Array.from({ length: 90 }, String) });
const rows = 'customer,amount SENTINEL\n' + 'C1,10.00\nC2,3.50\n'.repeat(4000);

let desk: Desk;
let id: string;
let plain: Blob;
let locked: Blob;
beforeAll(async () => {
  desk = await openDesk();
  const { store } = desk;
  id = (await store.create({ name: 'Coffee “1”', document, blobs: [], at: at(0) })).id;
  const one = await store.putBlob(id, new Blob([rows]));
  const two = await store.putBlob(id, new Blob([noise(1_300_000, 5)])); // two pieces of the lock
  await store.change(id, null, { blobs: [one, two] });
  plain = await exportFile(
    async () => store,
    { saved: id },
    { data: true, passphrase: null, random },
    unattended,
  );
  locked = await exportFile(
    async () => store,
    { saved: id },
    { data: true, passphrase: PASSPHRASE, random },
    unattended,
  );
});

const take = (store: ProjectStore, file: Blob, passphrase: string | null = null) =>
  importFile(store, file, { passphrase, at: at(9) }, unattended);
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'opened',
    (error: { code?: string }) => error.code ?? String(error),
  );
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

it.each(['open', 'locked'] as const)(
  'export, an empty browser, import: the same document and the same files (%s)',
  async (kind) => {
    const { store } = await openDesk();
    const file = kind === 'open' ? plain : locked;
    const taken = await take(store, file, kind === 'open' ? null : PASSPHRASE);
    const read = await store.read(taken.id);
    const { meta } = await desk.store.read(id);
    expect(read.document).toBe(document);
    expect(read.meta).toMatchObject({ name: meta.name, changedAt: at(9), blobs: meta.blobs });
    expect(await (await store.getBlob(taken.id, meta.blobs[0]!)).text()).toBe(rows);
    await store.getBlob(taken.id, meta.blobs[1]!); // read through and checked
  },
);

it('the same project gives the same bytes', async () => {
  const again = await exportFile(
    async () => desk.store,
    { saved: id },
    { data: true, passphrase: null, random },
    unattended,
  );
  expect(Buffer.from(await bytesOf(again)).equals(await bytesOf(plain))).toBe(true);
});

it('a file without data opens; what is kept here already is named again, the rest is not', async () => {
  const light = await exportFile(
    async () => desk.store,
    { saved: id },
    { data: false, passphrase: null, random },
    unattended,
  );
  expect(light.size).toBeLessThan(3000);
  const here = await take(desk.store, light);
  expect((await desk.store.read(here.id)).meta.blobs).toHaveLength(2);
  await desk.store.purge(here.id);
  const { store } = await openDesk();
  const there = await take(store, light);
  expect(await store.read(there.id)).toMatchObject({ document, meta: { blobs: [] } });
});

it('a locked file shows nothing of its content and asks for its passphrase', async () => {
  const text = new TextDecoder('latin1').decode(await bytesOf(locked));
  expect(text).not.toContain('SENTINEL');
  expect(text).not.toContain('manifest.json');
  expect(text).not.toContain('PK\u0003\u0004');
  const { store } = await openDesk();
  expect(await codeOf(take(store, locked))).toBe('backup-locked');
  expect(await codeOf(take(store, locked, 'correct horse, Bätterie'))).toBe('passphrase-wrong');
  expect(await store.list()).toEqual([]);
});

it('a passphrase is the same whichever way its letters were typed', async () => {
  const { store } = await openDesk();
  expect(await codeOf(take(store, locked, PASSPHRASE.normalize('NFD')))).toBe('opened');
});

const flipped = async (file: Blob, place: number, mask = 1 << (place & 7)): Promise<Blob> => {
  const bytes = await bytesOf(file);
  bytes[place] = bytes[place]! ^ mask;
  return new Blob([bytes]);
};
function places(size: number, count: number): readonly number[] {
  const draw = noise(4 * count, size);
  return Array.from({ length: count }, (_, i) => {
    const [a, b, c, d] = draw.subarray(4 * i, 4 * i + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) % size;
  });
}

it('each of 100 flipped bytes in a project file is noticed and nothing is taken from it', async () => {
  const { store, disk } = await openDesk();
  const small = await smallFile(null);
  for (const place of [...places(small.size, 60), ...places(40, 20), ...last(small.size, 20)])
    expect(await codeOf(take(store, await flipped(small, place)))).toMatch(
      /^backup-(damaged|invalid)$/,
    );
  expect([...disk.image().keys()]).toEqual([]);
});

const last = (size: number, count: number) =>
  Array.from({ length: count }, (_, i) => size - 1 - i * 5);
async function smallFile(passphrase: string | null): Promise<Blob> {
  const { store } = await openDesk();
  const small = await store.create({ name: 'Small', document, blobs: [], at: at(0) });
  const blob = await store.putBlob(small.id, new Blob(['a,b\n1,2\n']));
  await store.change(small.id, null, { blobs: [blob] });
  return exportFile(
    async () => store,
    { saved: small.id },
    { data: true, passphrase, random },
    unattended,
  );
}

it('each of 100 flipped bytes in a locked file is noticed and nothing is taken from it', async () => {
  const { store, disk } = await openDesk();
  const small = await smallFile(PASSPHRASE);
  const head = Array.from({ length: 80 }, (_, i) => i + 16); // behind the mark, without which it is no locked file
  for (const place of head)
    expect(await codeOf(take(store, await flipped(small, place), PASSPHRASE))).toBe(
      'backup-damaged',
    );
  for (const place of places(small.size - 100, 20))
    expect(await codeOf(take(store, await flipped(small, place + 100), PASSPHRASE))).toBe(
      'backup-damaged',
    );
  expect(await codeOf(take(store, await flipped(small, 3), PASSPHRASE))).toBe('backup-invalid');
  expect([...disk.image().keys()]).toEqual([]);
});

it('a locked file that was cut off, lengthened, or whose pieces were moved or dropped is noticed', async () => {
  const { store } = await openDesk();
  const [head, piece] = [100, 1024 * 1024 + 16];
  const first = locked.slice(head, head + piece);
  const second = locked.slice(head + piece);
  expect(second.size).toBeGreaterThan(16);
  const start = locked.slice(0, head);
  const changed = [
    locked.slice(0, locked.size - 1),
    locked.slice(0, head + piece),
    locked.slice(0, head),
    locked.slice(0, 50),
    new Blob([locked, 'x']),
    new Blob([start, second, first]),
    new Blob([start, first, first, second]),
    new Blob([start, second]),
  ];
  for (const file of changed)
    expect(await codeOf(take(store, file, PASSPHRASE))).toBe('backup-damaged');
});

it('a file cut off anywhere is noticed', async () => {
  const { store } = await openDesk();
  for (const size of [0, 1, 3, 60, 200, plain.size - 71, plain.size - 1])
    expect(await codeOf(take(store, plain.slice(0, size)))).toMatch(/^backup-(damaged|invalid)$/);
});

it.each([
  ['project-v1.tessera', null],
  ['project-v1-locked.tessera', PASSPHRASE],
])('a project file of version 1 opens for ever: %s', async (name, passphrase) => {
  const bytes = readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
  const { store } = await openDesk();
  const { id: made } = await take(store, new Blob([new Uint8Array(bytes)]), passphrase);
  const { meta, document: text } = await store.read(made);
  expect([meta.name, text]).toEqual(['Coffee “1”', '{"made":"with version 1"}']);
  expect(await (await store.getBlob(made, meta.blobs[0]!)).text()).toBe('a,b\n1,2\n');
});
