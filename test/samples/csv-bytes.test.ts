import { expect, it } from 'vitest';
import { cell, CsvBytes } from '../../src/samples/csv-bytes.ts';
import { dateCells } from '../../src/samples/calendar.ts';
import { parse } from './read.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

it('numbers are written digit for digit', () => {
  const out = new CsvBytes();
  out.whole(0).whole(-7).whole(9_007_199_254_740_991).hundredths(450).hundredths(-5).end();
  out.hundredths(-0).hundredths(123_456_789).share(0.5).share(-0.0000004).share(2.25).end();
  expect(text(out.take())).toBe(
    '0,-7,9007199254740991,4.50,-0.05\n0.00,1234567.89,0.500000,0.000000,2.250000\n',
  );
});

it('ids and moments have their zeros', () => {
  const out = new CsvBytes();
  const [day] = dateCells(19_783, 1);
  out.customer(41).code('R', 7, 10).date(day!).date(day!, 3_661).date(day!, 0).end();
  expect(text(out.take())).toBe(
    'C0000042,R0000000007,2024-03-01,2024-03-01 01:01:01,2024-03-01 00:00:00\n',
  );
});

it.each(['plain', 'a,b', 'say "no"', 'two\nlines', '', '"', 'é 😀'])(
  'the cell %j reads back',
  (value) => {
    const out = new CsvBytes();
    out.text('x').cell(cell(value)).end();
    expect(parse(text(out.take()))).toEqual([['x', value]]);
  },
);

it('grows when it is not taken, and starts again after it is', () => {
  const out = new CsvBytes();
  for (let i = 0; i < 200_000; i++) out.whole(i).text('0123456789').end();
  expect(out.full).toBe(true);
  const rows = parse(text(out.take()));
  expect(rows.length).toBe(200_000);
  expect(rows.every(([n], i) => Number(n) === i)).toBe(true);
  expect(out.full).toBe(false);
  expect(out.take().length).toBe(0);
});

it('refuses a row that would not have fitted', () => {
  const out = new CsvBytes();
  expect(() => out.text('x'.repeat(5_000)).end()).toThrow(RangeError);
});
