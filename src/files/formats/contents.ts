import { unattended, type Job } from '../../lib/job.ts';
import { lookInside, type Inside } from './inside.ts';
import { jsonTables } from './json.ts';
import { MOST_BYTES } from './limits.ts';
import { ofArchive, ofWorkbook, type Contents, type Setting } from './members.ts';
import type { Part } from './types.ts';

/**
 * The tables of a file: of a plain one itself, of a workbook its sheets with cells, of an archive those of its members. Throws
 * file-empty, format-unsupported, archive-unsafe, file-unreadable.
 */
export async function listParts(file: File, job: Job = unattended): Promise<readonly Part[]> {
  const inside = await lookInside(file, MOST_BYTES, job);
  return (await contentsOf(inside, { name: file.name, most: MOST_BYTES, job })).parts;
}

export async function contentsOf(inside: Inside, { name, most, job }: Setting): Promise<Contents> {
  if (inside.kind === 'archive') return ofArchive(inside.entries, { name, most, job });
  if (inside.kind === 'workbook') return ofWorkbook(inside.book);
  const { format, file } = inside;
  if (format !== 'json')
    return { parts: [{ path: [], name, format, bytes: file.size }], notes: [] };
  const tables = await jsonTables(file, job);
  const some = tables.filter(({ objects, lists }) => objects + lists > 0);
  if (some.length < 2) return { parts: [{ path: [], name, format, bytes: file.size }], notes: [] };
  return {
    parts: some.map(({ path }) => ({ path, name: path.join('.'), format, bytes: file.size })),
    notes: [],
  };
}
