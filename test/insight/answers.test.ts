import { describe, expect, it } from 'vitest';
import { answerCsv } from '../../src/insight/ask/answer-csv.ts';
import { hedges } from '../../src/insight/compare/compare.ts';
import {
  differenceOf,
  ratioOf,
  statisticOf,
  totalOf,
} from '../../src/insight/ask/answers/numbers.ts';
import { answerOf, exact } from '../../src/insight/ask/answers/types.ts';
import {
  addDays,
  addMonths,
  daysBefore,
  lastSpan,
  spanBefore,
} from '../../src/insight/ask/days.ts';
import { random } from '../../src/lib/random.ts';
import { bootstrap } from '../../src/lib/stats/intervals.ts';

const next = random(11);
const xs = Float64Array.from({ length: 600 }, () => (next() < 0.3 ? 0 : 100 * next() * next()));
const ys = xs.map((x) => 0.8 * x + 10 * next());
const dot = (times: Int32Array, of: Float64Array) =>
  times.reduce((sum, n, r) => sum + n * of[r]!, 0);

describe('intervals', () => {
  it('of a total and of a ratio are those of a bootstrap over customers, within a tenth', async () => {
    const own = [totalOf(xs, xs.length), ratioOf(ys, xs)!];
    const drawn = await bootstrap({ n: xs.length, draws: 3000, seed: 5 }, (times) => [
      dot(times, xs),
      dot(times, ys) / dot(times, xs),
    ]);
    own.forEach(({ value, low, high }, i) => {
      const peer = drawn[i]!;
      expect(value).toBeCloseTo(peer.value, 8);
      expect(Math.abs((high - low) / (peer.high - peer.low) - 1)).toBeLessThan(0.1);
    });
  });

  it('of a total count those who add nothing', () => {
    const some = xs.filter((x) => x > 0);
    const [a, b] = [totalOf(xs, xs.length), totalOf(some, xs.length)];
    expect(b.value).toBeCloseTo(a.value, 6);
    expect(b.low).toBeCloseTo(a.low, 6);
  });

  it('of nobody, of one, of equals', () => {
    const options = { everyone: 3, isYesNo: false };
    expect(statisticOf(new Float64Array(), 'mean', options)).toBeNull();
    expect(statisticOf(new Float64Array(), 'total', options)?.value).toBe(0);
    expect(statisticOf(Float64Array.of(7), 'mean', options)).toEqual(exact(7));
    expect(statisticOf(Float64Array.of(7, 7, 7), 'mean', options)).toEqual({
      value: 7,
      low: 7,
      high: 7,
    });
    expect(statisticOf(Float64Array.of(1, 9), 'highest', options)).toEqual(exact(9));
    expect(ratioOf([1], [0])).toBeNull();
    expect(differenceOf(new Float64Array(), xs)).toBeNull();
    expect(hedges(Float64Array.of(1, 1), Float64Array.of(1, 1))).toBeNull();
  });

  it('a difference of means is Welch’s, and turns its sign with its sides', () => {
    // scipy.stats.ttest_ind([1, 2, 3, 4], [2, 4, 6, 8, 10], equal_var=False): standard error √(5/12 + 2) = 1.554563
    const found = differenceOf(Float64Array.of(1, 2, 3, 4), Float64Array.of(2, 4, 6, 8, 10))!;
    expect(found.value).toBeCloseTo(-3.5, 12);
    expect((found.high - found.low) / 2 / 1.959963984540054).toBeCloseTo(1.5545631755, 8);
    const back = differenceOf(Float64Array.of(2, 4, 6, 8, 10), Float64Array.of(1, 2, 3, 4))!;
    expect(back.low).toBeCloseTo(-found.high, 12);
  });
});

describe('days', () => {
  it('months end on their last day', () => {
    expect(addMonths('2011-03-31', -1)).toBe('2011-02-28');
    expect(addMonths('2012-01-31', 1)).toBe('2012-02-29');
    expect(addDays('2011-12-31', 1)).toBe('2012-01-01');
  });
  it('the last days hold the as-of day, and as many stand before', () => {
    const late = lastSpan('2011-12-09', 90, 'day');
    expect(late).toMatchObject({ from: '2011-09-11', to: '2011-12-09' });
    expect(daysBefore(late)).toMatchObject({ from: '2011-06-13', to: '2011-09-10' });
    expect(lastSpan('2011-12-09', 2, 'week').from).toBe('2011-11-26');
    expect(lastSpan('2011-12-09', 1, 'month').from).toBe('2011-11-10');
  });
  it('the calendar quarter before', () => {
    expect(spanBefore('2011-12-09', 'quarter')).toMatchObject({
      from: '2011-07-01',
      to: '2011-09-30',
    });
    expect(spanBefore('2011-01-31', 'month')).toMatchObject({
      from: '2010-12-01',
      to: '2010-12-31',
    });
  });
});

it('an answer saved as CSV cannot become a formula, and keeps its numbers', () => {
  const answer = answerOf('', {
    heads: ['Change'],
    rows: [
      {
        label: '=cmd()',
        segment: null,
        customers: 2,
        figures: [{ value: -0.5, low: -1, high: 0 }],
        shown: [''],
      },
    ],
  });
  expect(answerCsv(answer, [])).toBe(
    "\ufeffof,customers,Change,Change (low),Change (high)\r\n'=cmd(),2,-0.5,-1,0\r\n",
  );
});
