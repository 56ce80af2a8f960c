import type { Outcome } from '../../lib/job.ts';
import type { Keys } from './keys.ts';
import type { TextColumn } from './records.ts';
import type { ResolveOptions } from './resolve.ts';
import type { Country, Pairs, Records, Resolution } from './types.ts';

export type TextRecords = {
  readonly count: number;
  readonly columns: readonly TextColumn[];
  readonly country: Country;
  readonly sameMailbox: boolean;
};

/** What the people worker can do. It keeps nothing between calls. */
export type PeopleApi = {
  /** Texts as they are compared, and the keys by which the database pairs them. */
  normalise(
    input: TextRecords,
    port: MessagePort,
  ): Promise<Outcome<{ readonly records: Records; readonly keys: Keys }>>;
  resolve(
    input: { readonly records: Records; readonly pairs: Pairs; readonly options: ResolveOptions },
    port: MessagePort,
  ): Promise<Outcome<Resolution>>;
};
