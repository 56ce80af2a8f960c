import type { Database } from '../db/query.ts';
import type { Progress } from '../lib/job.ts';
import type { Opened } from './open.ts';
import type { CountInput } from './scan.ts';
import type { Count, OpenSource } from './types.ts';

/** The passes over a file that the worker makes. */
export type Passes = {
  count(input: CountInput, onProgress: (progress: Progress) => void): Promise<Count>;
  fingerprint(file: File): Promise<string>;
};

/** Registers the records of an opened file with the database and starts to count them, which goes on while the database reads. */
export async function openSource(
  file: File,
  opened: Opened,
  { db, passes }: { readonly db: Database; readonly passes: Passes },
): Promise<OpenSource> {
  const { dialect, confidence, reason, headers, columns, sample, offset, above, blankAbove } =
    opened;
  const text = opened.copy ?? file;
  const body = new File([text.slice(offset)], file.name, { lastModified: file.lastModified });
  let listener: (progress: Progress) => void = () => {};
  const input: CountInput = { text, offset, marks: dialect, columns, above, blankAbove };
  const counted = passes.count(input, (progress) => listener(progress));
  const scan = counted.then(async ({ records, lines, blankLines }) => {
    const sha256 = await passes.fingerprint(file);
    return { sha256, records, lines, blankLines };
  });
  // Whoever awaits them is told; a source that nobody reads must not end in an unhandled rejection
  counted.catch(() => {});
  scan.catch(() => {});
  const path = await db.register(body); // may have to wait for the database to start: the count runs meanwhile
  return {
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
    body,
    columns,
    sample,
  };
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
