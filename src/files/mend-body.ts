import { asideAt, asideCount, type AsideIndex, type AsidePlace } from './aside.ts';
import { countMended } from './count-mended.ts';
import type { Stretch } from './lines.ts';
import { addMends, breaksIn, cellsOf, checkMend, KEPT_OF_OLD } from './mend.ts';
import { recordsAt, textAt } from './record-at.ts';
import type { Marks } from './split.ts';
import type { Count, Mend, Mended } from './types.ts';
import { textFrom } from './unread.ts';

export type Mending = {
  readonly mends: readonly Mend[];
  readonly marks: Marks;
  readonly columns: number;
};

/** A mend and the record that it is for: how many lines it stands on, and whether it is set aside. */
type Found = {
  readonly mend: Mend;
  readonly at:
    | (Stretch & { readonly lines: number; readonly isAside: boolean; readonly textFrom: number })
    | null;
};

/** A mend that is made, with the line break behind it and how often that comes again: once for each line that is left over. */
type Made = {
  readonly mend: Mend;
  readonly at: NonNullable<Found['at']>;
  readonly lineBreak: Blob;
  readonly left: number;
  /** Whether the record that was there had fewer cells than columns. */
  readonly wasShort: boolean;
};

/**
 * The body with the mended records in place of those on the same lines: slices of it and the new texts, nothing else is copied. Lines
 * that a mend has no use for become blank, so that every other record stays on its line. The count is put together from that of the
 * body: each mend takes one record back, whatever quotes stand around it. A mend that cannot be read, or whose record is another
 * one now, is not made and says why.
 */
export async function mendBody(
  {
    body,
    count,
    index,
  }: { readonly body: File; readonly count: Count; readonly index: AsideIndex },
  it: Mending,
): Promise<{ readonly body: File; readonly mended: Mended; readonly count: Count }> {
  const refused: Mended['refused'][number][] = [];
  const made: Made[] = [];
  for (const { mend, at } of await findRecords(body, index, it)) {
    const before = made.at(-1)?.at.to ?? 0;
    const old = at ? (await textAt(body, { ...at, from: at.textFrom })).text : '';
    const why = at ? whyNot(mend, { ...at, old, before }, it) : 'No record starts on this line.';
    if (!at || why !== null) refused.push({ mend, why: why ?? '' });
    else {
      const left = at.lines - 1 - breaksIn(mend.text);
      const wasShort = !at.isAside && (cellsOf(old, it.marks)?.length ?? 0) < it.columns;
      made.push({ mend, at, left, wasShort, lineBreak: await breakOf(body, at, left) });
    }
  }
  const mended = { original: body, taken: made.map(({ mend }) => mend), refused };
  if (made.length === 0) return { body, mended, count };
  const parts: BlobPart[] = [];
  let from = 0;
  for (const { mend, at, lineBreak, left } of made) {
    parts.push(body.slice(from, at.from), mend.text, lineBreak);
    for (let n = 0; n < left; n++) parts.push(lineBreak);
    from = at.to;
  }
  parts.push(body.slice(from));
  return {
    body: new File(parts, body.name, { lastModified: body.lastModified }),
    mended,
    count: await countMended({ body, count, index }, made.map(changeOf)),
  };
}

/** What a mend does to the count. */
function changeOf({
  mend,
  at,
  lineBreak,
  left,
  wasShort,
}: Made): Parameters<typeof countMended>[1][number] {
  const size = new TextEncoder().encode(mend.text).length + (1 + left) * lineBreak.size;
  const { from, to, isAside } = at;
  return { line: mend.line, from, to, size, isAside, wasShort, breaks: breaksIn(mend.text) > 0 };
}

/** Where each mend's record stands: among those set aside, else the one that starts on its line. In the file's order. */
async function findRecords(
  body: File,
  index: AsideIndex,
  { mends, marks }: Mending,
): Promise<readonly Found[]> {
  const aside = new Map<number, AsidePlace>();
  for (let i = 0; i < asideCount(index); i++) {
    const place = asideAt(index, i);
    aside.set(place.line, place);
  }
  const ordered = addMends([], mends);
  const others = ordered.map(({ line }) => line).filter((line) => !aside.has(line));
  const kept = await recordsAt(body, index, { marks, lines: others });
  return Promise.all(
    ordered.map(async (mend): Promise<Found> => {
      const place = aside.get(mend.line);
      if (place)
        return { mend, at: { ...place, end: place.to, isAside: true, textFrom: textFrom(place) } };
      const at = kept[others.indexOf(mend.line)];
      if (!at) return { mend, at: null };
      const { text } = await textAt(body, at);
      return { mend, at: { ...at, lines: breaksIn(text) + 1, isAside: false, textFrom: at.from } };
    }),
  );
}

function whyNot(
  mend: Mend,
  at: {
    readonly from: number;
    readonly lines: number;
    readonly old: string;
    readonly before: number;
  },
  { marks, columns }: Mending,
): string | null {
  if (at.from < at.before || at.old.slice(0, KEPT_OF_OLD) !== mend.was)
    return 'Another record stands on this line now, so it was left as it is.';
  return checkMend(mend.text, marks, { columns, lines: at.lines });
}

/** The line break at the end of a record; a new one where the file ends without and lines are left over. */
async function breakOf(body: File, { from, to }: Stretch, left: number): Promise<Blob> {
  const start = Math.max(from, to - 2);
  const { bytes } = await textAt(body, { from: start, end: to, to });
  const found = body.slice(start + bytes.length, to);
  return found.size === 0 && left > 0 ? new Blob(['\n']) : found;
}
