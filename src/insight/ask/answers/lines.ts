import { amountWords, groupWords, lineLabel, linesWords } from '../say.ts';
import type { Ask, LineFilter } from '../types.ts';
import { nobody } from './customers.ts';
import { insideOf, type Ground } from './group.ts';
import { ratioOf, rowsIn, sum, taken, totalOf } from './numbers.ts';
import { answerOf, exact, figureOf, type Answer, type AnswerRow } from './types.ts';
import { changed, changeOf, INTERVAL, share, withInterval } from './words.ts';

type Of<K extends Ask['kind']> = Extract<Ask, { kind: K }>;

/** How much of a flow is on some lines, beside how many of the customers bought there. */
export async function lineShare(ask: Of<'line-share'>, ground: Ground): Promise<Answer> {
  const { subject, facts } = ground;
  const inside = await insideOf(ask.group, ground);
  const words = groupWords(ask.group, subject);
  const all = taken(await found(ask.within, ask, ground), inside);
  const some = taken(await found(ask.of, ask, ground), inside);
  const ratio = ratioOf(some, all);
  const named = ask.flow === 'spend' ? 'Spend' : 'Orders';
  if (!ratio) return answerOf(`There is no share to tell: ${named} of ${words} is not above 0.`);
  const figure = figureOf(ratio);
  const bought = await facts.bought(ask.of);
  const who = inside.map((is, r) => is & bought[r]!);
  const people = sum(who) / Math.max(1, sum(inside));
  const baseline = { value: people, words: `${share(people)} of them bought there` };
  const on = linesWords(ask.of, subject).trim();
  return answerOf(
    `${withInterval(figure, share)} of ${named}${linesWords(ask.within, subject)} of ${words} is ${on}; ${baseline.words}.`,
    {
      ...{ figure, baseline, unit: 'share', chart: 'rows', heads: [`Share of ${named}`] },
      rows: [
        {
          ...{
            label: lineLabel(ask.of, subject),
            segment: null,
            customers: sum(who),
            figures: [figure],
          },
          shown: [withInterval(figure, share)],
        },
      ],
      notes: [`The grey line is the share of the customers who bought there. ${INTERVAL}`],
      who: { inside: who, words: `${words} who bought ${on}` },
      order: rowsIn(who),
    },
  );
}

const found = async (
  lines: LineFilter,
  { flow }: Pick<Of<'line-share'>, 'flow'>,
  { facts }: Ground,
): Promise<Float64Array> => (await facts.flows(lines))[flow];

/** A flow on some lines beside the same on others, with the change from the first to the second. */
export async function versus(ask: Of<'versus'>, ground: Ground): Promise<Answer> {
  const { subject } = ground;
  const inside = await insideOf(ask.group, ground);
  const words = groupWords(ask.group, subject);
  if (sum(inside) === 0) return nobody(words);
  const it = (lines: LineFilter) => ({ is: 'flow', flow: ask.flow, lines }) as const;
  const who = new Uint8Array(inside.length);
  const sides: { row: AnswerRow; values: Float64Array }[] = [];
  for (const lines of ask.each) {
    const all = await found(lines, ask, ground);
    const values = taken(all, inside);
    for (let r = 0; r < who.length; r++) if (inside[r] === 1 && all[r] !== 0) who[r] = 1;
    const figure = figureOf(totalOf(values, inside.length));
    const label = lineLabel(lines, subject);
    const customers = values.reduce((n, value) => n + (value === 0 ? 0 : 1), 0);
    const shown = [withInterval(figure, (n) => amountWords(n, it(lines), subject))];
    sides.push({ row: { label, segment: null, customers, figures: [figure], shown }, values });
  }
  const [a, b] = sides as [(typeof sides)[0], (typeof sides)[0]]; // one for each of the two
  const ratio = ratioOf(b.values, a.values);
  const named = ask.flow === 'spend' ? 'Spend' : 'Orders';
  const ends = ask.each.flatMap(({ span }) =>
    span && subject.days && (span.from < subject.days.first || span.to > subject.days.asOf)
      ? [
          `There are orders from ${subject.days.first} to ${subject.days.asOf} only: ${span.words} is not whole.`,
        ]
      : [],
  );
  return answerOf(
    `${named} of ${words}: ${a.row.label} ${a.row.shown[0]}, ${b.row.label} ${b.row.shown[0]}${ratio ? `, ${withInterval(changeOf(ratio), changed)}` : ''}.`,
    {
      figure: ratio ? changeOf(ratio) : exact(sum(b.values) - sum(a.values)),
      ...{ rows: [a.row, b.row], heads: [named], chart: 'rows' },
      unit: ask.flow === 'spend' ? 'money' : 'count',
      notes: [...ends, INTERVAL],
      who: { inside: who, words },
      order: rowsIn(who),
    },
  );
}
