import { count, plural } from '../../../lib/format.ts';
import { inSpan } from '../line-filter.ts';
import { measureWords, segmentWords, spanWords } from '../say.ts';
import type { Ask, SegmentTest } from '../types.ts';
import { insideOf, valuesOf, type Ground } from './group.ts';
import { differenceOf, ratioOf, rowsIn, statisticOf, taken } from './numbers.ts';
import { partsOf, type Part } from './parts.ts';
import { first, isYesNo, lineOf, scored, unitOf } from './statistics.ts';
import { answerOf, exact, type Answer, type AnswerRow, type Figure } from './types.ts';
import { changed, changeOf, gapNotesOf, INTERVAL, sayer } from './words.ts';

type Of<K extends Ask['kind']> = Extract<Ask, { kind: K }>;

export async function segments(ask: Of<'segments'>, ground: Ground): Promise<Answer> {
  const { subject, segmentation } = ground;
  const inside = await insideOf(ask.group, ground);
  const measure = 'measure' in ask.test ? ask.test.measure : null;
  const parts = await partsOf('segment', inside, measure, ground);
  const tested = await testAll(ask.test, parts, inside, ground);
  const real = tested.rows.filter(
    ({ segment }) => segment !== null && !segmentation.segments[segment]!.rest,
  );
  const met = real.filter(({ isMet }) => isMet);
  const rows = ask.test.is === 'all' ? real : [...met, ...real.filter(({ isMet }) => !isMet)];
  const kept = new Set(met.map(({ segment }) => segment));
  const who = inside.map((is, r) => (is === 1 && kept.has(segmentation.labels[r]!) ? 1 : 0));
  const names = met.map(({ segment }) => segmentWords(segment!, subject)).join(', ');
  const sentence =
    met.length === 0
      ? `None of ${plural(real.length, 'segment')}.`
      : `${count(met.length)} of ${plural(real.length, 'segment')}: ${names}.`;
  return answerOf(sentence, {
    ...{ rows, heads: [tested.head], chart: 'rows', unit: tested.unit, baseline: tested.baseline },
    figure: exact(met.length),
    notes: tested.notes,
    who: { inside: who, words: met.length === 0 ? 'nobody' : `customers of ${names}` },
    order: rowsIn(who),
  });
}

type Tested = {
  readonly rows: readonly AnswerRow[];
  readonly head: string;
  readonly unit: Answer['unit'];
  readonly baseline: Answer['baseline'];
  readonly notes: readonly string[];
};

async function testAll(
  test: SegmentTest,
  parts: readonly Part[],
  inside: Uint8Array,
  ground: Ground,
): Promise<Tested> {
  const { subject, facts } = ground;
  const line = (
    part: Part,
    figure: Figure | null,
    say: (n: number) => string,
    isMet: boolean,
  ): AnswerRow => ({
    ...lineOf(part.label, part.segment, figure, say, part.rows.length),
    isMet: isMet && part.rows.length > 0,
  });
  const base = { unit: 'number' as const, baseline: null };
  const size = (part: Part) => exact(part.rows.length);
  if (test.is === 'all')
    return {
      ...base,
      unit: 'count',
      head: 'Customers',
      notes: [],
      rows: parts.map((part) => line(part, size(part), count, true)),
    };
  if (test.is === 'size')
    return {
      ...base,
      unit: 'count',
      head: 'Customers',
      notes: [],
      rows: parts.map((part) =>
        line(part, size(part), count, holds(part.rows.length, test.than, test.value)),
      ),
    };
  if (test.is === 'change') {
    const { flow, early, late } = test.change;
    const [before, after] = [
      (await facts.flows(inSpan(early)))[flow],
      (await facts.flows(inSpan(late)))[flow],
    ];
    const rows = parts.map((part) => {
      const ratio = ratioOf(
        Float64Array.from(part.rows, (r) => after[r]!),
        Float64Array.from(part.rows, (r) => before[r]!),
      );
      const figure = ratio && changeOf(ratio);
      const isMet =
        figure !== null && (test.direction === 'falling' ? figure.high < 0 : figure.low > 0);
      return line(part, figure, changed, isMet);
    });
    const all = ratioOf(taken(after, inside), taken(before, inside));
    return {
      ...{ rows, head: `Change of ${flow}`, unit: 'share' },
      baseline: all && {
        value: all.value - 1,
        words: `${changed(all.value - 1)} over all of them`,
      },
      notes: [
        `${spanWords(late)} against ${early.words}; ${test.direction} where the whole 95 % interval is ${test.direction === 'falling' ? 'below' : 'above'} 0. Each segment is tested by itself: of twenty without any change, one would be listed by chance.`,
        'A season may do the same: nothing here is compared with the year before.',
      ],
    };
  }
  const named = measureWords(test.measure, subject);
  if (test.is === 'number') {
    const say = sayer(test.measure, test.statistic, subject);
    const options = { everyone: inside.length, isYesNo: isYesNo(test.measure, ground), say };
    const rows = parts.map((part) => {
      const row = scored(part, test.statistic, options);
      return { ...row, isMet: row.figures[0] !== null && holds(first(row), test.than, test.value) };
    });
    const unsure = rows.filter(
      ({ figures: [own] }) =>
        own &&
        own.low !== null &&
        own.high !== null &&
        own.low <= test.value &&
        own.high >= test.value,
    );
    return {
      ...{ rows, head: `${test.statistic} of ${named}`, unit: unitOf(test.measure, ground) },
      baseline: { value: test.value, words: say(test.value) },
      notes: [
        ...(unsure.length > 0
          ? [
              `Not sure of ${unsure.map(({ label }) => label).join(', ')}: the interval holds ${say(test.value)}.`,
            ]
          : []),
        ...gapNotesOf(test.measure, ground),
        INTERVAL,
      ],
    };
  }
  const values = await valuesOf(test.measure, ground);
  const say = sayer(test.measure, 'mean', subject);
  const options = { everyone: inside.length, isYesNo: isYesNo(test.measure, ground), say };
  const rows = parts.map((part) => {
    const others = inside.slice();
    for (const r of part.rows) others[r] = 0;
    const apart = differenceOf(part.values, taken(values, others));
    const isMet = apart !== null && (test.than === 'over' ? apart.low > 0 : apart.high < 0);
    return { ...scored(part, 'mean', options), isMet };
  });
  const whole = statisticOf(taken(values, inside), 'mean', options);
  return {
    ...{ rows, head: `mean of ${named}`, unit: unitOf(test.measure, ground) },
    baseline: whole && { value: whole.value, words: `${say(whole.value)} over all of them` },
    notes: [
      `Listed where the 95 % interval of the difference from all others (Welch) is wholly ${test.than === 'over' ? 'above' : 'below'} 0. ${INTERVAL}`,
    ],
  };
}

function holds(
  value: number,
  than: Extract<SegmentTest, { is: 'number' }>['than'],
  limit: number,
): boolean {
  if (than === 'over') return value > limit;
  if (than === 'at-least') return value >= limit;
  if (than === 'under') return value < limit;
  if (than === 'at-most') return value <= limit;
  return value === limit;
}
