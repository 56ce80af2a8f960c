import { conditionTest, type RuleInput } from '../../segments/methods/rules.ts';
import type { Condition } from '../../segments/partition.ts';

/** [customers]; 1 where all conditions hold. */
export function rowsOf(input: RuleInput, all: readonly Condition[]): Uint8Array<ArrayBuffer> {
  const tests = all.map((condition) => conditionTest(condition, input));
  return Uint8Array.from({ length: input.raw.rows }, (_, row) =>
    tests.every((test) => test(row)) ? 1 : 0,
  );
}
