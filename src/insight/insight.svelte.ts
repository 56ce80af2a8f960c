import type { Query } from '../db/query.ts';
import type { Service } from '../lib/job.ts';
import { Asking } from './ask/asking.svelte.ts';
import { Comparing } from './compare/comparing.svelte.ts';
import { Outcome } from './why/outcome.svelte.ts';
import { Finding } from './find/finding.svelte.ts';
import { Why } from './why/why.svelte.ts';
import type { InsightApi } from './worker-api.ts';

/** The insight stage: what a person learns from segments that are there. One member for each folder that has state. */
export class Insight {
  readonly why: Why;
  readonly outcome: Outcome;
  readonly asking: Asking;
  readonly comparing: Comparing;
  readonly finding: Finding;

  constructor(worker: Service<InsightApi>, query: Query) {
    this.why = new Why(worker);
    this.outcome = new Outcome(worker);
    this.asking = new Asking(worker, query);
    this.comparing = new Comparing(worker);
    this.finding = new Finding(query);
  }

  get tasks() {
    const { why, outcome, asking, comparing, finding } = this;
    const own = [why.task, why.oneTask, why.kindsTask];
    return [...own, outcome.task, asking.task, comparing.task, finding.task];
  }

  /** Other customers or other segments: nothing that was found holds for them. */
  clear(): void {
    this.why.clear();
    this.outcome.clear();
    this.asking.clear();
    this.comparing.clear();
    this.finding.clear();
  }
}
