import { beforeEach, expect, it } from 'vitest';
import { at, fileOf, openDesk, type Desk } from './kit.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
const coffee = { name: 'Coffee', document: '{"k":4}', blobs: [], at: at(0) };
const everything = () =>
  [...desk.disk.image()]
    .map(([path, bytes]) => `${path} ${new TextDecoder('latin1').decode(bytes)}`)
    .join('\n');

it('a project comes back as it was saved, whatever its text holds', async () => {
  const { store } = desk;
  const document = '\uFEFF{"name":"Zoë\\n"}\n\n"ÿ"\u0000 end';
  const { id } = await store.create({ ...coffee, name: 'Zoë “2”\n3', document });
  const read = await store.read(id);
  expect(read.document).toBe(document);
  expect(read.meta).toEqual({
    id,
    name: 'Zoë “2”\n3',
    changedAt: at(0),
    removedAt: null,
    backedUpAt: null,
    blobs: [],
  });
  expect(read.damage).toBeNull();
});

it('each save is a new state; what is not named stays', async () => {
  const { store } = desk;
  const { id, generation } = await store.create(coffee);
  const second = await store.change(id, generation, { document: '{"k":5}', changedAt: at(1) });
  const third = await store.change(id, second, { name: 'Coffee chain' });
  expect([generation, second, third]).toEqual([1, 2, 3]);
  const { meta, document } = await store.read(id);
  expect([meta.name, meta.changedAt, document]).toEqual(['Coffee chain', at(1), '{"k":5}']);
});

it('a save on a state that is not the newest is refused and changes nothing', async () => {
  const { store } = desk;
  const other = await desk.tab('second');
  const { id, generation } = await store.create(coffee);
  await other.change(id, generation, { document: 'theirs' });
  await expect(store.change(id, generation, { document: 'ours' })).rejects.toMatchObject({
    code: 'project-elsewhere',
  });
  expect((await store.read(id)).document).toBe('theirs');
  expect(desk.disk.open.size).toBe(0);
});

it('of two tabs that save at once exactly one wins', async () => {
  const { store } = desk;
  const other = await desk.tab('second');
  const { id, generation } = await store.create(coffee);
  const results = await Promise.allSettled([
    store.change(id, generation, { document: 'one' }),
    other.change(id, generation, { document: 'two' }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await other.read(id)).document).toBe(results[0].status === 'fulfilled' ? 'one' : 'two');
});

it('the list shows the newest change first and how much a project holds', async () => {
  const { store } = desk;
  const first = await store.create(coffee);
  const sha256 = await store.putBlob(first.id, fileOf('a,b\n1,2\n'));
  const second = await store.create({ ...coffee, name: 'Phones', at: at(5), blobs: [sha256] });
  expect(
    (await store.list()).map((item) => item.state === 'whole' && [item.id, item.bytes]),
  ).toEqual([
    [second.id, 7 + 8],
    [first.id, 7],
  ]);
});

it('a copy has a life of its own and shares the kept files', async () => {
  const { store, disk } = desk;
  const { id, generation } = await store.create(coffee);
  const sha256 = await store.putBlob(id, fileOf('a,b\n1,2\n'));
  const saved = await store.change(id, generation, { blobs: [sha256] });
  const copy = await store.duplicate(id, 'Coffee, copy', at(2));
  await store.change(id, saved, { document: 'changed' });
  expect((await store.read(copy.id)).document).toBe('{"k":4}');
  expect([...disk.image().keys()].filter((path) => path.startsWith('blobs/'))).toHaveLength(1);
  await store.purge(id);
  expect(await (await store.getBlob(copy.id, sha256)).text()).toBe('a,b\n1,2\n');
});

it('the bin keeps a project for 30 days, then it is gone', async () => {
  const { store } = desk;
  const { id } = await store.create(coffee);
  await store.change(id, null, { removedAt: at(0) });
  await store.sweep(at(30 * 24 * 60 - 1));
  expect(await store.list()).toHaveLength(1);
  await store.change(id, null, { removedAt: null });
  await store.sweep(at(31 * 24 * 60));
  expect((await store.read(id)).document).toBe('{"k":4}');
  await store.change(id, null, { removedAt: at(0) });
  await store.sweep(at(31 * 24 * 60));
  expect(await store.list()).toEqual([]);
});

it('after a purge not one byte of the project is left', async () => {
  const { store } = desk;
  const { id, generation } = await store.create({ ...coffee, name: 'SENTINEL-name' });
  const sha256 = await store.putBlob(id, fileOf('SENTINEL-data'));
  await store.change(id, generation, { document: 'SENTINEL-document', blobs: [sha256] });
  const other = await store.create({ ...coffee, name: 'Phones' });
  expect(everything()).toContain('SENTINEL-data');
  expect(await store.purge(id)).toBe(true);
  expect(everything()).not.toContain('SENTINEL');
  expect(everything()).not.toContain(sha256);
  expect((await store.list()).map(({ id: left }) => left)).toEqual([other.id]);
});

it('a project that is gone says so', async () => {
  const { store } = desk;
  const { id } = await store.create(coffee);
  await store.purge(id);
  await expect(store.read(id)).rejects.toMatchObject({ code: 'project-missing' });
  await expect(store.change(id, null, { name: 'x' })).rejects.toMatchObject({
    code: 'project-missing',
  });
});

it('the same file is kept once', async () => {
  const { store, disk } = desk;
  const { id } = await store.create(coffee);
  const one = await store.putBlob(id, fileOf('a,b\n1,2\n'));
  const two = await store.putBlob(id, fileOf('a,b\n1,2\n'));
  expect(one).toBe(two);
  expect([...disk.image().keys()].filter((path) => path.startsWith('blobs/'))).toEqual([
    `blobs/${one}`,
  ]);
  // as sha256sum says
  expect(one).toBe('492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470');
});

it('a document cannot name a file that is not kept', async () => {
  const { store } = desk;
  const { id } = await store.create(coffee);
  const change = { document: 'x', blobs: ['0'.repeat(64)] };
  await expect(store.change(id, null, change)).rejects.toMatchObject({
    code: 'stored-file-missing',
  });
  expect((await store.read(id)).document).toBe('{"k":4}');
});

it('a file that only undo could need stays while a tab has the project open, and goes when none has', async () => {
  const { store, locks } = desk;
  const other = await desk.tab('second');
  const { id, generation } = await store.create(coffee);
  const sha256 = await store.putBlob(id, fileOf('a,b\n1,2\n'));
  await other.sweep(at(1)); // kept, but named by nothing yet
  const with1 = await store.change(id, generation, { blobs: [sha256] });
  const without1 = await store.change(id, with1, { blobs: [] });
  const without2 = await store.change(id, without1, { document: 'later' });
  await other.sweep(at(2));
  const undone = await store.change(id, without2, { blobs: [sha256] });
  expect(await (await store.getBlob(id, sha256)).text()).toBe('a,b\n1,2\n');
  const again = await store.change(id, undone, { blobs: [] });
  await store.change(id, again, { document: 'last' });
  locks.kill('first');
  await other.sweep(at(3));
  await expect(other.getBlob(id, sha256)).rejects.toMatchObject({ code: 'stored-file-missing' });
});

it('the older state keeps its files too, so that it can be offered', async () => {
  const { store } = desk;
  const { id, generation } = await store.create(coffee);
  const sha256 = await store.putBlob(id, fileOf('a,b\n1,2\n'));
  const saved = await store.change(id, generation, { blobs: [sha256] });
  await store.change(id, saved, { blobs: [] });
  store.letGo(id);
  await store.sweep(at(1));
  expect(await (await store.getBlob(id, sha256)).text()).toBe('a,b\n1,2\n');
});

it('the steps of undo are kept with the state, and are in no list and no copy', async () => {
  const { store } = desk;
  const { id, generation } = await store.create(coffee);
  await store.change(id, generation, { document: '{"k":5}', undo: '[1,2]' });
  expect((await store.read(id)).meta.undo).toBe('[1,2]');
  await store.change(id, null, { name: 'Coffee chain' });
  expect((await store.read(id)).meta.undo).toBe('[1,2]');
  const copy = await store.duplicate(id, 'Copy', at(2));
  expect((await store.read(copy.id)).meta.undo).toBeUndefined();
  expect((await store.list()).map((item) => 'undo' in item)).toEqual([false, false]);
});
