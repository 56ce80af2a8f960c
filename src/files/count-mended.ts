import { asideAt, asideCount, asideRecords, type AsideIndex } from './aside.ts';
import type { Count } from './types.ts';

const SHOWN = 100;
const SHOWN_BYTES = 400;

/** A record that was replaced: its line, its old bytes [from, to), and how many bytes stand there now. */
export type Change = {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly size: number;
  /** Whether it was set aside, or was kept with fewer cells than columns. */
  readonly isAside: boolean;
  readonly wasShort: boolean;
  /** Whether its new text has line breaks, of a kind that is not known. */
  readonly breaks: boolean;
};

/** The count of a body in which each change, in order, made one record that can be read with all its cells. O(records set aside). */
export async function countMended(
  {
    body,
    count,
    index,
  }: { readonly body: Blob; readonly count: Count; readonly index: AsideIndex },
  changes: readonly Change[],
): Promise<Count> {
  const back = changes.filter(({ isAside }) => isAside).map(({ line }) => line);
  const taken = new Set(back);
  const left = Array.from({ length: asideCount(index) }, (_, i) => i).filter(
    (i) => !taken.has(asideAt(index, i).line),
  );
  return {
    ...count,
    kept: count.kept + back.length,
    short: count.short - changes.filter(({ wasShort }) => wasShort).length,
    mixedBreaks: count.mixedBreaks || changes.some(({ breaks }) => breaks),
    setAside: await setAside(body, count, { index, left }),
    cuts: cutsOf(index, left, changes),
    rowLines: rowLinesWith(count, back),
  };
}

async function setAside(
  body: Blob,
  count: Count,
  { index, left }: { readonly index: AsideIndex; readonly left: readonly number[] },
): Promise<Count['setAside']> {
  const entries = await Promise.all(
    count.setAside.map(async ({ reason, rows, sample }) => {
      const places = left.filter((i) => asideAt(index, i).reason === reason);
      if (places.length === rows) return { reason, rows, sample };
      const shown = { places: places.slice(0, SHOWN), most: SHOWN_BYTES };
      const records = await asideRecords(body, index, shown);
      const again = records.map(({ line, text, whole }) => ({
        line,
        text: whole ? text : `${text}…`,
      }));
      return { reason, rows: places.length, sample: again };
    }),
  );
  return entries.filter(({ rows }) => rows > 0);
}

/** The records that are still set aside, where they stand now. */
function cutsOf(
  index: AsideIndex,
  left: readonly number[],
  changes: readonly Change[],
): Float64Array<ArrayBuffer> {
  const cuts: number[] = [];
  let shift = 0;
  let passed = 0;
  for (const i of left) {
    const { from, to } = asideAt(index, i);
    for (; passed < changes.length && changes[passed]!.from < from; passed++) {
      const change = changes[passed]!;
      shift += change.size - (change.to - change.from);
    }
    if (cuts.at(-1) === from + shift) cuts[cuts.length - 1] = to + shift;
    else cuts.push(from + shift, to + shift);
  }
  return Float64Array.from(cuts);
}

/** Pairs [kept record, line] with the records that start on the lines `back`, ascending, among the kept ones. */
function rowLinesWith(
  { rowLines, kept }: Pick<Count, 'rowLines' | 'kept'>,
  back: readonly number[],
): Float64Array<ArrayBuffer> {
  const runs = back.map((line) => ({ line, records: 1 }));
  for (let i = 0; i < rowLines.length; i += 2)
    runs.push({ line: rowLines[i + 1]!, records: (rowLines[i + 2] ?? kept + 1) - rowLines[i]! });
  const pairs: number[] = [];
  let record = 1;
  for (const { line, records } of runs.sort((a, b) => a.line - b.line)) {
    if (pairs.length === 0 || line - record !== pairs.at(-1)! - pairs.at(-2)!)
      pairs.push(record, line);
    record += records;
  }
  return Float64Array.from(pairs);
}
