import type { Service } from '../lib/job.ts';
import { Why } from './why/why.svelte.ts';
import type { InsightApi } from './worker-api.ts';

/** The insight stage: what a person learns from segments that are there. One member for each folder that has state. */
export class Insight {
  readonly why: Why;

  constructor(worker: Service<InsightApi>) {
    this.why = new Why(worker);
  }

  get tasks() {
    return [this.why.task, this.why.oneTask, this.why.kindsTask];
  }

  /** Other customers or other segments: nothing that was found holds for them. */
  clear(): void {
    this.why.clear();
  }
}
