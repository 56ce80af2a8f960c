import { unattended, type Job } from '../lib/job.ts';
import { mapLines, piece, type LineMap } from './lines.ts';
import { Passage } from './passage.ts';
import type { BadReason } from './tally.ts';
import { SHOWN_BYTES, textAt, type RecordText } from './record-at.ts';
import { LONGEST_RECORD } from './scan.ts';
import type { Count, OpenSource } from './types.ts';
import { textFrom } from './unread.ts';

const CHUNK = 4_194_304;
/** As in scan.ts: so often a quote that runs away is taken back. */
const MOST_REWINDS = 200;
const STRIDE = 5;
const codes: Record<BadReason, number> = {
  ragged: 0,
  'too-long': 1,
  'bad-quote': 2,
  'bad-encoding': 3,
  'bad-json': 4,
  misaligned: 5,
};
const reasons = Object.keys(codes) as BadReason[]; // in the order of the codes

/** Every record of a body that cannot be read, in the file's order, and a map of the body's lines. */
export type AsideIndex = {
  /** For each record: place in the list of reasons, physical line, how many lines it has, and its bytes [from, to). */
  readonly places: Float64Array;
} & LineMap;

export type AsidePlace = {
  readonly reason: BadReason;
  readonly line: number;
  readonly lines: number;
  readonly from: number;
  readonly to: number;
};

/** A record as it stands in the file. */
export type AsideRecord = AsidePlace & RecordText;

/** Records, and what is needed to tell one from the next. */
export type AsideBody = Pick<OpenSource, 'body' | 'dialect' | 'columns' | 'above'> &
  Partial<Pick<OpenSource, 'unreadAs'>>;

/**
 * Finds each single record in the stretches that the count cut out, and its line. O(bytes), one pass, never the whole in memory.
 * Throws RangeError where it finds other records than were counted.
 */
export async function indexAside(
  { body, dialect, columns, above, unreadAs = null }: AsideBody,
  { cuts, setAside, rowLines, kept }: Pick<Count, 'cuts' | 'setAside' | 'rowLines' | 'kept'>,
  job: Job = unattended,
): Promise<AsideIndex> {
  const asked = Float64Array.from({ length: cuts.length / 2 }, (_, i) => cuts[2 * i]!);
  const { starts, lines } = await mapLines(body, { above, asked }, job);
  const passage = new Passage(dialect, columns, { above, longest: LONGEST_RECORD, unreadAs });
  const { bad } = passage.found;
  const places: number[] = [];
  const read = reader(body);
  let rewinds = 0;
  for (let i = 0; i < asked.length; i++) {
    const to = cuts[2 * i + 1]!;
    const before = bad.length;
    passage.line = lines[i]! - 1;
    for (let next: number | null = cuts[2 * i]!; next !== null; rewinds++)
      next = await walk(passage, read, { from: next, to, mayRewind: rewinds < MOST_REWINDS });
    rewinds--; // the last walk over a stretch takes nothing back
    for (let at = before; at < bad.length; at++) {
      const { reason, line, ...bytes } = bad[at]!;
      const below = bad[at + 1]?.line ?? passage.line + 1;
      places.push(codes[reason], line, below - line, bytes.from, bytes.to);
    }
    job.progress('Finding the rows set aside', i + 1, asked.length);
    await job.breathe();
  }
  const counted = setAside.reduce((sum, { rows }) => sum + rows, 0);
  if (places.length !== STRIDE * counted)
    throw new RangeError(`${places.length / STRIDE} records in the cuts, ${counted} set aside`);
  return { places: Float64Array.from(places), above, starts, rowLines, kept };
}

type Read = (from: number, to: number) => Promise<Uint8Array>;

/** Walks on from `from`. Returns where to read again, or null at the end of the stretch. */
async function walk(
  passage: Passage,
  read: Read,
  it: { readonly from: number; readonly to: number; readonly mayRewind: boolean },
): Promise<number | null> {
  passage.startAt(it.from);
  for (let at = it.from; at < it.to; at += CHUNK) {
    const again = passage.take(await read(at, Math.min(it.to, at + CHUNK)), at, it.mayRewind);
    if (again !== null) return again;
  }
  return passage.end(it.to, it.mayRewind);
}

/** Reads up to a chunk at a time, and keeps it: most stretches are short and near the one before. */
function reader(body: Blob): Read {
  let start = 0;
  let kept = new Uint8Array();
  return async (from, to) => {
    if (from < start || to > start + kept.length) {
      start = from;
      kept = await piece(body, from, from + CHUNK);
    }
    return kept.subarray(from - start, to - start);
  };
}

/** How many records the index has. */
export const asideCount = ({ places }: AsideIndex): number => places.length / STRIDE;

/** The record at place `i` of the index. */
export function asideAt({ places }: AsideIndex, i: number): AsidePlace {
  const [reason = 0, line = 0, lines = 1, from = 0, to = 0] = places.subarray(STRIDE * i);
  return { reason: reasons[reason] ?? 'ragged', line, lines, from, to };
}

/** Places in the index of the records with one reason, in the file's order. */
export function placesOf(index: AsideIndex, reason: BadReason): readonly number[] {
  const found: number[] = [];
  for (let i = 0; i < asideCount(index); i++)
    if (index.places[STRIDE * i] === codes[reason]) found.push(i);
  return found;
}

/** The records at these places of the index, read from the body by ranges; of each no more than `most` bytes. */
export function asideRecords(
  body: Blob,
  index: AsideIndex,
  { places, most = SHOWN_BYTES }: { readonly places: readonly number[]; readonly most?: number },
): Promise<readonly AsideRecord[]> {
  return Promise.all(
    places.map(async (i) => {
      const place = asideAt(index, i);
      const text = { from: textFrom(place), end: place.to, to: place.to };
      return { ...place, ...(await textAt(body, text, most)) };
    }),
  );
}
