import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/db/query.ts';
import { random } from '../../../src/lib/random.ts';
import { cluster } from '../../../src/tables/people/cluster.ts';
import { comparer } from '../../../src/tables/people/compare.ts';
import { evidenceIn, hardEvidence, isAgainst } from '../../../src/tables/people/evidence.ts';
import { preparePeople, resolvePeople } from '../../../src/tables/people/find-people.ts';
import { makeRecords, type TextColumn } from '../../../src/tables/people/records.ts';
import { peopleDefaults, type FieldKind, type KeyPair } from '../../../src/tables/people/types.ts';
import { testEngine } from '../../support/engine.ts';
import { pairScore } from '../../support/pair-score.ts';
import { peopleRaw, peopleService } from '../../support/people-service.ts';
import { makePeople, standard } from '../../support/people.ts';

let engine: Engine;
beforeAll(() => void ({ engine } = testEngine()));
afterAll(() => engine.close());
const worker = peopleService();

async function find(columns: readonly TextColumn[], accepted: readonly KeyPair[] = []) {
  const table = await peopleRaw(engine, columns, { id: 't1', name: 'raw_t1' });
  const settings = { ...peopleDefaults, accepted };
  const prepared = await preparePeople({ db: engine, worker }, [table], settings);
  return { prepared, people: await resolvePeople(worker, prepared, settings) };
}
const cells = (texts: Readonly<Partial<Record<FieldKind, readonly string[]>>>): TextColumn[] =>
  Object.entries(texts).map(([as, all]) => ({ as: as as FieldKind, texts: all })); // keys are kinds
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const first = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eva', 'Finn', 'Greta', 'Hugo'];
const last = ['Adams', 'Becker', 'Castillo', 'Dubois', 'Eriksen', 'Fischer', 'Grant', 'Hughes'];
/** Eight names over all; records 2k and 2k + 1 are one person by phone and birth date, `mail` says whose name the e-mail has. */
function eightNames(rows: readonly number[], mail = (i: number) => i): TextColumn[] {
  const person = (i: number) => i >> 1;
  const born = (p: number) => `19${50 + (p % 50)}-0${1 + (p % 9)}-1${p % 9}`;
  return cells({
    'given-name': rows.map((i) => first[i % 8]!),
    'family-name': rows.map((i) => last[(3 * i) % 8]!),
    email: rows.map((i) => `${first[mail(i) % 8]}.${last[(3 * mail(i)) % 8]}${person(i)}@x.org`),
    phone: rows.map((i) => `+4420${7_000_000 + person(i)}`),
    'birth-date': rows.map((i) => born(person(i))),
    city: rows.map((i) => (i % 3 === 0 ? 'Londn' : 'London')),
  });
}

describe('records of eight names', () => {
  const truth = Int32Array.from(numbers(300), (i) => i >> 1);

  it.each([
    ['its own', (i: number) => i],
    ['the person’s', (i: number) => i & ~1],
  ])(
    'are the people that phone and birth date say, where an e-mail has %s name',
    async (_, mail) => {
      const { people } = await find(eightNames(numbers(300), mail));
      expect(pairScore(people.people, truth)).toMatchObject({ precision: 1, recall: 1 });
      expect(people).toMatchObject({ count: 150, learnt: 'rules', baseline: { count: 150 } });
    },
  );

  it('with gaps are no mixed people either, and most who can be told are found', async () => {
    const next = random(7);
    const columns = eightNames(numbers(300), (i) => i & ~1).map(({ as, texts }) => ({
      as,
      texts: as.endsWith('name') ? texts : texts.map((text) => (next() < 0.2 ? '' : text)),
    }));
    const { people } = await find(columns);
    const { precision, recall } = pairScore(people.people, truth);
    expect(precision).toBe(1);
    expect(recall).toBeGreaterThan(0.6);
    expect(people.learnt).toBe('rules');
  });

  it('and no two of one person are a person each, by the weights that were expected', async () => {
    const { people } = await find(eightNames(numbers(150).map((p) => 2 * p + (p % 2))));
    expect(people).toMatchObject({ count: 150, learnt: 'expected' });
  });
});

describe('e-mail, phone and birth date', () => {
  const pairOf = async (texts: Parameters<typeof cells>[0]) => {
    const records = await makeRecords(2, cells(texts), { country: '', sameMailbox: true });
    const compare = comparer(records);
    return {
      ...evidenceIn(compare(0, 1)),
      isOut: hardEvidence(records, compare).rulesOut(0, 1),
    };
  };
  const mails = ['ann@firma.de', 'bob@laden.fr'];
  const phones = ['020 7946 0958', '030 1234 9999'];

  it('rule a pair out where two are there and none agrees', async () => {
    const births = ['1980-04-03', '1991-11-20'];
    expect(await pairOf({ email: mails, phone: phones })).toMatchObject({ known: 2, isOut: true });
    expect((await pairOf({ email: mails, 'birth-date': births })).isOut).toBe(true);
    expect((await pairOf({ phone: phones, 'birth-date': births })).isOut).toBe(true);
    expect(
      (await pairOf({ phone: phones, 'birth-date': ['1980-04-03', '1980-11-20'] })).isOut,
    ).toBe(true);
  });

  it('do not where one agrees but for a slip, a swap or the day, or where only one is there', async () => {
    for (const births of [
      ['1980-04-03', '1980-04-03'],
      ['1980-04-03', '1980-03-04'],
      ['1980-04-03', '1981-04-03'],
      ['1980-04-03', '1980'],
    ])
      expect((await pairOf({ email: mails, phone: phones, 'birth-date': births })).isOut).toBe(
        false,
      );
    expect((await pairOf({ email: mails, phone: ['020 7946 0958', '020 7946 0985'] })).isOut).toBe(
      false,
    );
    expect((await pairOf({ email: ['ann@firma.de', 'anm@firma.de'], phone: phones })).isOut).toBe(
      false,
    );
    expect((await pairOf({ email: mails, phone: [phones[0]!, ''] })).isOut).toBe(false);
    expect((await pairOf({ email: mails })).isOut).toBe(false);
  });

  it('keep two apart whatever stands between them, however many, unless a pair is accepted', async () => {
    const count = 200;
    const chain = numbers(count - 1).map((r) => ({ first: r, second: r + 1, probability: 0.99 }));
    const hard = {
      profile: (r: number) => (r === 60 ? 1 : r === count - 1 ? 2 : -1), // the 61st is past what is looked at else
      rulesOut: (a: number, b: number) => a !== b,
    };
    const options = { count, links: chain, refused: [], contradicts: () => false, hard };
    const { people, held } = await cluster({ ...options, accepted: [] });
    expect(people[60]).not.toBe(people[count - 1]);
    expect(held).toHaveLength(1);
    const decided = await cluster({ ...options, accepted: [[60, count - 1]] });
    expect(decided.count).toBe(1);
    expect(decided.held).toEqual([]);
  });

  it('are in no person of made-up people against each other, and such pairs are asked about', async () => {
    const made = makePeople(1000, standard, 11);
    const { prepared, people } = await find(made.columns);
    expect(people.learnt).toBe('pairs');
    const compare = comparer(prepared.records);
    const { rulesOut } = hardEvidence(prepared.records, compare);
    let together = 0;
    for (let a = 0; a < 1000; a++)
      for (let b = a + 1; b < 1000; b++) {
        if (people.people[a] !== people.people[b]) continue;
        together++;
        expect(rulesOut(a, b)).toBe(false);
      }
    expect(together).toBeGreaterThan(400);
    const asked = people.review.filter(({ first, second }) => rulesOut(first, second));
    expect(asked.filter(({ held }) => held).length).toBeGreaterThan(0);
    const { first: a, second: b } = asked[0]!;
    const decided = await find(made.columns, [[people.keys[a]!, people.keys[b]!]]);
    expect(decided.people.people[a]).toBe(decided.people.people[b]);
  });

  it('count as a slip only while near: levels of a pattern', () => {
    const missing = 0b111_111_111_111_111_111;
    expect(evidenceIn(missing)).toEqual({ known: 0, exact: 0, near: 0 });
    expect(isAgainst({ known: 1, exact: 0, near: 0 })).toBe(false);
    expect(isAgainst({ known: 3, exact: 0, near: 1 })).toBe(false);
    expect(isAgainst({ known: 2, exact: 0, near: 0 })).toBe(true);
  });
});
