import { wrap } from 'comlink';
import { callJob, type Service } from '../../../src/lib/job.ts';
import { random } from '../../../src/lib/random.ts';
import { Projects } from '../../../src/project/projects.svelte.ts';
import { browserPage } from '../../../src/project/store/page.ts';
import * as handles from '../../../src/project/store/handles.ts';
import type { StoreApi } from '../../../src/project/store/worker-api.ts';
import StoreWorker from '../../../workers/store.worker.ts?worker';
import { documentOf, editOf, GONE, stateOf, type Found, type Said, type Site } from './model.ts';

const seed = Number(new URLSearchParams(location.search).get('seed'));
const draw = random(seed);
const pick = (count: number) => Math.floor(draw() * count);
const dead = new AbortController();
const worker = new StoreWorker();
worker.onerror = ({ message }) => dead.abort(new Error(message));
const service: Service<StoreApi> = { api: wrap<StoreApi>(worker) as StoreApi, dead: dead.signal };
const projects = new Projects(service, browserPage());
const MOST_PROJECTS = 6;

async function say(what: Said): Promise<void> {
  await fetch('/say', { method: 'POST', body: JSON.stringify(what) });
}

type Known = { id: string; token: string; name: string; edit: number; removed: boolean };
let known: (Known & { blobs: readonly string[] })[] = [];

/** Reads everything, every file byte by byte. */
async function look(): Promise<readonly Found[]> {
  await projects.start();
  if (projects.shelf.error) throw projects.shelf.error;
  const found: Found[] = [];
  known = [];
  for (const item of projects.shelf.list) {
    const read = await callJob(service, (api, port) => api.read(item.id, port));
    const { name, removedAt, blobs } = read.meta;
    const content = editOf(read.document);
    for (const blob of blobs) {
      const file = await callJob(service, (api, port) => api.getBlob(item.id, blob, port));
      if (file.size === 0) throw new Error(`${blob} is empty`);
    }
    const it = {
      name,
      removed: removedAt !== null,
      blobs,
      ...(content ?? { token: '?', edit: -1 }),
    };
    known.push({ id: item.id, ...it });
    const whole = content !== null && read.damage === null && item.state === 'whole';
    found.push({ token: it.token, state: stateOf(it), whole });
    await callJob(service, (api, port) => api.letGo(item.id, port));
  }
  return found;
}

async function act<T>(what: Site, it: (typeof known)[number], work: () => Promise<T>): Promise<T> {
  await say({ say: 'will', what, token: it.token, state: it.name === '' ? GONE : stateOf(it) });
  const value = await work();
  if (value === null || value === false || value === undefined)
    throw projects.shelf.error ?? projects.files.task.error ?? new Error(`${what} did not happen`);
  await say({ say: 'done', token: it.token });
  return value;
}

/** Until the top bar would say "Saved". */
async function saved(): Promise<boolean> {
  while (projects.saved === 'saving') await new Promise((resolve) => setTimeout(resolve, 2));
  return projects.words === 'Saved';
}

const file = () => {
  const bytes = new Uint8Array(200_000 + pick(3_000_000));
  for (let at = 0; at < bytes.length; at += 60_000)
    crypto.getRandomValues(bytes.subarray(at, at + 60_000));
  return new Blob([bytes]);
};

async function importFile(): Promise<void> {
  const token = `${seed}-${pick(1e9)}`;
  const it = { id: '', token, name: `New ${pick(1000)}`, edit: 0, removed: false, blobs: [] };
  const draft = { document: documentOf(token, 0), blobs: [] };
  const id = await act('import', it, () => projects.create(it.name, draft));
  const here: (typeof known)[number] = { ...it, id: id ?? '' };
  known.push(here);
  await say({ say: 'will', what: 'keep a file', token, state: stateOf(here) });
  const blob = await projects.files.keep(here.id, file());
  if (!blob) throw projects.files.task.error;
  await edit(here, 'import', here.edit + 1, [blob]);
}

async function edit(
  it: (typeof known)[number],
  what: Site,
  to: number,
  blobs: readonly string[] = it.blobs,
): Promise<void> {
  if (projects.current?.id !== it.id && (await projects.open(it.id)) === null)
    throw projects.shelf.error;
  it.edit = to;
  it.blobs = blobs;
  await act(what, it, async () => {
    projects.schedule({ document: documentOf(it.token, to), blobs });
    return saved();
  });
}

async function backUp(it: (typeof known)[number]): Promise<void> {
  if (projects.current?.id !== it.id && (await projects.open(it.id)) === null)
    throw projects.shelf.error;
  await act('export', it, () => projects.exportFile(true, null));
}

async function step(): Promise<void> {
  const live = known.filter(({ removed }) => !removed);
  const inBin = known.filter(({ removed }) => removed);
  const it = live[pick(live.length)];
  const gone = inBin[pick(inBin.length)];
  const choice = pick(12);
  if (!it || (choice <= 1 && known.length < MOST_PROJECTS)) return importFile();
  if (choice <= 4) return edit(it, 'edit', it.edit + 1);
  if (choice === 5) return edit(it, 'undo', Math.max(0, it.edit - 1));
  if (choice <= 7) {
    it.name = `Name ${pick(1e6)}`;
    await act('rename', it, () => projects.rename(it.id, it.name));
  } else if (choice === 8 || known.length >= MOST_PROJECTS) {
    it.removed = true;
    await act('delete', it, () => projects.remove(it.id));
  } else if (choice === 9) return backUp(it);
  if (gone && draw() < 0.5) {
    gone.removed = false;
    await act('restore', gone, () => projects.restore(gone.id));
  } else if (gone) {
    known = known.filter((other) => other !== gone);
    await act('purge', { ...gone, name: '' }, () => projects.purge(gone.id));
  }
}

async function work(): Promise<never> {
  await say({ say: 'found', projects: await look() });
  for (;;) {
    await step();
    await say({ say: 'idle' });
  }
}

Object.assign(globalThis, { projects, handles }); // for test/journeys/store.ts
if (new URLSearchParams(location.search).has('seed'))
  await work().catch((error: unknown) => say({ say: 'broken', why: String(error) }));
