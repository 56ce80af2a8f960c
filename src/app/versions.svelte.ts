import { plural } from '../lib/format.ts';
import { pinnedMethod } from '../project/recipe-of.ts';
import {
  idsDigest,
  labelsOf,
  noRoom,
  versionOf,
  type Version,
} from '../segments/hands/versions.ts';
import type { SegmentSettings } from '../segments/types.ts';
import type { Session } from './session.svelte.ts';

/** Segmentations saved under a name, in the recipe; saving, removing and bringing one back are decisions like others. */
export class Versions {
  isOpen = $state(false);
  readonly #session: Session;
  /** Of the present customers; counted when it is first asked for. */
  #now = $derived.by(() => {
    const customers = this.#session.features.table?.customers ?? [];
    return { customers: customers.length, ids: idsDigest(customers) };
  });

  constructor(session: Session) {
    this.#session = session;
  }

  get list(): readonly Version[] {
    return this.#session.segments.settings.versions ?? [];
  }

  get now() {
    return this.#now;
  }

  /** Why no other can be kept, in a sentence. */
  get full(): string | null {
    const groups = this.#session.segments.segmentation?.segments.length ?? 1;
    return noRoom(this.list, this.now.customers, groups);
  }

  save(name: string): void {
    const { features, segments } = this.#session;
    const { segmentation, settings } = segments;
    if (!features.table || !segmentation || this.full) return;
    const on = new Date().toISOString().slice(0, 10);
    const about = { name: this.#unused(name), on, features: features.settings };
    const pinned = pinnedMethod(settings, segmentation);
    const version = versionOf(about, pinned, features.table.customers, segmentation);
    this.#set(`Save version ${version.name}`, [...this.list, version]);
  }

  remove(place: number): void {
    const version = this.list[place];
    if (version) this.#set(`Remove version ${version.name}`, this.list.toSpliced(place, 1));
  }

  /** The segments are made again as they were decided then, and it is said whether they are the same. */
  async back(version: Version): Promise<void> {
    const session = this.#session;
    this.isOpen = false;
    const { views } = session.segments.settings;
    const segments: SegmentSettings = {
      ...version.settings,
      versions: this.list,
      ...(views && { views }),
    };
    await session.adopt(`Back to version ${version.name}`, {
      ...session.history.current,
      features: version.features,
      segments,
    });
    const { segmentation } = session.segments;
    if (!segmentation || session.stale.length > 0) return;
    const labels = labelsOf(version, this.now);
    const other = labels?.reduce((sum, label, r) => sum + +(segmentation.labels[r] !== label), 0);
    session.notice =
      other === undefined
        ? `Version ${version.name} is back, on other customers than it was saved with.`
        : other === 0
          ? `Version ${version.name} is back: every customer is in the same segment as when it was saved.`
          : `Version ${version.name} is back, but ${plural(other, 'customer')} are in other segments than when it was saved.`;
  }

  /** A version is told by its name: the second of one name says so. */
  #unused(name: string): string {
    const taken = new Set(this.list.map((each) => each.name));
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name} (${number})`;
    return free;
  }

  #set(label: string, versions: readonly Version[]): void {
    const { versions: _before, ...rest } = this.#session.segments.settings;
    const segments = { ...rest, ...(versions.length > 0 && { versions }) };
    void this.#session.change('segments', label, segments);
  }
}
