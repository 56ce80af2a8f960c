import type { Outcome } from '../lib/job.ts';
import type { Opened } from './open.ts';
import type { CountInput } from './scan.ts';
import type { Count, Dialect } from './types.ts';

/** What the file worker can do. Files cross by reference; none of their bytes are copied. */
export type FileApi = {
  open(file: File, given: Partial<Dialect>, port: MessagePort): Promise<Outcome<Opened>>;
  count(input: CountInput, port: MessagePort): Promise<Outcome<Count>>;
  fingerprint(file: File, port: MessagePort): Promise<Outcome<string>>;
};
