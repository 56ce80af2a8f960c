import { unattended, type Job } from '../../lib/job.ts';
import { blockKeys, type Keys } from './keys.ts';
import { makeRecords } from './records.ts';
import type { Records } from './types.ts';
import type { TextRecords } from './worker-api.ts';

/** `makeRecords` and `blockKeys` in one go: what the worker does first. */
export async function normalise(
  { count, columns, country, sameMailbox }: TextRecords,
  job: Job = unattended,
): Promise<{ readonly records: Records; readonly keys: Keys }> {
  const records = await makeRecords(count, columns, { country, sameMailbox }, job);
  return { records, keys: await blockKeys(records, job) };
}
