import type { Job } from '../../lib/job.ts';
import { broken, JsonLists, type JsonList } from './json-lists.ts';
import { parseExact, RecordRows } from './json-rows.ts';
import { eachText } from './json-text.ts';
import { exactly, type Transcript } from './types.ts';

/** `{"id": [1, 2], "name": ["a", "b"]}`: columns rather than rows. Null where the document is no such thing. */
export async function columnLists(text: File, most: number, job: Job): Promise<Transcript | null> {
  const found = new Map<JsonList, unknown[]>();
  let cells = 0;
  const lists = new JsonLists(false, (source, list) => {
    if (!list) return;
    if (++cells > 5_000_000)
      throw broken('It holds columns instead of rows, and more than 5 million cells.');
    const own = found.get(list);
    if (own) own.push(parseExact(source));
    else found.set(list, [parseExact(source)]);
  });
  await eachText(text, job, (piece) => lists.push(piece));
  const columns = [...found];
  const length = columns[0]?.[1].length ?? 0;
  if (columns.length < 2 || columns.some(([, own]) => own.length !== length)) return null;
  const rows = new RecordRows(most);
  for (let r = 0; r < length; r++) {
    rows.take(
      Object.fromEntries(columns.map(([{ path }, own]) => [path.join('.'), own[r]])),
      r + 1,
    );
    await job.breathe();
  }
  return {
    ...rows.written(text.name),
    given: exactly,
    reason: 'A JSON file that holds a list for each column.',
    notes: rows.notes(),
  };
}
