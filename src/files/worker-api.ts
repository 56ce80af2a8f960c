import type { Outcome } from '../lib/job.ts';
import type { OpenRequest, Part } from './formats/types.ts';
import type { Opened } from './open.ts';
import type { CountInput } from './scan.ts';
import type { Joined, Member } from './set.ts';
import type { Count } from './types.ts';

/** What the file worker can do. Files cross by reference; none of their bytes are copied. */
export type FileApi = {
  /** The tables inside a file: itself, its sheets, those of its members. */
  parts(file: File, port: MessagePort): Promise<Outcome<readonly Part[]>>;
  open(file: File, request: OpenRequest, port: MessagePort): Promise<Outcome<Opened>>;
  /** Files of the same shape as one text. */
  join(members: readonly [Member, ...Member[]], port: MessagePort): Promise<Outcome<Joined>>;
  count(input: CountInput, port: MessagePort): Promise<Outcome<Count>>;
  fingerprint(file: File, port: MessagePort): Promise<Outcome<string>>;
};
