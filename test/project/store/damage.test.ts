import { expect, it } from 'vitest';
import { at, fileOf, noise, openDesk, type Desk } from './kit.ts';

const document = (edit: number) => JSON.stringify({ edit, filling: 'x'.repeat(400) });

/** A project whose two slots hold edit 1 (a: state 3) and edit 2 (b: state 4), and a kept file. */
async function twoStates(): Promise<{ desk: Desk; id: string; sha256: string }> {
  const desk = await openDesk();
  const { store } = desk;
  const { id } = await store.create({ name: 'Coffee', document: '', blobs: [], at: at(0) });
  const sha256 = await store.putBlob(id, fileOf('a,b\n1,2\n'.repeat(100)));
  await store.change(id, null, { blobs: [sha256] });
  await store.change(id, null, { document: document(1), changedAt: at(1) });
  await store.change(id, null, { document: document(2), changedAt: at(2) });
  return { desk, id, sha256 };
}

/** 100 places over a file: its head byte by byte, then spread over the rest. */
function places(size: number): readonly number[] {
  const random = noise(400, size);
  const spread = Array.from({ length: 40 }, (_, i) => {
    const draw = random[4 * i]! * 2 ** 24 + random[4 * i + 1]! * 2 ** 16 + random[4 * i + 2]! * 256;
    return (draw + random[4 * i + 3]!) % size;
  });
  return [...Array.from({ length: 60 }, (_, i) => i % size), ...spread];
}

it.each([1, 0x80, 0xff])(
  'a flipped byte in the newest state is noticed; the one before it is offered and nothing is reset (mask %i)',
  async (mask) => {
    const { desk, id } = await twoStates();
    const path = `projects/${id}/b`;
    for (const place of places(desk.disk.image().get(path)!.length)) {
      desk.disk.flip(path, place, mask);
      const before = desk.disk.image();
      const read = await desk.store.read(id);
      expect(read.document).toBe(document(1));
      expect(read.meta.changedAt).toBe(at(1));
      expect(read.damage?.slot).toBe('b');
      expect(read.damage?.lost).toBe(place < 60 ? 'unknown' : 'newest');
      expect(await desk.store.list()).toMatchObject([{ id, name: 'Coffee', state: 'older' }]);
      await expect(
        desk.store.change(id, read.generation, { document: 'over it' }),
      ).rejects.toMatchObject({ code: 'project-damaged' });
      await desk.store.sweep(at(3));
      expect(desk.disk.image()).toEqual(before);
      desk.disk.flip(path, place, mask);
    }
    expect((await desk.store.read(id)).document).toBe(document(2));
  },
);

it('a flipped byte in the older state is noticed, and the newest stays open to change', async () => {
  const { desk, id } = await twoStates();
  const path = `projects/${id}/a`;
  for (const place of places(desk.disk.image().get(path)!.length)) {
    desk.disk.flip(path, place);
    const { document: text, damage } = await desk.store.read(id);
    expect(text).toBe(document(2));
    expect(damage).toEqual({ slot: 'a', lost: place < 60 ? 'unknown' : 'spare' });
    desk.disk.flip(path, place);
  }
  desk.disk.flip(path, 200);
  await desk.store.change(id, null, { document: document(3) });
  expect(await desk.store.read(id)).toMatchObject({ document: document(3), damage: null });
});

it('a person can go on from the older state; the damaged one is put aside and not thrown away', async () => {
  const { desk, id } = await twoStates();
  const path = `projects/${id}/b`;
  desk.disk.flip(path, 100);
  const damaged = desk.disk.image().get(path);
  await desk.store.mend(id);
  const read = await desk.store.read(id);
  expect(read.damage).toBeNull();
  await desk.store.change(id, read.generation, { document: document(3) });
  expect((await desk.store.read(id)).document).toBe(document(3));
  expect(desk.disk.image().get(`${path}.damaged-3`)).toEqual(damaged);
  expect(await desk.store.purge(id)).toBe(true);
  expect([...desk.disk.image().keys()]).toEqual([]);
});

it('with both states damaged the project is named, never emptied, and its files are kept', async () => {
  const { desk, id, sha256 } = await twoStates();
  const other = await desk.store.create({ name: 'Phones', document: '', blobs: [], at: at(0) });
  desk.disk.flip(`projects/${id}/a`, 300);
  desk.disk.flip(`projects/${id}/b`, 300);
  const before = desk.disk.image();
  await expect(desk.store.read(id)).rejects.toMatchObject({
    code: 'project-damaged',
    message: expect.stringContaining('“Coffee”'),
  });
  expect(await desk.store.list()).toContainEqual({ id, state: 'unreadable', name: 'Coffee' });
  await expect(desk.store.change(id, null, { name: 'x' })).rejects.toMatchObject({
    code: 'project-damaged',
  });
  desk.locks.kill('first');
  await desk.store.sweep(at(3));
  expect(desk.disk.image()).toEqual(before);
  expect(await desk.store.purge(other.id)).toBe(false);
  expect(desk.disk.image().has(`blobs/${sha256}`)).toBe(true);
});

it('a flipped byte in a kept file is noticed when it is read, and mended by opening the file again', async () => {
  const { desk, id, sha256 } = await twoStates();
  const path = `blobs/${sha256}`;
  for (const place of places(desk.disk.image().get(path)!.length)) {
    desk.disk.flip(path, place);
    await expect(desk.store.getBlob(id, sha256)).rejects.toMatchObject({
      code: 'stored-file-damaged',
    });
    desk.disk.flip(path, place);
  }
  desk.disk.flip(path, 7);
  expect(await desk.store.putBlob(id, fileOf('a,b\n1,2\n'.repeat(100)))).toBe(sha256);
  expect(await (await desk.store.getBlob(id, sha256)).text()).toBe('a,b\n1,2\n'.repeat(100));
});

it('a cut-off or lengthened state is as damaged as a flipped one', async () => {
  const { desk, id } = await twoStates();
  const path = `projects/${id}/b`;
  const whole = desk.disk.image().get(path)!;
  for (const size of [10, 59, 60, whole.length - 1, whole.length + 1]) {
    const bytes = new Uint8Array(size);
    bytes.set(whole.subarray(0, size));
    const { store } = await openDesk(new Map([...desk.disk.image(), [path, bytes]]));
    const { document: text, damage } = await store.read(id);
    expect([text, damage?.slot]).toEqual([document(1), 'b']);
  }
});
