import { TesseraError } from '../../lib/errors.ts';
import type { Job } from '../../lib/job.ts';
import { unreadKind } from '../guard.ts';
import { gunzip } from '../unpack.ts';
import { openArchive, type Entry } from './archive.ts';
import { detectFormat } from './detect.ts';
import type { TableFormat } from './types.ts';
import { openWorkbook, type Workbook } from './workbook.ts';

/** What is behind the packing: one table, a workbook, or an archive. */
export type Inside =
  | { readonly kind: 'table'; readonly file: File; readonly format: Exclude<TableFormat, 'excel'> }
  | { readonly kind: 'workbook'; readonly file: File; readonly book: Workbook }
  | { readonly kind: 'archive'; readonly entries: readonly Entry[] };

/**
 * Looks through gzip, and into a zip as far as telling a workbook from an archive. Throws file-empty, format-unsupported,
 * archive-unsafe, file-unreadable.
 */
export async function lookInside(file: File, most: number, job: Job, depth = 0): Promise<Inside> {
  if (file.size === 0) throw new TesseraError('file-empty', `${file.name} has 0 bytes.`);
  const head = new Uint8Array(await file.slice(0, 1_048_576).arrayBuffer());
  const format = detectFormat(head, file.name);
  if (format === 'gzip') {
    if (depth > 1)
      throw new TesseraError('format-unsupported', 'It is packed several times. Unpack it first.');
    return lookInside(await gunzip(file, most, job), most, job, depth + 1);
  }
  const words = unreadKind(head);
  if (words) throw new TesseraError('format-unsupported', words);
  if (format !== 'zip' && format !== 'excel') return { kind: 'table', file, format };
  const entries = await openArchive(file, job);
  const other = officeKind(entries);
  if (other === 'workbook') return { kind: 'workbook', file, book: await openWorkbook(entries) };
  if (other) throw new TesseraError('format-unsupported', other);
  return { kind: 'archive', entries };
}

/** Whether a zip is a workbook, or another document that is zipped: then in words what to export instead. */
function officeKind(entries: readonly Entry[]): 'workbook' | string | null {
  const has = (name: RegExp) =>
    entries.some((entry) => name.test(entry.name.replaceAll('\\', '/')));
  if (has(/(^|\/)workbook\.bin$/))
    return 'This is a binary Excel workbook (.xlsb). Save it as Excel Workbook (.xlsx).';
  if (has(/(^|\/)workbook\d*\.xml$/) && has(/^\/?(\[Content_Types\]\.xml|_rels\/\.rels|xl\/)/))
    return 'workbook';
  if (has(/^word\/document\.xml$/)) return 'This is a Word document. Save the table in it as CSV.';
  if (has(/^ppt\/presentation\.xml$/))
    return 'This is a presentation. Save the table in it as CSV.';
  if (has(/^META-INF\/manifest\.xml$/) && has(/^content\.xml$/))
    return 'This is an OpenDocument file (.ods). Save the table as Excel (.xlsx) or CSV.';
  if (has(/^Index\/.*\.iwa$/))
    return 'This is a Numbers document. Export it as Excel (.xlsx) or CSV.';
  return null;
}
