import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Query } from '../../src/db/query.ts';
import { measureFeatures } from '../../src/features/build.ts';
import type { FeatureTable } from '../../src/features/types.ts';
import { detail } from '../../src/lib/errors.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { join, sql } from '../../src/lib/sql.ts';
import { countRules, ruleFaults, rules } from '../../src/segments/methods/rules.ts';
import type { Condition, SegmentRule } from '../../src/segments/partition.ts';
import { RuleAnswers } from '../../src/segments/rule-answers.svelte.ts';
import { ruleLabels, typedHolds } from '../../src/segments/rule-labels.ts';
import {
  ruleCase,
  ruleCondition,
  ruleSql,
  segmentsOf,
  typedText,
} from '../../src/segments/rules.sql.ts';
import { column, dataset } from '../support/datasets.ts';
import { testDatabase } from '../support/duckdb.ts';
import { testEngine } from '../support/engine.ts';
import { feature, tableOf } from '../support/feature-table.ts';
import { segmentService } from '../support/segment-service.ts';
import { hostileConditions } from '../support/typed.ts';

const kinds = ["O'Brien", 'a"b', "'; DROP TABLE customers; --", 'red', '(blank)', 'ü😀', ''];
const columns = [
  column('n', 'number', { gaps: 1 }),
  column('share', 'number', { gaps: 1 }),
  column('kind', 'text', { distinct: 7, gaps: 1 }),
  column('Odd "name', 'number'),
];

type Row = {
  readonly n: number | null;
  readonly share: number | null;
  readonly kind: string | null;
  readonly odd: number;
};
/** Customers measured as in the app, from a table with these rows. */
async function measured(query: Query, rows: readonly Row[]): Promise<FeatureTable> {
  const values = rows.map(
    ({ n, share, kind, odd }, r) => sql`(${`c${1000 - r}`}, ${n}, ${share}, ${kind}, ${odd})`,
  );
  await query(sql`CREATE OR REPLACE TABLE customers AS SELECT customer, n::DOUBLE AS n, share::DOUBLE AS share, kind::VARCHAR AS kind, odd::DOUBLE AS "Odd ""name"
    FROM (VALUES ${join(values)}) t(customer, n, share, kind, odd)`);
  const data = dataset({ kind: 'customers', columns, customers: rows.length });
  return measureFeatures(data, {}, { query, worker: segmentService() }, {});
}

const rule = (when: SegmentRule['when'], name = 'R'): SegmentRule => ({ name, when });
const atLeast = (name: string, value: number): Condition => ({
  feature: name,
  is: 'at-least',
  value,
});

describe('rules', () => {
  const input = tableOf(matrix(6, 2, Float32Array.of(0, 1, 1, 0, 2, 1, 3, 0, 4, 2, 5, 1)), {
    features: [
      feature('orders', { label: 'Orders' }),
      feature('kind', { label: 'Kind', categories: ['red', "O'Brien", 'red'] }),
    ],
  });

  it('the first that holds takes the customer, and the rest is in no group', async () => {
    const list = [
      rule(
        { all: [atLeast('orders', 3), { feature: 'kind', is: 'one-of', values: ['red'] }] },
        'A',
      ),
      rule({ any: [atLeast('orders', 4), { feature: 'orders', is: 'at-most', value: 0 }] }, 'B'),
    ];
    const partition = await rules(input, list);
    expect([...partition.labels]).toEqual([1, -1, -1, 0, 0, 1]);
    expect(partition.names).toEqual(['A', 'B']);
    expect(partition.words).toBe(
      '2 rules, of which the first that holds counts; no rule holds for 2 of 6 customers.',
    );
    expect(countRules(input, list)).toEqual({ holds: [2, 3], wins: [2, 2], rest: 2 });
  });

  it('rules of one name are one segment, and one that takes nobody is said', async () => {
    const list = [
      rule({ all: [atLeast('orders', 5)] }, 'Often'),
      rule({ all: [atLeast('orders', 9)] }, 'Never'),
      rule({ all: [atLeast('orders', 4)] }, 'Often'),
      rule({ all: [] }, 'Everyone else'),
    ];
    const partition = await rules(input, list);
    expect([...partition.labels]).toEqual([1, 1, 1, 1, 0, 0]);
    expect([partition.groups, partition.names]).toEqual([2, ['Often', 'Everyone else']]);
    expect(partition.words).toContain('Nobody is in Never.');
  });

  it('takes no rule, no customer, and any of nothing', async () => {
    expect([...(await rules(input, [])).labels]).toEqual([-1, -1, -1, -1, -1, -1]);
    expect((await rules(tableOf(matrix(0, 1)), [rule({ all: [] })])).groups).toBe(0);
    expect(countRules(input, [rule({ any: [] })])).toEqual({ holds: [0], wins: [0], rest: 6 });
  });

  it('says what cannot be asked, counts it for no one, and refuses to run it', async () => {
    const faulty: [Condition, string][] = [
      [atLeast('gone', 1), 'There is no feature gone.'],
      [atLeast('kind', 1), 'Kind is one of several words, not a number.'],
      [
        { feature: 'orders', is: 'one-of', values: ['1'] },
        'Orders is a number, not one of several words.',
      ],
      [atLeast('orders', NaN), 'Orders needs a number to compare with.'],
      [
        { feature: 'orders', is: 'between', low: 1, high: Infinity },
        'Orders needs a number to compare with.',
      ],
    ];
    for (const [condition, fault] of faulty) {
      expect(ruleFaults(rule({ all: [condition] }), input.features)).toEqual([fault]);
      expect(countRules(input, [rule({ all: [condition] })]).wins).toEqual([0]);
      await expect(rules(input, [rule({ any: [condition] })])).rejects.toMatchObject({
        code: 'features-missing',
        message: fault,
      });
      expect(() => ruleCondition(rule({ any: [condition] }), input.features)).toThrow(fault);
    }
    await expect(rules(input, [rule({ sql: 'orders > 1' })])).rejects.toThrow(
      'the database was not asked',
    );
  });

  it('hears a cancel', async () => {
    const stopped = {
      signal: AbortSignal.abort(),
      progress: () => {},
      breathe: () => Promise.reject(new DOMException('', 'AbortError')),
    };
    await expect(rules(input, [], [], stopped)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('rules as SQL', () => {
  let query: Query;
  beforeAll(async () => void ({ query } = await testDatabase()));

  const number = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(0.1, 0.2, 0.3, 1 / 3, 16_777_217, 1e-40, 1e30, -1e30, 5e38, 0.1 + 0.2),
  );
  const gap = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 5 });
  const row = fc.record({
    n: gap(number),
    share: gap(fc.constantFrom(0, 0.1, 0.3, 1)),
    kind: gap(fc.constantFrom(...kinds)),
    odd: number,
  });
  const name = fc.constantFrom('n', 'share', 'Odd "name');
  const words = fc.array(fc.constantFrom(...kinds, 'nobody'), { maxLength: 4 });
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      feature: name,
      is: fc.constantFrom('at-least' as const, 'at-most' as const),
      value: number,
    }),
    fc.record({ feature: name, is: fc.constant('between' as const), low: number, high: number }),
    fc.record({
      feature: fc.constant('kind'),
      is: fc.constantFrom('one-of' as const, 'none-of' as const),
      values: words,
    }),
  );
  const conditions = fc.array(condition, { maxLength: 3 });
  const aRule = fc.record({
    name: fc.constantFrom('A', "B's", '"C"', "'; --"),
    when: fc.oneof(fc.record({ all: conditions }), fc.record({ any: conditions })),
  });

  it('choose exactly the same customers, whatever the rules, the gaps and the words', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 12, maxLength: 30 }),
        fc.array(aRule, { minLength: 1, maxLength: 4 }),
        async (rows, list) => {
          const table = await measured(query, rows);
          const isMade = table.features.some((it) => it.name === 'kind');
          if (!isMade) return; // all of one kind
          const partition = await rules(table, list);
          const found = await query(segmentsOf(table, list));
          const segments = found.toArray().map((it) => [it.customer, it.segment]);
          const ours = table.customers.map((customer, r) => {
            const label = partition.labels[r]!;
            return [customer, label < 0 ? null : partition.names![label]];
          });
          expect(segments).toEqual(ours);
          // and the same text again, typed by a person
          const sqlOf = list.map((it) => rule({ sql: typedText(it) }, it.name));
          const isTypeable = !list.some(({ when }) =>
            JSON.stringify(when).match(/5e\+38|1e-40|16777217/),
          );
          if (isTypeable)
            expect([...(await ruleLabels(query, table, sqlOf)).labels]).toEqual([
              ...partition.labels,
            ]);
          compared++;
        },
      ),
      { numRuns: 120 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('is shown, or why there is none', () => {
    const table = tableOf(matrix(2, 1));
    expect(ruleSql(table, [])).toEqual({ shown: 'NULL', whole: 'NULL' });
    expect(ruleSql(table, [rule({ sql: ';' })])).toMatchObject({
      fault: expect.stringContaining('one condition'),
    });
    expect(typedText(rule({ all: [] })) + typedText(rule({ any: [] }))).toBe('truefalse');
  });

  it('reads as one CASE with names and words quoted', () => {
    const features = [feature('n'), feature('kind', { categories: ['a'] })];
    const list = [
      rule(
        { all: [atLeast('n', 2), { feature: 'kind', is: 'none-of', values: ["O'Brien"] }] },
        "Anna's",
      ),
      rule({ sql: "N >= 0.5 or lower(kind) like 'r%'" }, 'Typed'),
    ];
    expect(ruleCase(list, features).text).toBe(
      `CASE\n  WHEN ("n" >= (2)::FLOAT AND "kind" NOT IN ('O''Brien')) THEN 'Anna''s'\n  WHEN ("n" >= (5e-1)::FLOAT OR lower ( "kind" ) LIKE 'r%') THEN 'Typed'\nEND`,
    );
  });
});

describe('conditions typed in SQL', () => {
  const { engine } = testEngine();
  let table: FeatureTable;
  beforeAll(async () => {
    await engine.make('kept', sql`SELECT 5::DOUBLE AS a`);
    await engine.make('orders', sql`SELECT 1 AS customer`);
    await engine.make(
      'customers',
      sql`SELECT lpad(i::VARCHAR, 3, '0') AS customer, (i % 10)::DOUBLE AS orders, (i % 4) / 10 AS share, CASE WHEN i % 3 = 0 THEN 'O''Brien' WHEN i % 3 = 1 THEN 'red' END AS kind FROM range(200) t(i)`,
    );
    const columns = [
      column('orders', 'number'),
      column('share', 'number'),
      column('kind', 'text', { distinct: 2, gaps: 66 }),
    ];
    const data = dataset({ kind: 'customers', columns, customers: 200 });
    table = await measureFeatures(data, {}, { query: engine.query, worker: segmentService() }, {});
  });
  afterAll(() => engine.close());

  it('knows more than forty hostile ones, none twice', () => {
    expect(new Set(hostileConditions).size).toBe(hostileConditions.length);
    expect(hostileConditions.length).toBeGreaterThan(60);
  });

  it.each(hostileConditions.map((text) => ({ text, shown: JSON.stringify(text.slice(0, 60)) })))(
    'refuses $shown with a sentence, and the database is as it was',
    async ({ text }) => {
      const error: unknown = await typedHolds(engine.query, table, text).catch((it: unknown) => it);
      expect(error).toMatchObject({ code: 'condition-refused' });
      expect(detail(error)).toMatch(/^[“A-Z(0-9].{15,}/s);
      expect(detail(error)).not.toContain('WITH customers');
      expect(engine.deaths).toBe(0);
      expect((await engine.query(sql`FROM kept`)).numRows).toBe(1);
      expect((await engine.query(sql`FROM orders`)).numRows).toBe(1);
    },
  );

  const orders = (r: number) => r % 10;
  const kind = (r: number) => ["O'Brien", 'red', '(blank)'][r % 3]!;
  const harmless: [string, (r: number) => boolean][] = [
    ['orders > 3', (r) => orders(r) > 3],
    ['ORDERS>=3 AND Orders<=5', (r) => orders(r) >= 3 && orders(r) <= 5],
    [
      '"orders" BETWEEN 2 AND 4 OR NOT (orders < 8)',
      (r) => (orders(r) >= 2 && orders(r) <= 4) || orders(r) >= 8,
    ],
    ["kind = 'O''Brien'", (r) => kind(r) === "O'Brien"],
    ["kind IN ('red', '; DROP TABLE orders --')", (r) => kind(r) === 'red'],
    ["kind NOT LIKE '(%'", (r) => kind(r) !== '(blank)'],
    ["lower(kind) LIKE '%b%' ESCAPE '!'", (r) => kind(r) !== 'red'],
    ['share <= 0.1', (r) => r % 4 <= 1],
    ['share = .3', (r) => r % 4 === 3],
    ['share < 3e-1', (r) => r % 4 < 3],
    ["customer = '007'", (r) => r === 7],
    ['round(orders / 3, 0) = 2', (r) => Math.round(orders(r) / 3) === 2],
    ['orders % 2 = 1', (r) => orders(r) % 2 === 1],
    ['orders IS NOT DISTINCT FROM 4', (r) => orders(r) === 4],
    [
      "CASE WHEN orders > 5 THEN kind = 'red' ELSE false END",
      (r) => orders(r) > 5 && kind(r) === 'red',
    ],
    ['orders - -1 = 5', (r) => orders(r) === 4],
    ["contains(kind, 'x;--/*') OR orders = 0", (r) => orders(r) === 0],
    ["regexp_matches(kind, '^r.d$')", (r) => kind(r) === 'red'],
    ['nullif(orders, 3) > 2', (r) => orders(r) > 3],
    ['nullif(orders, 3) IS NULL', (r) => orders(r) === 3],
    ['true', () => true],
    ['greatest(orders,\n\t7) = 7', (r) => orders(r) <= 7],
    ['('.repeat(20) + 'orders=1' + ')'.repeat(20), (r) => orders(r) === 1],
    ['NOT '.repeat(200) + 'orders = 1', (r) => orders(r) === 1],
    [Array.from({ length: 100 }, (_, i) => `orders=${i}`).join(' OR '), () => true],
  ];
  it.each(harmless)('asks %s of every customer', async (text, holds) => {
    const found = await typedHolds(engine.query, table, text);
    expect([...found]).toEqual(table.customers.map((_, r) => Number(holds(r))));
  });

  it('stand among other rules, the first of all counting', async () => {
    const list = [
      rule({ sql: "kind = 'red' AND orders > 5" }, 'Typed'),
      rule({ all: [atLeast('orders', 5)] }, 'Built'),
    ];
    const partition = await ruleLabels(engine.query, table, list);
    table.customers.forEach((_, r) => {
      const wanted = kind(r) === 'red' && orders(r) > 5 ? 0 : orders(r) >= 5 ? 1 : -1;
      expect(partition.labels[r]).toBe(wanted);
    });
    expect(partition.names).toEqual(['Typed', 'Built']);
  });

  it('are asked once each while rules are written, refusals are kept as sentences, other customers are asked anew', async () => {
    let asked = 0;
    const answers = new RuleAnswers((...given) => (asked++, engine.query(...given)));
    const list = [
      rule({ all: [] }),
      rule({ sql: 'orders > 8' }),
      rule({ sql: 'kind +' }),
      rule({ sql: 'gone > 1' }),
      rule({ sql: 'orders > 8' }),
    ];
    const first = answers.ask(table, list.slice(1, 2));
    await answers.ask(table, list); // takes the place of the first
    await first;
    const counts = answers.typed(list).map((holds) => holds && holds.reduce((a, b) => a + b, 0));
    expect(counts).toEqual([null, 20, null, null, 20]);
    expect(answers.faults(list).map((fault) => fault?.slice(0, 24))).toEqual([
      ...[undefined, undefined, 'The database does not ac'],
      ...['There is no column gone.', undefined],
    ]);
    const before = asked;
    await answers.ask(table, list);
    expect(asked).toBe(before);
    await answers.ask({ ...table }, list.slice(1, 2));
    expect(asked).toBe(before + 2);
  });

  it('are not asked once cancelled', async () => {
    const asked = typedHolds(engine.query, table, 'orders > 3', AbortSignal.abort());
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});
