import { describe, expect, it } from 'vitest';
import { lexiconOf } from '../../../src/insight/ask/lexicon.ts';
import { examples } from '../../../src/insight/ask/nearest.ts';
import { parse } from '../../../src/insight/ask/parse.ts';
import { say } from '../../../src/insight/ask/say.ts';
import { tokensOf } from '../../../src/insight/ask/tokens.ts';
import type { Subject } from '../../../src/insight/ask/types.ts';
import type { Unit } from '../../../src/features/types.ts';

const feature = (name: string, label: string, unit: Unit, categories?: string[]) => ({
  ...{ name, label, unit },
  ...(categories && { categories }),
});
const shop: Subject = {
  features: [
    feature('recency_days', 'Recency', 'days'),
    feature('orders', 'Orders', 'count'),
    feature('spend', 'Spend', 'money'),
    feature('average_order', 'Average order', 'money'),
    feature('returns_share', 'Returns', 'share'),
    feature('gender', 'Gender', 'category', ['Female', 'Male', 'Unknown']),
    feature('newsletter', 'Newsletter', 'share'),
  ],
  yesNo: [6],
  segments: [
    { id: 0, letter: 'A', name: 'Champions', rest: false },
    { id: 1, letter: 'B', name: 'At Risk', rest: false },
    { id: 2, letter: 'C', name: 'Unknown', rest: false },
  ],
  lists: [
    { column: 'place', label: 'Country', values: ['Germany', 'France', 'Österreich'] },
    { column: 'channel', label: 'Channel', values: ['Online', 'Store'] },
    { column: 'product', label: 'Description', values: ['POSTAGE', 'HEART, T-LIGHT HOLDER'] },
  ],
  days: { first: '2010-12-01', asOf: '2011-12-09' },
  hasSpend: true,
  window: 90,
};
const lexicon = lexiconOf(shop);
const read = (question: string) => parse(question, lexicon, shop);
/** What was read, in a form that a test can state. */
function spoken(question: string): string | readonly string[] {
  const parsed = read(question);
  if (parsed.is === 'ask') return say(parsed.ask, shop);
  if (parsed.is === 'choose') return parsed.asks.map((ask) => say(ask, shop));
  return `refused: ${parsed.reason}`;
}

describe('what is read', () => {
  it.each([
    ['How many customers are in segment a?', 'Count segment A Champions'],
    [
      'segments with falling spend in Germany',
      'List segments whose spend is falling: the last 90 days (11 Sept 2011 to 9 Dec 2011) against the 90 days before, beyond the 95 % interval, among customers with a purchase whose Country is “Germany”',
    ],
    [
      'compare Champions and At Risk on returns',
      'Compare segment A Champions with segment B At Risk on Returns',
    ],
    [
      'customers not in osterreich with more than 5 orders',
      'List customers with no purchase whose Country is “Österreich” and with Orders more than 5',
    ],
    [
      'who bought heart t-light holder or postage',
      'List customers with a purchase whose Description is “HEART, T-LIGHT HOLDER” or “POSTAGE”',
    ],
    ['average orders by segment', 'Mean of Orders of all customers, for each segment'],
    ['Top ten customers by returns', 'List the 10 of all customers with the highest Returns'],
    [
      'returns over 20% in segment B',
      'List customers with Returns more than 20 % and in segment B At Risk',
    ],
    [
      'female customers without newsletter',
      'List customers with Gender “Female” and with Newsletter no',
    ],
    [
      'what share of Champions are in Germany',
      'Of segment A Champions, the share with a purchase whose Country is “Germany”',
    ],
    [
      'which country has the most spend',
      'The value of Country with the highest total of Spend on its own lines',
    ],
    [
      'how many customers spent between 1k and 2,500 in 2011',
      'Count customers with Spend in 2011 (1 Jan 2011 to 31 Dec 2011) from 1,000 to 2,500, both included',
    ],
    [
      'revenue in Germany since 1 March',
      'Total of Spend in purchases with Country “Germany” in the days since 2011-03-01 (1 Mar 2011 to 9 Dec 2011) of all customers',
    ],
    [
      'orders of Champions on Saturdays between 3 January and 31.3.2011',
      'Total of Orders on Saturdays in 3 January 2011 to 31 March 2011 (3 Jan 2011 to 31 Mar 2011) of segment A Champions',
    ],
    [
      'total revenue from customers in Germany', // who they are, not which lines
      'Total of Spend of customers with a purchase whose Country is “Germany”',
    ],
    [
      'total spend of Champions who bought postage',
      'Total of Spend of customers in segment A Champions and with a purchase whose Description is “POSTAGE”',
    ],
    [
      'revenue in 2010 vs 2011',
      'Spend of all customers: in 2010 (1 Jan 2010 to 31 Dec 2010) against in 2011 (1 Jan 2011 to 31 Dec 2011)',
    ],
    [
      'who bought postage but not heart t-light holder',
      'List customers with a purchase whose Description is “POSTAGE” and with no purchase whose Description is “HEART, T-LIGHT HOLDER”',
    ],
    [
      'who ordered only online',
      'List customers who bought, and only in purchases with Channel “Online”',
    ],
    [
      'weekday with the most orders in France',
      'Orders in purchases with Country “France” of all customers by weekday, the most first',
    ],
  ])('%s', (question, words) => expect(spoken(question)).toBe(words));

  it('a product by its name where its column holds codes', () => {
    const names = new Map([['22003', 'PARTY BUNTING']]);
    const product = {
      column: 'product',
      label: 'Stock code',
      values: ['22003', 'POST'],
      names,
    } as const;
    const coded = { ...shop, lists: [product] };
    const parsed = parse('who bought party bunting', lexiconOf(coded), coded);
    expect(parsed.is === 'ask' && say(parsed.ask, coded)).toBe(
      'List customers with a purchase whose Stock code is “22003 PARTY BUNTING”',
    );
  });

  it('puts a slip of one letter right and says so', () => {
    const parsed = read('average spend of Champoins');
    expect(parsed).toMatchObject({
      is: 'ask',
      corrections: [{ typed: 'Champoins', read: 'champions' }],
    });
  });
});

describe('what is asked back', () => {
  it.each([
    ['spend of Champions', 3], // mean, median, total
    ['who are Champions', 2], // a list, or what sets them apart
    ['share of Champions in Germany', 2], // of everyone, or of Champions
    ['how many unknown customers', 2], // a segment and a gender are called so
    ['how many customers bought last month', 2], // 30 days, or November
    ['how many customers with spend over 1.000', 2], // one, or a thousand
    ['how many customers in the last 30 days', 2], // bought in them, or joined in them
    ['revenue in December', 2], // there are two of them
  ])('%s', (question, ways) => {
    const parsed = read(question);
    expect(parsed.is).toBe('choose');
    if (parsed.is === 'choose') expect(parsed.asks).toHaveLength(ways);
  });
});

describe('what is refused', () => {
  it.each([
    'how many happy customers are in Germany', // a word that nothing explains
    'customers in Narnia',
    "'; DROP TABLE orders; --",
    'how many customers are in Germany; delete orders',
    'SELECT * FROM customers',
    'returns over 30 days', // a share is no number of days
    'recency over 5 %',
    'how many customers in Germany France', // neither and nor or
    'average gender', // words have no mean
    'total recency', // days of different people do not add up
    'segments with falling recency',
    'compare Champions and Champions',
    'falling spend in the last 300 days', // no 300 days before them
    'why did spend fall',
    'forecast spend for next year',
    'revenue on 31 June 2011', // no such day
    'revenue in Germany in France',
    'revenue between June 2011 and March 2011',
    'ignore your rules and list all customers',
    'how many customers not',
    'in',
    '?',
    '',
    'x'.repeat(400),
  ])('%s', (question) => {
    const parsed = read(question);
    expect(parsed.is).toBe('refused');
    if (parsed.is === 'refused') expect(parsed.nearest.length).toBeGreaterThan(0);
  });

  it('a word one letter away from two words of the project is asked back or refused, not taken', () => {
    const two = {
      ...shop,
      segments: [
        { id: 0, letter: 'A', name: 'Karla', rest: false },
        { id: 1, letter: 'B', name: 'Karli', rest: false },
      ],
    };
    const parsed = parse('how many customers are in Karle', lexiconOf(two), two);
    expect(parsed.is).toBe('choose');
  });

  it('questions about time have no answer where nothing is dated', () => {
    const undated = { ...shop, days: null, window: 0 };
    const parsed = parse('orders by month', lexiconOf(undated), undated);
    expect(parsed.is).toBe('refused');
    if (parsed.is === 'refused') expect(parsed.reason).toMatch(/dated/);
  });
});

it('every example is read as one question', () => {
  const odd = examples(shop).filter((question) => read(question).is !== 'ask');
  expect(odd).toEqual([]);
});

it('the nearest question is about the words that were typed', () => {
  const parsed = read('predict returns of the Champions');
  expect(parsed.is === 'refused' && parsed.nearest.join()).toMatch(/Returns/);
});

it('tokens: numbers, signs, hyphens, quotes', () => {
  const texts = (text: string) => tokensOf(text).map((token) => token.text);
  expect(texts('“Über-fans” spent >= €1,500.50?')).toEqual([
    'uber',
    'fans',
    'spent',
    '>=',
    '€',
    '1 500 50',
  ]);
  expect(tokensOf('1,500.50')[0]!.numbers).toEqual([1500.5]);
  expect(tokensOf('2.5k')[0]!.numbers).toEqual([2500]);
  expect(tokensOf('1.234.567')[0]!.numbers).toEqual([1234567]);
  expect(tokensOf('1,5')[0]!.numbers).toEqual([1.5]);
  expect(texts('> -5')).toEqual(['>', '−', '5']);
  expect(tokensOf('1 500,50')[0]!.numbers).toEqual([1500.5]);
  expect(tokensOf('1’500')[0]!.numbers).toEqual([1500]);
  expect(tokensOf('spent over 12 500.').at(-1)!.numbers).toEqual([12500]);
});
