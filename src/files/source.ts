import type { Database } from '../db/query.ts';
import type { Progress } from '../lib/job.ts';
import type { Opened } from './open.ts';
import type { ScanInput } from './scan.ts';
import type { FullScan, OpenSource } from './types.ts';

/** Registers the records of an opened file with the database and starts the scan, which runs while the database reads. */
export async function openSource(
  file: File,
  opened: Opened,
  with_: {
    readonly db: Database;
    readonly scan: (
      input: ScanInput,
      onProgress: (progress: Progress) => void,
    ) => Promise<FullScan>;
  },
): Promise<OpenSource> {
  const { dialect, confidence, reason, headers, columns, sample, offset } = opened;
  const text = opened.copy ?? file;
  const body = new File([text.slice(offset)], file.name, { lastModified: file.lastModified });
  const path = await with_.db.register(body);
  let listener: (progress: Progress) => void = () => {};
  const input: ScanInput = {
    original: file,
    copy: opened.copy,
    offset,
    marks: dialect,
    columns,
    above: opened.above,
    blankAbove: opened.blankAbove,
  };
  const scan = with_.scan(input, (progress) => listener(progress));
  scan.catch(() => {}); // whoever awaits it is told; a source that nobody reads must not end in an unhandled rejection
  return {
    name: file.name,
    bytes: file.size,
    dialect,
    confidence,
    reason,
    headers,
    path,
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
