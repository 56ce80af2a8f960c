import type { Database } from '../db/query.ts';
import type { Job, Progress } from '../lib/job.ts';
import { withExtras } from './extras.ts';
import { mendRecords, type Indexed } from './mending.ts';
import type { Opened } from './open.ts';
import type { CountInput } from './scan.ts';
import { joinBodies, type Joined, type Member } from './set.ts';
import type { Count, Mend, OpenSource } from './types.ts';

/** The passes over a file that the worker makes. */
export type Passes = {
  count(input: CountInput, onProgress: (progress: Progress) => void): Promise<Count>;
  fingerprint(file: File): Promise<string>;
};

export type SourceOptions = {
  /** Of the table that it becomes: `t1`. */
  readonly id: string;
  readonly db: Database;
  readonly passes: Passes;
  readonly mends?: readonly Mend[];
  /** The records as they stand in the file, where the caller has them counted: spares two passes when there are mends. */
  readonly indexed?: Indexed;
  /** Several files as one, where the caller had them joined in the worker. */
  readonly joined?: Joined;
  readonly job?: Job;
};

/**
 * Registers the records of opened files, one below the other, with the database and starts to count them, which goes on while the
 * database reads. With `mends` they are counted first, since a mend has to find its record. Several files must be of the same shape
 * (`sameShape`). Throws RangeError where there is none, or one that was not opened.
 */
export async function openSource(
  files: readonly File[],
  openeds: readonly Opened[],
  it: SourceOptions,
): Promise<OpenSource> {
  const { db, passes } = it;
  const { file, opened, pieces } = await onlyOne(files, openeds, it);
  const { dialect, columns, offset, above, blankAbove, unreadAs, fileLines } = opened;
  const text = opened.copy ?? file;
  const original = new File([text.slice(offset)], file.name, { lastModified: file.lastModified });
  let listener: (progress: Progress) => void = () => {};
  const count = (input: CountInput) => passes.count(input, (progress) => listener(progress));
  const input: CountInput = {
    text,
    offset,
    marks: dialect,
    columns,
    above,
    blankAbove,
    unreadAs,
  };
  const mending = { ...it, count, input };
  const made = await mendRecords({ body: original, dialect, columns, above, unreadAs }, mending);
  const counted = made.counted.then((found) => withExtras(found, opened.extras));
  const scan = counted.then(async ({ records, lines, blankLines }) => {
    const sha256 = await passes.fingerprint(file);
    return { sha256, records, lines, blankLines };
  });
  // Whoever awaits them is told; a source that nobody reads must not end in an unhandled rejection
  counted.catch(() => {});
  scan.catch(() => {});
  const path = await db.register(made.body); // may have to wait for the database to start: the count runs meanwhile
  const { confidence, reason, headers, sample, notes } = opened;
  return {
    id: it.id,
    name: file.name,
    bytes: file.size,
    dialect,
    confidence,
    reason,
    headers,
    path,
    counted,
    scan,
    counting: (next) => void (listener = next),
    body: made.body,
    columns,
    above,
    mended: made.mended,
    pieces,
    fileLines,
    unreadAs,
    notes,
    sample,
  };
}

/** Several files as one. Its bytes are theirs, one behind the other. */
async function onlyOne(
  files: readonly File[],
  openeds: readonly Opened[],
  { joined, job }: Pick<SourceOptions, 'joined' | 'job'>,
): Promise<Member & Pick<OpenSource, 'pieces'>> {
  const [first, ...rest] = files.map((file, i): Member => {
    const opened = openeds[i];
    if (!opened) throw new RangeError(`${file.name} was not opened`);
    return { file, opened };
  });
  if (!first) throw new RangeError('a source needs a file');
  if (rest.length === 0) return { ...first, pieces: [] };
  const { opened, pieces } = joined ?? (await joinBodies([first, ...rest], job));
  const name = `${first.file.name} and ${rest.length} more`;
  const { lastModified } = first.file;
  return { file: new File([...files], name, { lastModified }), opened, pieces };
}

/** The body without the records that cannot be read: slices of it, put together without reading a byte. */
export function withoutCuts(body: File, cuts: Float64Array): File {
  const kept: Blob[] = [];
  let from = 0;
  for (let i = 0; i < cuts.length; i += 2) {
    if (cuts[i]! > from) kept.push(body.slice(from, cuts[i]!));
    from = cuts[i + 1]!;
  }
  if (from < body.size) kept.push(body.slice(from));
  return new File(kept, body.name, { lastModified: body.lastModified });
}
