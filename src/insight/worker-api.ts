import type { Outcome } from '../lib/job.ts';
import type { RuleInput } from '../segments/methods/rules.ts';
import type { FoundRule, RuleOptions } from './why/segment-rules.ts';

/** What the insight worker can do. Both sides are checked against this one type. */
export type InsightApi = {
  /** A short rule for each segment; null where there are too few customers for one. */
  segmentRules(
    input: RuleInput,
    labels: Int32Array,
    options: RuleOptions,
    port: MessagePort,
  ): Promise<Outcome<readonly (FoundRule | null)[]>>;
};
