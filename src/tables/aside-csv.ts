import { textCell, type TextMode } from '../lib/csv-cell.ts';
import { unattended, type Job } from '../lib/job.ts';
import type { Aside } from './aside.ts';
import { reasonTitle } from './ledger.ts';
import type { SetAside } from './types.ts';

const PAGE = 500;
const LINE_END = '\r\n'; // RFC 4180
/** Of one record; the rest of a longer one is left out and the mark … stands for it. */
const MOST_BYTES = 16_000_000;

/**
 * The rows of these entries of the ledger as CSV: file (where there are several), line in it, reason, text as it stands there. In `safe` mode no text can become
 * a formula in a spreadsheet. Made of Blob parts, so that they never stand in memory as one text.
 */
export async function asideCsv(
  aside: Pick<Aside, 'page' | 'reachable' | 'place'>,
  { entries, mode }: { readonly entries: readonly SetAside[]; readonly mode: TextMode },
  job: Job = unattended,
): Promise<Blob> {
  const parts: Blob[] = [
    new Blob([mode === 'safe' ? '\ufeff' : '', `file,line,reason,text${LINE_END}`]),
  ];
  const total = entries.reduce((sum, entry) => sum + aside.reachable(entry), 0);
  let written = 0;
  for (const entry of entries) {
    const reason = textCell(reasonTitle(entry.reason), mode);
    for (let from = 0; from < aside.reachable(entry); from += PAGE) {
      const rows = await aside.page(entry, { from, count: PAGE, most: MOST_BYTES }, job);
      const lines = rows.map(({ line, text, whole, bytes }) => {
        const shown = whole || !bytes ? text : `${text}…`;
        const at = aside.place(line);
        const file = at.file === null ? '' : textCell(at.file, mode);
        return `${file},${at.line},${reason},${textCell(shown, mode)}${LINE_END}`;
      });
      parts.push(new Blob(lines));
      written += rows.length;
      job.progress('Writing the rows set aside', written, total);
      await job.breathe();
    }
  }
  return new Blob(parts, { type: 'text/csv;charset=utf-8' });
}
