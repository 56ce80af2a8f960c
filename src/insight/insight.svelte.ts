import type { Query } from '../db/query.ts';
import type { Service } from '../lib/job.ts';
import { Asking } from './ask/asking.svelte.ts';
import { Why } from './why/why.svelte.ts';
import type { InsightApi } from './worker-api.ts';

/** The insight stage: what a person learns from segments that are there. One member for each folder that has state. */
export class Insight {
  readonly why: Why;
  readonly asking: Asking;

  constructor(worker: Service<InsightApi>, query: Query) {
    this.why = new Why(worker);
    this.asking = new Asking(query);
  }

  get tasks() {
    return [this.why.task, this.why.oneTask, this.why.kindsTask, this.asking.task];
  }

  /** Other customers or other segments: nothing that was found holds for them. */
  clear(): void {
    this.why.clear();
    this.asking.clear();
  }
}
