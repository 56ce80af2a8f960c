import type { Outcome } from '../lib/job.ts';
import type { Opened } from './open.ts';
import type { ScanInput } from './scan.ts';
import type { Dialect, FullScan } from './types.ts';

/** What the file worker can do. Files cross by reference; none of their bytes are copied. */
export type FileApi = {
  open(file: File, given: Partial<Dialect>, port: MessagePort): Promise<Outcome<Opened>>;
  scan(input: ScanInput, port: MessagePort): Promise<Outcome<FullScan>>;
};
