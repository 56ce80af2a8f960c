import type { Outcome } from '../lib/job.ts';
import type { SampleSpec, TableId } from './types.ts';

/** What the sample worker can do. */
export type SampleApi = {
  /** One table as a CSV Blob; a Blob crosses as a handle, not as bytes. */
  make(spec: SampleSpec, table: TableId, port: MessagePort): Promise<Outcome<Blob>>;
};
