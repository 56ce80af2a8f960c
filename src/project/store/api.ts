import { runJob } from '../../lib/job.ts';
import type { Bytes } from './folder.ts';
import type { ProjectStore } from './store.ts';
import type { Usage } from './types.ts';
import type { StoreApi } from './worker-api.ts';

/** What the platform gives: opened at the first call, so that a browser without a disk says so where it matters. */
export type StorePlatform = {
  readonly open: () => Promise<ProjectStore>;
  readonly usage: () => Promise<Usage>;
  readonly random: (size: number) => Bytes;
};

/** The store as the page calls it, in a worker or in a test. */
/** Zip and the passphrase's key take more code than all the rest: loaded when a project file is made or opened. */
const backup = () => import('./backup.ts');

export function storeApi({ open, usage, random }: StorePlatform): StoreApi {
  const withStore = <T>(port: MessagePort, work: (store: ProjectStore) => Promise<T>) =>
    runJob(port, async () => work(await open()));
  return {
    list: (port) => withStore(port, (store) => store.list()),
    create: (project, port) => withStore(port, (store) => store.create(project)),
    read: (id, port) => withStore(port, (store) => store.read(id)),
    change: (id, after, change, port) =>
      withStore(port, (store) => store.change(id, after, change)),
    mend: (id, port) => withStore(port, async (store) => (await store.mend(id), null)),
    duplicate: (id, name, at, port) => withStore(port, (store) => store.duplicate(id, name, at)),
    purge: (id, port) => withStore(port, (store) => store.purge(id)),
    putBlob: (project, file, port) =>
      runJob(port, async (job) => (await open()).putBlob(project, file, job)),
    getBlob: (project, sha256, port) =>
      runJob(port, async (job) => (await open()).getBlob(project, sha256, job)),
    letGo: (project, port) => withStore(port, async (store) => (store.letGo(project), null)),
    sweep: (now, port) => withStore(port, async (store) => (await store.sweep(now), null)),
    usage: (port) => runJob(port, usage),
    exportFile: (source, options, port) =>
      runJob(port, async (job) => {
        const { exportFile } = await backup();
        return exportFile(open, source, { ...options, random }, job);
      }),
    readFile: (file, passphrase, port) =>
      runJob(port, async (job) => (await backup()).readFile(file, passphrase, job)),
    importFile: (file, options, port) =>
      runJob(port, async (job) => (await backup()).importFile(await open(), file, options, job)),
  };
}
