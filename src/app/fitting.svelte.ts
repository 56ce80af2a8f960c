import type { Engine } from '../db/query.ts';
import type { Device, Estimate, Expected } from '../files/estimate.ts';
import type { Files, Learned } from '../files/files.svelte.ts';
import type { Offers, Portion } from '../files/fit.ts';
import type { Probe } from '../files/probe.ts';
import type { FilesSettings, SourceSettings } from '../files/types.ts';
import { limitBytes } from './engine.ts';

/** Below this a file fits on every device; looking at it would only take time. */
const SMALL = 60_000_000;

/** A file that does not fit, and what a person can do about it. */
type Asked = {
  readonly name: string;
  readonly whole: Estimate;
  readonly offers: Offers;
  readonly seen: Probe;
  readonly expected: Expected;
  readonly device: Device;
  readonly learned: Learned;
  readonly answer: (portion: Portion | null) => void;
};

/** Asks before anything is loaded that would not fit. */
export class Fitting {
  asked = $state.raw<Asked | null>(null);
  portion = $state.raw<Portion>({});
  /** Of the portion; null while it is found out. */
  part = $state.raw<Estimate | null>(null);
  readonly #engine: Engine;
  readonly #files: Files;

  constructor(engine: Engine, files: Files) {
    this.#engine = engine;
    this.#files = files;
  }

  /** The settings with portions where a person chose them; null where they chose not to load. */
  async fit(
    { sources }: FilesSettings,
    known: readonly SourceSettings[],
  ): Promise<FilesSettings | null> {
    let heldBytes: number | null = null;
    const fitted: SourceSettings[] = [];
    for (const source of sources) {
      const bytes = source.files.reduce(
        (sum, key) => sum + this.#files.given.get(key).file.size,
        0,
      );
      if (known.some(({ id }) => id === source.id) || bytes < SMALL) {
        fitted.push(source);
        continue;
      }
      const learned = await this.#files.learned(source);
      if (!learned) return null;
      const { probe } = await import('../files/probe.ts'); // like all below: only for a large file
      const { expectTables } = await import('../tables/expected.ts');
      const { estimate, MEASURED_RATE } = await import('../files/estimate.ts');
      const seen = await probe(learned.file, learned.opened, bytes / learned.file.size);
      const expected = expectTables(learned.opened, seen);
      heldBytes ??= await this.#engine.memory().catch(() => 0); // asked only for a large file: it waits for the engine
      const device: Device = { limitBytes: limitBytes(), heldBytes, bytesPerSecond: MEASURED_RATE };
      const whole = estimate(seen, expected, device);
      const portion =
        whole.verdict === 'too-big'
          ? await this.#ask({ name: learned.file.name, whole, seen, expected, device, learned })
          : {};
      if (portion === null) return null;
      heldBytes += whole.rawBytes;
      fitted.push(Object.keys(portion).length > 0 ? { ...source, portion } : source);
    }
    return { sources: fitted };
  }

  /** What a person chose so far; says what that takes. */
  async choose(portion: Portion): Promise<void> {
    const { asked } = this;
    if (!asked) return;
    this.portion = portion;
    this.part = null;
    const { planColumns } = await import('../tables/raw.ts');
    const { shareKept } = await import('../tables/share-kept.ts');
    const { columns } = planColumns(asked.learned.opened);
    const share = await shareKept(this.#engine.query, { seen: asked.seen, columns }, portion);
    const { estimatePortion } = await import('../files/fit.ts');
    if (this.portion === portion) this.part = estimatePortion(asked, portion, share.about);
  }

  async #ask(it: Omit<Asked, 'answer' | 'offers'>): Promise<Portion | null> {
    const { promise, resolve } = Promise.withResolvers<Portion | null>();
    const { offers } = await import('../files/fit.ts');
    this.asked = { ...it, offers: offers(it.seen, it.expected, it.device), answer: resolve };
    void this.choose({});
    try {
      return await promise;
    } finally {
      this.asked = null;
    }
  }
}
