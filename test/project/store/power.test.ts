import { expect, it } from 'vitest';
import { ProjectStore } from '../../../src/project/store/store.ts';
import { at, idMaker, noise, openDesk } from './kit.ts';
import { SimDisk, type Image } from './sim-disk.ts';
import { SimLocks } from './sim-locks.ts';

/** Each project as a person would describe it: name, document, kept files, in the bin or not. */
type World = ReadonlyMap<string, string>;

async function worldOf(store: ProjectStore): Promise<World> {
  const world = new Map<string, string>();
  for (const item of await store.list()) {
    const { meta, document, damage } = await store.read(item.id);
    for (const sha256 of meta.blobs) await store.getBlob(item.id, sha256); // throws unless whole
    world.set(item.id, JSON.stringify([meta, document, damage]));
  }
  return world;
}

type Act = { readonly from: number; readonly to: number; readonly before: World; after: World };

/** A working day: import, edit, rename, copy, bin, restore, undo, purge, clean up. */
async function workingDay(): Promise<{ disk: SimDisk; acts: readonly Act[] }> {
  const { disk, store } = await openDesk();
  const acts: Act[] = [];
  let world: World = new Map();
  const act = async (work: () => Promise<unknown>) => {
    const from = disk.ops.length;
    await work();
    const to = disk.ops.length;
    const after = await worldOf(store);
    acts.push({ from, to, before: world, after });
    world = after;
  };
  const ids: string[] = [];
  for (let round = 0; round < 4; round++) {
    const document = (edit: number) => `${round}.${edit} ${'x'.repeat(200 + 700 * round)}`;
    let blob = '';
    await act(async () => {
      const project = { name: `P${round}`, document: document(0), blobs: [], at: at(round) };
      ids.push((await store.create(project)).id);
    });
    const id = ids.at(-1)!;
    await act(
      async () => (blob = await store.putBlob(id, new Blob([noise(900 * round + 1, round)]))),
    );
    await act(() => store.change(id, null, { document: document(1), blobs: [blob] }));
    await act(() => store.change(id, null, { name: `Renamed ${round}` }));
    await act(() => store.change(id, null, { document: document(2), blobs: [] }));
    await act(() => store.change(id, null, { document: document(1), blobs: [blob] })); // undo
    await act(async () => ids.push((await store.duplicate(id, 'Copy', at(round))).id));
    await act(() => store.change(id, null, { removedAt: at(round) }));
    await act(() => store.change(id, null, { removedAt: round % 2 ? at(round) : null }));
    await act(async () => (store.letGo(id), await store.sweep(at(round))));
    if (round > 1) await act(() => store.purge(ids[round]!));
  }
  return { disk, acts };
}

const open = (image: Image) =>
  ProjectStore.open({
    root: new SimDisk(image).root,
    locks: new SimLocks().locks('after'),
    newId: idMaker(),
  });

/** Every way to lose what was not flushed that we think of: all, none, one, all but one, torn, and at random. */
function* losses(step: number): Generator<(op: unknown, index: number) => number> {
  yield () => 0;
  yield () => 1;
  yield () => 0.5;
  for (let back = 1; back <= 3; back++) {
    yield (_, index) => (index === step - back ? 0 : 1);
    yield (_, index) => (index === step - back ? 1 : 0);
  }
  for (let seed = 1; seed <= 3; seed++) {
    const random = noise(step + 1, seed * 7919 + step);
    yield (_, index) => [0, 0.3, 0.7, 1][random[index]! & 3]!;
  }
}

const short = (world: string) => world.replaceAll(/x{9,}/g, '…').slice(0, 2000);
const lost = (step: number, found: string, expected: readonly string[]) =>
  `power failed before step ${step}: ${short(found)}\nexpected ${expected.map(short).join('\nor ')}`;

it('after a power failure at any step everything that had been acknowledged is there, whole, and nothing is half', async () => {
  const { disk, acts } = await workingDay();
  expect(disk.ops.length).toBeGreaterThan(200);
  let images = 0;
  for (let step = 0; step <= disk.ops.length; step++) {
    const now = acts.findLast(({ from }) => from < step);
    const allowed = !now ? [new Map()] : step >= now.to ? [now.after] : [now.before, now.after];
    const expected = allowed.map((world) => JSON.stringify([...world]));
    const seen = new Set<string>();
    for (const keep of losses(step)) {
      const image = disk.afterPowerFailure(step, keep);
      const key = [...image].map(([path, bytes]) => `${path}:${bytes.join()}`).join('\n');
      if (seen.has(key)) continue;
      seen.add(key);
      images++;
      const store = await open(image);
      const found = JSON.stringify([...(await worldOf(store))]);
      if (!expected.includes(found)) throw new Error(lost(step, found, expected));
      if (seen.size > 1) continue;
      await store.sweep(at(60)); // and cleaning up afterwards takes nothing
      expect(JSON.stringify([...(await worldOf(store))])).toBe(found);
    }
  }
  expect(images).toBeGreaterThan(disk.ops.length);
});

it('the simulated disk does lose what was not flushed: the same day without flushes is not safe', async () => {
  const { disk, acts } = await workingDay();
  const unflushed = disk.ops.filter(({ kind }) => kind !== 'flush');
  disk.ops.splice(0, disk.ops.length, ...unflushed);
  const empty = await worldOf(await open(disk.afterPowerFailure(disk.ops.length, () => 0)));
  expect(empty.size).toBe(0);
  expect(acts.at(-1)!.after.size).toBeGreaterThan(0);
});
