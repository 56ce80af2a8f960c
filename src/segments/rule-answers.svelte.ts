import type { Query } from '../db/query.ts';
import type { FeatureTable } from '../features/types.ts';
import { detail } from '../lib/errors.ts';
import type { TypedHolds } from './methods/rules.ts';
import type { SegmentRule } from './partition.ts';
import { typedHolds } from './rule-labels.ts';

type Answer = { readonly holds: Uint8Array } | { readonly fault: string };

/** What the database says of the conditions in SQL while rules are written: each text is asked once for one table. */
export class RuleAnswers {
  #answers = $state.raw<ReadonlyMap<string, Answer>>(new Map());
  #table: FeatureTable | null = null;
  #asking = new AbortController();
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  /** Asks what is not known yet; a later call takes the place of one under way. */
  async ask(table: FeatureTable, rules: readonly SegmentRule[]): Promise<void> {
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    if (this.#table !== table) this.#answers = new Map();
    this.#table = table;
    for (const { when } of rules) {
      if (!('sql' in when) || this.#answers.has(when.sql)) continue;
      const answer: Answer | null = await typedHolds(this.#query, table, when.sql, signal).then(
        (holds) => ({ holds }),
        (error: unknown) => (signal.aborted ? null : { fault: detail(error) }), // shown beside the rule
      );
      if (signal.aborted || !answer) return;
      this.#answers = new Map(this.#answers).set(when.sql, answer);
    }
  }

  typed(rules: readonly SegmentRule[]): TypedHolds {
    return rules.map((rule) => {
      const answer = this.#of(rule);
      return answer && 'holds' in answer ? answer.holds : null;
    });
  }

  faults(rules: readonly SegmentRule[]): readonly (string | null)[] {
    return rules.map((rule) => {
      const answer = this.#of(rule);
      return answer && 'fault' in answer ? answer.fault : null;
    });
  }

  #of({ when }: SegmentRule): Answer | undefined {
    return 'sql' in when ? this.#answers.get(when.sql) : undefined;
  }
}
