import type { Service } from '../../../src/lib/job.ts';
import { Projects } from '../../../src/project/projects.svelte.ts';
import { storeApi } from '../../../src/project/store/api.ts';
import type { Page } from '../../../src/project/store/page.ts';
import { ProjectStore } from '../../../src/project/store/store.ts';
import type { Channel, TurnMessage } from '../../../src/project/store/turn.ts';
import type { StoreApi } from '../../../src/project/store/worker-api.ts';
import { SimDisk, type Image } from './sim-disk.ts';
import { SimLocks } from './sim-locks.ts';

/** A time `minutes` after noon of one day. */
export const at = (minutes: number): string =>
  new Date(Date.UTC(2026, 10, 22, 12, minutes)).toISOString();

/** Ids in order, so that a test can name them: p1, p2, … over all tabs. */
export function idMaker(): () => string {
  let last = 0;
  return () => `p${++last}`;
}

export type Desk = {
  readonly disk: SimDisk;
  readonly locks: SimLocks;
  readonly store: ProjectStore;
  /** Another tab on the same disk. */
  tab(name: string): Promise<ProjectStore>;
};

/** A store on a simulated disk. */
export async function openDesk(image?: Image): Promise<Desk> {
  const disk = new SimDisk(image);
  const locks = new SimLocks();
  const newId = idMaker();
  const tab = (name: string) =>
    ProjectStore.open({ root: disk.root, locks: locks.locks(name), newId });
  return { disk, locks, tab, store: await tab('first') };
}

/** Bytes that look random and are not: the same for the same seed. */
export function noise(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = seed >>> 0 || 1;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export const fileOf = (text: string): File => new File([text], 'orders.csv');

/** What is said on each project's channel reaches every other tab, later. */
export class SimChannels {
  readonly #listeners = new Map<string, Map<string, (message: TurnMessage) => void>>();
  /** Tabs that hear nothing: killed, or too busy. */
  readonly deaf = new Set<string>();

  channel(tab: string): (project: string) => Channel {
    return (project) => {
      const all = this.#listeners.get(project) ?? new Map();
      this.#listeners.set(project, all);
      return {
        post: (message) => {
          for (const [other, listen] of all)
            if (other !== tab)
              void Promise.resolve().then(() => this.deaf.has(other) || listen(message));
        },
        hear: (listen) => (all.set(tab, listen), () => void all.delete(tab)),
      };
    };
  }
}

export type Tab = { readonly projects: Projects; readonly service: Service<StoreApi> };

/** Several tabs of one browser. `wait` may hold up every call to the store. */
export class Browser {
  readonly disk = new SimDisk();
  readonly locks = new SimLocks();
  readonly channels = new SimChannels();
  readonly newId = idMaker();
  minutes = 0;

  async tab(name: string, wait: () => Promise<void> = async () => {}): Promise<Tab> {
    const store = await ProjectStore.open({
      root: this.disk.root,
      locks: this.locks.locks(name),
      newId: this.newId,
    });
    const api = storeApi({
      open: async () => (await wait(), store),
      usage: async () => ({ used: 1_000_000, quota: 100_000_000 }),
      random: (size) => noise(size, size),
    });
    const service = { api, dead: new AbortController().signal };
    const page: Page = {
      now: () => at(this.minutes++),
      tab: name,
      locks: this.locks.locks(name),
      channel: this.channels.channel(name),
      persisted: async () => false,
      persist: async () => false,
    };
    return { service, projects: new Projects(service, page) };
  }

  kill(name: string): void {
    this.channels.deaf.add(name);
    this.locks.kill(name);
  }
}
