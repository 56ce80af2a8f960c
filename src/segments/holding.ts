import { unattended, type Job } from '../lib/job.ts';
import { conditionTest, type RuleInput } from './methods/rules.ts';
import type { Condition } from './partition.ts';

/**
 * [customers]; 1 where all conditions of one of `anyOf` hold. Throws `TesseraError` features-missing where one cannot be asked.
 * O(customers · conditions).
 */
export async function holding(
  input: RuleInput,
  anyOf: readonly (readonly Condition[])[],
  job: Job = unattended,
): Promise<Uint8Array<ArrayBuffer>> {
  const tests = anyOf.map((all) => all.map((condition) => conditionTest(condition, input)));
  const inside = new Uint8Array(input.raw.rows);
  for (let row = 0; row < inside.length; row++) {
    if (row % 16_384 === 0) await job.breathe();
    inside[row] = Number(tests.some((all) => all.every((test) => test(row))));
  }
  return inside;
}
