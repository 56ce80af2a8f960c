import { describe, expect, it } from 'vitest';
import {
  choicesOf,
  keyOf,
  OTHERS,
  SELECTED,
  sidesFor,
} from '../../../src/insight/compare/choices.ts';
import { compare } from '../../../src/insight/compare/compare.ts';
import {
  comparisonCsv,
  comparisonWords,
  differenceLabel,
  gapWords,
  sideWords,
  sizeWords,
} from '../../../src/insight/compare/compare-words.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { feature, tableOf } from '../../support/feature-table.ts';
import { segmentation } from '../../support/results.ts';

const made = segmentation(['Regulars', 'Lapsed'], [0, 0, 1, 1, 1]);
const bits = (side: { inside: Uint8Array }) => [...side.inside].join('');
const sides = (a: string, b: string, out: Uint8Array | null = null) =>
  sidesFor({ a, b }, made, out);

describe('what can be compared', () => {
  it('is the selection, each segment, everyone, everyone else', () => {
    const words = choicesOf(made, 2).map((each) => each.words);
    expect(words).toEqual([
      ...['Selected: 2 customers', 'A Regulars', 'B Lapsed', 'Everyone: 5 customers'],
      'Everyone else',
    ]);
    expect(choicesOf(made, null)).toHaveLength(4);
    expect(keyOf({ letter: '', rest: true })).toBe('rest');
  });

  it('is found again by its key', () => {
    const found = sides('segment A', OTHERS);
    if ('fault' in found) throw new Error(found.fault);
    expect([bits(found.a), bits(found.b), found.b.words]).toEqual([
      '11000',
      '00111',
      'everyone else',
    ]);
    const chosen = sides(SELECTED, 'segment B', Uint8Array.of(1, 0, 0, 1, 1));
    if ('fault' in chosen) throw new Error(chosen.fault);
    expect([bits(chosen.a), bits(chosen.b)]).toEqual(['01100', '00111']);
  });

  it.each([
    ['segment Z', OTHERS, 'not there any more'],
    [SELECTED, OTHERS, 'not there any more'],
    ['segment A', 'segment A', 'the same customers'],
    ['everyone', OTHERS, 'nobody in everyone else'],
  ])('%s against %s says why not', (a, b, why) => {
    expect(sides(a, b)).toMatchObject({ fault: expect.stringContaining(why) });
  });
});

describe('in words', () => {
  const rows = 40;
  const raw = matrix(rows, 3);
  for (let r = 0; r < rows; r++) {
    raw.data[3 * r] = r < 20 ? 74 + (r % 3) : 24 + (r % 5);
    raw.data[3 * r + 1] = r < 20 ? 0 : 1;
    raw.data[3 * r + 2] = r % 2;
  }
  const table = tableOf(raw, {
    features: [
      feature('recency_days', { label: 'Recency', unit: 'days' }),
      feature('city', { label: 'City', unit: 'category', categories: ['Ulm', '=Bonn'] }),
      feature('odd', { label: 'Odd', unit: 'share' }),
    ],
  });
  const who = (first: boolean) => ({
    inside: Uint8Array.from({ length: rows }, (_, r) => +(r < 20 === first)),
    words: first ? 'segment A' : 'everyone else',
  });
  const found = compare(table, who(true), who(false));

  it('says the largest difference with its unit and how many hold', async () => {
    const { differences } = await found;
    const [first, second] = comparisonWords(await found, table.features);
    expect(first).toMatch(
      /^Most apart by Recency: 75 against 26 days, \+49 \(4\d(\.\d)? to 5\d(\.\d)?\)\.$/,
    );
    expect(second).toBe('2 of 3 features differ at 5 % after Holm’s correction for 4 comparisons.');
    const city = differences.find(({ category }) => category !== undefined)!;
    expect(differenceLabel(city, table.features)).toBe('City: Ulm');
    expect([sideWords(city, 'a', table.features), sideWords(city, 'b', table.features)]).toEqual([
      ...['100 %', '0 %'],
    ]);
    expect(gapWords(city, table.features)).toMatch(/^\+100 points \(7\d to 100\)$/);
  });

  it('says that there is nothing where there is nothing', async () => {
    const half = (is: number) => ({
      inside: Uint8Array.from({ length: rows }, (_, r) => +((r >> 1) % 2 === is)),
      words: '',
    });
    const [first, second, third] = comparisonWords(
      await compare(table, half(0), half(1)),
      table.features,
    );
    expect(first).toMatch(/^No difference is beyond what chance does/);
    expect(second).toMatch(/^0 of 3/);
    expect(third).toBeUndefined();
  });

  it('says who is left out', async () => {
    const all = { inside: new Uint8Array(rows).fill(1), words: 'everyone' };
    expect(comparisonWords(await compare(table, who(true), all), table.features)[2]).toBe(
      'All of segment A are in everyone too: they are compared with the others there.',
    );
  });

  it('as CSV has every figure, and no cell that a spreadsheet would calculate', async () => {
    const text = comparisonCsv(await found, table.features, 'safe');
    const lines = text.trimEnd().split('\r\n');
    const heads = lines[0]!.split(',');
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line.split(',')).toHaveLength(heads.length);
    const city = { ...(await found).differences.find((one) => one.category === 0)!, category: 1 };
    const turned = comparisonCsv({ ...(await found), differences: [city] }, table.features, 'safe');
    expect(turned).toContain(",'=Bonn,share,");
    expect(lines[1]!.split(',')[heads.indexOf('cliffs_delta')]).toBe('1');
  });

  it('calls effects by their size', () => {
    expect([0.1, -0.2, 0.4, -0.9].map(sizeWords)).toEqual([
      ...['negligible', 'small', 'medium', 'large'],
    ]);
  });
});
