import type { FeatureTable } from '../features/types.ts';
import { count, plural } from '../lib/format.ts';
import type { Job } from '../lib/job.ts';
import { pageJob } from '../lib/page-job.ts';
import { breathing } from '../lib/steps.ts';
import { Task } from '../lib/task.svelte.ts';
import { pinnedMethod } from '../project/recipe-of.ts';
import type { Compared, Now, Version } from '../segments/hands/versions.ts';
import type { SegmentSettings } from '../segments/types.ts';
import type { Session } from './session.svelte.ts';

const rooms = () => import('../segments/hands/versions.ts');

/** Segmentations saved under a name, in the recipe; saving, removing and bringing one back are decisions like others. */
export class Versions {
  /** Places in `list` of what is compared; −1 is what stands on the screen. */
  from = $state(-1);
  to = $state(-1);
  readonly task = new Task();
  /** What came of it; null while it is looked for, and of twice the same. */
  compared = $state.raw<Compared | null>(null);
  /** Why no other could be kept, in a sentence. */
  full = $state<string | null>(null);
  #isOpen = $state(false);
  readonly #session: Session;
  #now: { readonly table: FeatureTable; readonly now: Now } | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  set isOpen(isOpen: boolean) {
    this.#isOpen = isOpen;
    this.full = null;
    if (isOpen) void this.choose(-1, -1);
    else this.task.cancel();
  }

  get list(): readonly Version[] {
    return this.#session.segments.settings.versions ?? [];
  }

  /** Compares two; a later choice takes the place of one under way. */
  async choose(from: number, to: number): Promise<void> {
    [this.from, this.to] = [from, to];
    this.compared = null;
    this.task.cancel();
    const { features, segments } = this.#session;
    const { segmentation } = segments;
    const { table } = features;
    const [before, after] = [this.list[from] ?? null, this.list[to] ?? null];
    if (from === to || !table || !segmentation) return;
    const found = await this.task.run(async (options) => {
      const job = pageJob(options);
      const { compareVersions } = await rooms();
      const now = await this.#learn(table, job);
      return breathing(compareVersions({ before, after }, this.list, segmentation, now), job);
    });
    if (found) this.compared = found;
  }

  async save(name: string): Promise<void> {
    const { features, segments } = this.#session;
    const { segmentation, settings } = segments;
    const { table } = features;
    if (!table || !segmentation) return;
    const on = new Date().toISOString().slice(0, 10);
    const about = { name: this.#unused(name), on, features: features.settings };
    const pinned = pinnedMethod(settings, segmentation);
    const version = await this.task.run(async (options) => {
      const job = pageJob(options);
      const { noRoom, versionOf } = await rooms();
      const now = await this.#learn(table, job);
      const next = { customers: table.customers.length, ids: now.ids };
      const full = noRoom(this.list, next, segmentation.segments.length);
      if (full) return full;
      return breathing(versionOf(about, pinned, now, segmentation), job);
    });
    this.full = typeof version === 'string' ? version : null;
    if (typeof version !== 'object') return;
    const place = this.list.length;
    await this.#set(`Save version ${version.name}`, [...this.list, version]);
    await this.choose(place, -1); // the new one against what follows
  }

  async remove(place: number): Promise<void> {
    const version = this.list[place];
    const { without } = await rooms();
    if (!version || this.list[place] !== version) return;
    await this.#set(`Remove version ${version.name}`, without(this.list, place));
    await this.choose(-1, -1);
  }

  /** The segments are made again as they were decided then, and it is said whether they are the same. */
  async back(version: Version): Promise<void> {
    const session = this.#session;
    this.isOpen = false;
    const segments: SegmentSettings = { ...version.settings, versions: this.list };
    await session.adopt(`Back to version ${version.name}`, {
      ...session.history.current,
      features: version.features,
      segments,
    });
    const { segmentation } = session.segments;
    const { table } = session.features;
    if (!segmentation || !table || session.stale.length > 0) return;
    const found = await this.task.run(async (options) => {
      const job = pageJob(options);
      const { compareVersions } = await rooms();
      const now = await this.#learn(table, job);
      return breathing(
        compareVersions({ before: version, after: null }, this.list, segmentation, now),
        job,
      );
    });
    if (found) session.notice = `Version ${version.name} is back${backWords(found)}`;
  }

  /** Who the present customers are, learnt once. */
  async #learn(table: FeatureTable, job: Job): Promise<Now> {
    if (this.#now?.table !== table) {
      const { nowOf } = await rooms();
      this.#now = { table, now: await breathing(nowOf(table.customers), job) };
    }
    return this.#now.now;
  }

  /** A version is told by its name: the second of one name says so. */
  #unused(name: string): string {
    const taken = new Set(this.list.map((each) => each.name));
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name} (${number})`;
    return free;
  }

  #set(label: string, versions: readonly Version[]): Promise<void> {
    const { versions: _before, ...rest } = this.#session.segments.settings;
    const segments = { ...rest, ...(versions.length > 0 && { versions }) };
    return this.#session.change('segments', label, segments);
  }
}

function backWords(found: Compared): string {
  if ('unknown' in found) return ', on other customers than it was saved with.';
  const { both, moved, came, went } = found.change;
  const others =
    came + went > 0
      ? `, with ${count(came)} new customers and without ${count(went)} that it was saved with`
      : '';
  if (moved > 0)
    return `${others}, but ${plural(moved, 'customer')} are in other segments than when it was saved.`;
  return others
    ? `${others}; the other ${count(both)} are in the same segments as when it was saved.`
    : ': every customer is in the same segment as when it was saved.';
}
