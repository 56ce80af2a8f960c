import type { Outcome } from '../lib/job.ts';
import type { RuleInput } from '../segments/methods/rules.ts';
import type { SegmentInput } from '../segments/profile.ts';
import type { OutcomeDrivers, OutcomeOptions } from './why/outcome-drivers.ts';
import type { FeatureTable } from '../features/types.ts';
import type { Answer } from './ask/answers/types.ts';
import type { Ground } from './ask/answers/group.ts';
import type { Ask } from './ask/types.ts';
import type { Comparison } from './compare/compare.ts';
import type { Who } from './who.ts';
import type { FoundRule, RuleOptions } from './why/segment-rules.ts';
import type { SubgroupOptions, Subgroups } from './why/subgroups.ts';

export type TableInput = Pick<SegmentInput, 'features' | 'raw' | 'scaled' | 'scaledFrom'>;

/** What the insight worker can do. Both sides are checked against this one type. */
export type InsightApi = {
  /** A short rule for each segment; null where there are too few customers for one. */
  segmentRules(
    input: RuleInput,
    labels: Int32Array,
    options: RuleOptions,
    port: MessagePort,
  ): Promise<Outcome<readonly (FoundRule | null)[]>>;
  /** What goes with an outcome, and how much of it. */
  outcomeDrivers(
    table: TableInput,
    options: OutcomeOptions,
    port: MessagePort,
  ): Promise<Outcome<OutcomeDrivers>>;
  /** Customers whose outcome differs from all others'. */
  subgroups(
    table: TableInput,
    options: SubgroupOptions,
    port: MessagePort,
  ): Promise<Outcome<Subgroups>>;
  /** What a question comes to; the order lines are asked of the page over `facts` (`ask/told.ts`). */
  answer(
    ask: Ask,
    ground: Omit<Ground, 'facts' | 'job'>,
    facts: MessagePort,
    port: MessagePort,
  ): Promise<Outcome<Answer>>;
  /** Any two selections feature by feature. */
  compare(
    table: Pick<FeatureTable, 'features' | 'raw'>,
    a: Who,
    b: Who,
    port: MessagePort,
  ): Promise<Outcome<Comparison>>;
};
