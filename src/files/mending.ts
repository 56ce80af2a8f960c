import { unattended, type Job } from '../lib/job.ts';
import { indexAside, type AsideBody, type AsideIndex } from './aside.ts';
import { mendBody } from './mend-body.ts';
import type { CountInput } from './scan.ts';
import type { Count, Mend, Mended } from './types.ts';

/** Records as they stand in a file, counted, with an index of those set aside: all that mending them again needs. */
export type Indexed = { readonly count: Count; readonly index: AsideIndex };

export type MendOptions = {
  readonly count: (input: CountInput) => Promise<Count>;
  /** Of the records as they stand in the file. */
  readonly input: CountInput;
  readonly mends?: readonly Mend[];
  /** Of those records, where the caller has it: spares two passes over them. */
  readonly indexed?: Indexed;
  readonly job?: Job;
};

/**
 * The body with its mends made, and its count. Without mends that is the body as it is, and its count runs on; with them it is
 * counted first, since a mend has to find its record. Lines are those of the file in both.
 */
export async function mendRecords(
  original: AsideBody,
  { count, input, mends = [], indexed, job = unattended }: MendOptions,
): Promise<{
  readonly body: File;
  readonly mended: Mended | null;
  readonly counted: Promise<Count>;
}> {
  const { body, dialect: marks, columns } = original;
  if (mends.length === 0) return { body, mended: null, counted: count(input) };
  const found = indexed?.count ?? (await count(input));
  const index = indexed?.index ?? (await indexAside(original, found, job));
  const done = await mendBody({ body, count: found, index }, { mends, marks, columns });
  return { body: done.body, mended: done.mended, counted: Promise.resolve(done.count) };
}
