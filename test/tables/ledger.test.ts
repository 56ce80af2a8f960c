import { expect, it } from 'vitest';
import { beforeRaw, closeLedger, fileLine, setAside, tidy } from '../../src/tables/ledger.ts';
import type { Count } from '../../src/files/types.ts';

const scan = (part: Partial<Count>): Count => ({
  records: 10,
  lines: 11,
  blankLines: 0,
  kept: 10,
  short: 0,
  mixedBreaks: false,
  setAside: [],
  cuts: new Float64Array(),
  rowLines: Float64Array.of(1, 2),
  ...part,
});
const ledger = { read: 10, kept: 7, setAside: [], amountRead: null, amountKept: null, returns: 0 };

it('refuses an account in which a record is missing or is there twice', () => {
  const aside = [setAside('no-customer', 3, { sample: [] })];
  expect(closeLedger({ ...ledger, setAside: aside })).toMatchObject({ read: 10, kept: 7 });
  expect(() => closeLedger(ledger)).toThrow(RangeError);
  expect(() => closeLedger({ ...ledger, kept: 8, setAside: aside })).toThrow(RangeError);
});

it('counts what the database did not read as set aside, and says it', () => {
  expect(beforeRaw(scan({}), 8)).toMatchObject({
    read: 10,
    setAside: [{ reason: 'other', rows: 2 }],
  });
});

it('tells when the database read more than was counted', () => {
  expect(beforeRaw(scan({}), 12)).toMatchObject({
    read: 12,
    findings: [{ code: 'count-differs', rows: 2 }],
  });
});

it('keeps what the scan set aside, with its sample', () => {
  const sample = [{ line: 4, text: '1,2,3' }];
  const found = beforeRaw(scan({ kept: 9, setAside: [{ reason: 'ragged', rows: 1, sample }] }), 9);
  expect(found).toMatchObject({ read: 10, setAside: [{ reason: 'ragged', rows: 1, sample }] });
});

it('finds the line of a row between line breaks and records left out', () => {
  const shifts = { rowLines: Float64Array.of(1, 2, 4, 9, 5, 12) };
  expect([1, 2, 3, 4, 5, 6, 100].map((row) => fileLine(shifts, row))).toEqual([
    2, 3, 4, 9, 12, 13, 107,
  ]);
});

it('says one row and two rows', () => {
  expect(setAside('no-date', 1, { sample: [] }).words).toBe('1 row has no date that can be read.');
  expect(setAside('no-date', 2, { sample: [] }).words).toBe(
    '2 rows have no date that can be read.',
  );
});

it('shows a sum without the noise of binary fractions', () => {
  expect(tidy(9747747.934000002)).toBe(9747747.934);
  expect(tidy(0.1 + 0.2)).toBe(0.3);
  expect(tidy(null)).toBe(null);
});
