import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/db/query.ts';
import { id, sql } from '../../../src/lib/sql.ts';
import { blockTable, candidatePairs } from '../../../src/tables/people/blocks.sql.ts';
import {
  preparePeople,
  resolvePeople,
  type People,
  type Prepared,
} from '../../../src/tables/people/find-people.ts';
import { blockKeys, REACH } from '../../../src/tables/people/keys.ts';
import { makePeopleTable } from '../../../src/tables/people/people-table.ts';
import { makeRecords } from '../../../src/tables/people/records.ts';
import { decide, openPairs, shownPairs } from '../../../src/tables/people/show-pairs.ts';
import type { PeopleTable } from '../../../src/tables/people/suggest.ts';
import { peopleDefaults, type PeopleSettings } from '../../../src/tables/people/types.ts';
import { testEngine } from '../../support/engine.ts';
import { pairScore } from '../../support/pair-score.ts';
import { peopleRaw, peopleService } from '../../support/people-service.ts';
import { makePeople, standard } from '../../support/people.ts';

let engine: Engine;
beforeAll(() => void ({ engine } = testEngine()));
afterAll(() => engine.close());

const worker = peopleService();
const british: PeopleSettings = { ...peopleDefaults, country: 'GB' };

async function find(
  tables: readonly PeopleTable[],
  settings = british,
): Promise<{ prepared: Prepared; people: People }> {
  const prepared = await preparePeople({ db: engine, worker }, tables, settings);
  return { prepared, people: await resolvePeople(worker, prepared, settings) };
}

/** A table of one column a key of `cells`, as the import would leave it. */
const tableOf = (cells: Readonly<Record<string, readonly string[]>>, id = 't1') =>
  peopleRaw(
    engine,
    Object.entries(cells).map(([as, texts]) => ({ as: as as 'email', texts })), // keys below are kinds
    { id, name: `raw_${id}` },
  );

describe('candidate pairs', () => {
  it('are those that share a key, each once, and in a large block those within reach', async () => {
    const rows: [number, number, number][] = [];
    for (let r = 0; r < 100; r++) rows.push([0, (r * 37) % 100, r]); // one block of a hundred, in another order
    rows.push([1, 1, 7], [1, 2, 3], [1, 3, 90], [2, 1, 3], [2, 2, 7]);
    const csv = new File([rows.map((row) => row.join(',')).join('\n')], 'keys.csv');
    const path = await engine.register(csv);
    await engine.make('keys', blockTable(path));
    const found = await engine.query(candidatePairs('keys'));
    const expected = new Set<string>();
    for (const [key, place, record] of rows)
      for (const [otherKey, otherPlace, other] of rows) {
        if (key !== otherKey || record >= other) continue;
        if (key > 0 || Math.abs(place - otherPlace) <= REACH) expected.add(`${record} ${other}`);
      }
    const pairs = Array.from(
      { length: found.numRows },
      (_, i) => `${found.getChild('first')?.get(i)} ${found.getChild('second')?.get(i)}`,
    );
    expect(new Set(pairs)).toEqual(expected);
    expect(pairs).toHaveLength(expected.size);
    await engine.release(path);
    await engine.drop('keys');
  });

  it('of a block of everybody are capped, and what was left out is counted', async () => {
    const count = 200;
    const email = { as: 'email' as const, texts: Array<string>(count).fill('desk@shop.org') };
    const records = await makeRecords(count, [email], { country: '', sameMailbox: true });
    const { blocks } = await blockKeys(records);
    expect(blocks).toEqual({ blocks: 1, capped: 1, leftOut: (159 * 160) / 2 });
  });
});

describe('made-up people', () => {
  const made = makePeople(1000, standard, 11);
  let found: { prepared: Prepared; people: People };
  beforeAll(async () => {
    found = await find([await peopleRaw(engine, made.columns, { id: 't1', name: 'raw_t1' })]);
  }, 60_000);

  it('are found with F1 of at least .95, and better than by plain rules', () => {
    const { people } = found;
    const score = pairScore(people.people, made.truth);
    expect(score.f1).toBeGreaterThanOrEqual(0.95);
    expect(score.precision).toBeGreaterThanOrEqual(0.99);
    expect(score.f1).toBeGreaterThan(pairScore(people.baseline.people, made.truth).f1);
    expect(people.capped).toBe(false);
    expect(people.count).toBe(Math.max(...people.people) + 1);
  });

  it('are the same people when found again', async () => {
    const again = await resolvePeople(worker, found.prepared, british);
    expect(again).toEqual(found.people);
  });

  it('are asked about where it is unsure, one question between two persons, the least sure first', () => {
    const { review, people, unsure } = found.people;
    expect(review.length).toBe(unsure);
    expect(review.length).toBeGreaterThan(5);
    const doubts = review.map(({ probability }) => Math.abs(probability - 0.5));
    expect(doubts).toEqual(doubts.toSorted((a, b) => a - b));
    const between = review.map(({ first, second }) =>
      [people[first]!, people[second]!].sort().join(' '),
    );
    expect(new Set(between).size).toBe(review.length);
    for (const { first, second, probability, held, reasons } of review) {
      expect(people[first]).not.toBe(people[second]);
      expect(held).toBe(probability >= british.link);
      expect(probability).toBeGreaterThanOrEqual(british.review);
      expect(reasons.length).toBeGreaterThan(0);
    }
  });

  it('stand in table people, each record once, under the id of their first record', async () => {
    const { prepared, people } = found;
    await makePeopleTable(engine, prepared, people);
    const table = await engine.query(
      sql`SELECT source, record, person FROM people ORDER BY record::INTEGER`,
    );
    expect(table.numRows).toBe(1000);
    const first = new Map<number, string>();
    prepared.names.forEach(
      (name, r) => first.has(people.people[r]!) || first.set(people.people[r]!, name),
    );
    for (let r = 0; r < 1000; r++) {
      expect(table.getChild('record')?.get(r)).toBe(String(r + 1));
      expect(table.getChild('person')?.get(r)).toBe(first.get(people.people[r]!));
    }
  });

  it('are decided by a person first: accepted pairs are one, refused ones two', async () => {
    const { prepared, people } = found;
    const [first, second] = shownPairs(prepared, people);
    const linked = people.people.findIndex((person, r) => people.people.indexOf(person) < r);
    const before = people.people.indexOf(people.people[linked]!);
    let settings = decide(british, first!.keys, 'accepted');
    settings = decide(settings, second!.keys, 'accepted');
    settings = decide(settings, second!.keys, 'refused');
    settings = decide(settings, [`t1:${linked + 1}`, `t1:${before + 1}`], 'refused');
    settings = decide(settings, ['t1:999999', 't1:1'], 'accepted');
    expect([settings.accepted.length, settings.refused.length]).toEqual([2, 2]);
    const after = await resolvePeople(worker, prepared, settings);
    const person = (key: string) => after.people[after.keys.indexOf(key)];
    expect(person(first!.keys[0])).toBe(person(first!.keys[1]));
    expect(person(second!.keys[0])).not.toBe(person(second!.keys[1]));
    expect(after.people[linked]).not.toBe(after.people[before]);
    expect([after.strays, after.conflicts]).toEqual([1, 0]);
    const open = openPairs(shownPairs(prepared, after), settings);
    expect(open.map(({ keys }) => keys)).not.toContainEqual(first!.keys);
    expect(openPairs(shownPairs(prepared, people), settings)).toHaveLength(
      people.review.length - 2,
    );
  });

  it('are shown side by side as the file has them', () => {
    const { prepared, people } = found;
    const shown = shownPairs(prepared, people)[0]!;
    const { first, second } = people.review[0]!;
    expect(shown.keys).toEqual([`t1:${first + 1}`, `t1:${second + 1}`]);
    const name = shown.rows.find(({ label }) => label === 'Family name');
    expect([name?.left, name?.right]).toEqual([
      made.columns[1]!.texts[first],
      made.columns[1]!.texts[second],
    ]);
  });

  it('stop being looked for at once when cancelled', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const settings = { ...british };
    const prepared = preparePeople(
      { db: engine, worker },
      [await peopleRaw(engine, made.columns, { id: 't1', name: 'raw_t1' })],
      settings,
      { signal: controller.signal, onProgress },
    );
    await expect(prepared).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('people', () => {
  it('of two tables are one where they share what tells, and go by table and id', async () => {
    const web = await tableOf({
      email: ['ann@firma.de', 'bob@firma.de'],
      'full-name': ['Ann Lee', 'Bob Ray'],
    });
    const shop = await tableOf(
      { 'full-name': ['Lee, Ann', 'Cleo Moon'], email: ['ANN@firma.de', ''] },
      't2',
    );
    const { prepared, people } = await find([web, shop]);
    expect([...people.people]).toEqual([0, 1, 0, 2]);
    expect(people.keys).toEqual(['t1:1', 't1:2', 't2:1', 't2:2']);
    await makePeopleTable(engine, prepared, people);
    const table = await engine.query(
      sql`SELECT person FROM people WHERE source = 't2' AND record = '1'`,
    );
    expect(table.getChild('person')?.get(0)).toBe('t1:1');
  });

  it('with a key are one record a key, whatever table and columns are called, and rows without one are none', async () => {
    const [name, column, key] = [`"raw'; DROP`, '__proto__', `a"b'`];
    await engine.make(
      name,
      sql`SELECT * FROM (VALUES (1, 'C2', NULL), (2, 'C1', 'bob@firma.de'), (3, 'C2', 'ann@firma.de'), (4, NULL, 'cleo@firma.de'), (5, 'x,"y', 'ann@firma.de'))
          AS it(line, ${id(key)}, ${id(column)})`,
    );
    const columns = [key, column].map((header) => ({
      name: header,
      header,
      type: 'text' as const,
      role: 'feature',
    }));
    const fields = [{ table: 't1', column, as: 'email' as const }];
    const { prepared, people } = await find([{ id: 't1', table: name, key, columns }], {
      ...british,
      fields,
    });
    expect(people.keys).toEqual(['t1:C2', 't1:C1', 't1:x,"y']);
    expect([...people.people]).toEqual([0, 1, 0]);
    await makePeopleTable(engine, prepared, people);
    const table = await engine.query(sql`SELECT person FROM people WHERE record = ${'x,"y'}`);
    expect(table.getChild('person')?.get(0)).toBe('C2');
    await engine.drop(name);
  });

  it('with nothing but an e-mail are those with the same one', async () => {
    const email = Array.from({ length: 60 }, (_, r) => `person${r % 40}@firma.de`);
    const { people } = await find([await tableOf({ email })]);
    expect(people.count).toBe(40);
    expect([...people.people]).toEqual([...people.baseline.people]);
  });

  it('who share a household are two', async () => {
    const couples = Array.from({ length: 40 }, (_, r) => r);
    const twice = (text: (r: number) => string) => couples.flatMap((r) => [text(r), text(r)]);
    const family = [
      'Adams',
      'Becker',
      'Castillo',
      'Dubois',
      'Eriksen',
      'Fischer',
      'Grant',
      'Hughes',
      'Ivanov',
      'Jansen',
    ];
    const table = await tableOf({
      'given-name': couples.flatMap(() => ['Martha', 'Peter']),
      'family-name': twice((r) => family[r % 10]!),
      phone: twice((r) => `020 7946 ${1000 + 37 * r}`),
      address: twice((r) => `${r + 1} Mill Lane, Leeds LS${r + 1} 1AA`),
    });
    const { people } = await find([table]);
    expect(people.count).toBe(80);
    expect(people.baseline.count).toBe(40);
  });

  it('at one desk are not one person for its e-mail and phone, even under one first name', async () => {
    const desk = Array.from({ length: 120 }, (_, r) => r);
    const syllables = ['ba', 'do', 'fi', 'ku', 'le', 'mo', 'nu', 'pa', 'ri', 'so', 'ty'];
    const name = (r: number) =>
      `${syllables[r % 11]}${syllables[Math.floor(r / 11)]}${syllables[(3 * r) % 7]}nk`;
    const table = await tableOf({
      'given-name': desk.map((r) => (r % 4 === 0 ? 'John' : ['Ann', 'Igor', 'Peter'][r % 3]!)),
      'family-name': desk.map(name),
      email: desk.map(() => 'desk@shop.org'),
      phone: desk.map(() => '020 7946 0958'),
    });
    const { people } = await find([table]);
    expect(people.count).toBe(120);
    expect(people.baseline.count).toBe(1);
  });

  it('are none of no records, one of one, and are not put together where nothing is known of them', async () => {
    expect((await find([await tableOf({ email: ['ann@firma.de'] })])).people.count).toBe(1);
    expect(
      (await find([await tableOf({ email: ['', '', ''], phone: ['', '0000000', 'none'] })])).people
        .count,
    ).toBe(3);
    await engine.make('raw_t1', sql`SELECT 'a' AS email, 1 AS line WHERE false`);
    const empty: PeopleTable = {
      id: 't1',
      table: 'raw_t1',
      key: null,
      columns: [{ name: 'email', header: 'email', type: 'text', role: 'email' }],
    };
    expect((await find([empty])).people.count).toBe(0);
  });

  it('cannot be looked for without a column that tells them apart', async () => {
    const table = await tableOf({ email: ['ann@firma.de'] });
    const columns = [{ name: 'amount', header: 'amount', type: 'number' as const, role: 'amount' }];
    await expect(find([{ ...table, columns }])).rejects.toMatchObject({
      code: 'people-fields-missing',
    });
    const fields = [{ table: 't9', column: 'gone', as: 'email' as const }];
    await expect(find([table], { ...british, fields })).rejects.toMatchObject({
      code: 'people-fields-missing',
    });
  });

  it('are refused thresholds that cross', async () => {
    const prepared = await preparePeople(
      { db: engine, worker },
      [await tableOf({ email: ['ann@firma.de'] })],
      british,
    );
    await expect(
      resolvePeople(worker, prepared, { ...british, link: 0.4, review: 0.6 }),
    ).rejects.toThrow('cannot review from 0.6');
    await expect(resolvePeople(worker, prepared, { ...british, link: NaN })).rejects.toThrow(
      'cannot review',
    );
  });
});
