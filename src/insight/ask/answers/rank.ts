import { count } from '../../../lib/format.ts';
import { groupWords, measureWords, segmentWords } from '../say.ts';
import type { Ask } from '../types.ts';
import { nobody } from './customers.ts';
import { insideOf, type Ground } from './group.ts';
import { rowsIn } from './numbers.ts';
import { partsOf } from './parts.ts';
import { byValue, isYesNo, lineOf, scored, unitOf } from './statistics.ts';
import { answerOf, exact, type Answer, type AnswerRow, type Figure } from './types.ts';
import { gapNotesOf, INTERVAL, sayer } from './words.ts';

type Of<K extends Ask['kind']> = Extract<Ask, { kind: K }>;

export async function rank(ask: Of<'rank'>, ground: Ground): Promise<Answer> {
  const { subject, segmentation } = ground;
  const inside = await insideOf(ask.group, ground);
  const it = ask.score.is === 'measure' ? ask.score.measure : null;
  const parts = (await partsOf(ask.by, inside, it, ground)).filter(
    ({ segment, rows }) =>
      rows.length > 0 && (segment === null || !segmentation.segments[segment]!.rest),
  );
  if (parts.length === 0) return nobody(groupWords(ask.group, subject));
  const how = ask.score.is === 'measure' ? ask.score.statistic : 'total';
  const say = it ? sayer(it, how, subject) : (n: number) => count(n);
  const options = { everyone: inside.length, isYesNo: it !== null && isYesNo(it, ground), say };
  const all = parts
    .map((part) =>
      it
        ? scored(part, how, options)
        : lineOf(part.label, part.segment, exact(part.rows.length), say, part.rows.length),
    )
    .sort(byValue(ask.most));
  const rows = all.slice(0, ask.n);
  const [best, last, next] = [rows[0]!, rows.at(-1)!, all[ask.n]];
  const chosen = new Set(rows.map(({ label, segment }) => segment ?? label));
  const who = new Uint8Array(inside.length);
  for (const { label, segment, rows: own } of parts)
    if (chosen.has(segment ?? label)) for (const r of own) who[r] = 1;
  const named = it ? `${how} of ${measureWords(it, subject)}` : 'customers';
  const name = ({ label, segment }: AnswerRow) =>
    segment === null ? label : segmentWords(segment, subject);
  const close = next && overlaps(last.figures[0] ?? null, next.figures[0] ?? null);
  return answerOf(
    `${name(best)}: ${named} ${best.shown[0]}${all.length > 1 ? `; ${count(rows.length)} of ${count(all.length)} are shown` : ''}.`,
    {
      ...{
        figure: best.figures[0] ?? null,
        rows,
        heads: [named],
        chart: 'rows',
        unit: it ? unitOf(it, ground) : 'count',
      },
      notes: [
        ...(close
          ? [
              `${name(next)} with ${next.shown[0]} comes next, and the intervals overlap: the order may be chance.`,
            ]
          : []),
        ...(it ? [...gapNotesOf(it, ground), INTERVAL] : []),
      ],
      who: {
        inside: who,
        words: `customers of ${rows.length === 1 ? name(best) : `these ${rows.length}`}`,
      },
      order: rowsIn(who),
    },
  );
}

const overlaps = (a: Figure | null, b: Figure | null): boolean =>
  a !== null &&
  b !== null &&
  a.low !== null &&
  a.high !== null &&
  b.low !== null &&
  b.high !== null &&
  a.low <= b.high &&
  b.low <= a.high;
