import { expect, it } from 'vitest';
import type { ProjectStore } from '../../../src/project/store/store.ts';
import { at, fileOf, openDesk } from './kit.ts';

const project = { name: 'Coffee', document: '{"k":4}', blobs: [], at: at(0) };

/** Each thing that writes, on a project with a kept file and two states. */
const sites: Record<string, (store: ProjectStore, id: string, blob: string) => Promise<unknown>> = {
  create: (store) => store.create({ ...project, name: 'New' }),
  edit: (store, id) => store.change(id, null, { document: 'changed' }),
  rename: (store, id) => store.change(id, null, { name: 'Renamed' }),
  remove: (store, id) => store.change(id, null, { removedAt: at(1) }),
  duplicate: (store, id) => store.duplicate(id, 'Copy', at(1)),
  'keep a file': (store, id) => store.putBlob(id, fileOf('another file')),
  'undo, with its file': (store, id, blob) =>
    store.change(id, null, { document: '{"k":4}', blobs: [blob] }),
};

it.each(Object.entries(sites))(
  'a disk that is full at any write leaves the earlier state whole and says how much is needed: %s',
  async (_, write) => {
    for (let failAt = 0; ; failAt++) {
      const { store, disk } = await openDesk();
      const { id } = await store.create(project);
      const blob = await store.putBlob(id, fileOf('a,b\n1,2\n'));
      await store.change(id, null, { blobs: [blob], document: 'before' });
      disk.failWriteAt = failAt;
      disk.writes = 0;
      const error = await write(store, id, blob).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (!error) {
        expect(failAt).toBeGreaterThan(0);
        return;
      }
      expect(error).toMatchObject({
        code: 'store-full',
        message: expect.stringMatching(/needs [\d.,]+ k?B more/),
      });
      expect(disk.open.size).toBe(0);
      disk.failWriteAt = null;
      const { meta, document, damage } = await store.read(id);
      expect([meta.name, meta.removedAt, document, damage]).toEqual([
        'Coffee',
        null,
        'before',
        null,
      ]);
      expect(await store.list()).toHaveLength(1);
      expect(await (await store.getBlob(id, blob)).text()).toBe('a,b\n1,2\n');
      expect([...disk.image().keys()].filter((path) => path.includes('coming'))).toEqual([]);
      await write(store, id, blob); // and works once there is room
    }
  },
);
