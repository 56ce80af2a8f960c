import { describe, expect, it } from 'vitest';
import { Finder } from '../../src/insight/find/finder.ts';
import { ordersOf, customerTexts, tellingWho } from '../../src/insight/find/customer.sql.ts';
import { TesseraError } from '../../src/lib/errors.ts';
import { unattended } from '../../src/lib/job.ts';
import { random } from '../../src/lib/random.ts';
import { fold } from '../../src/lib/fold.ts';
import { column, ordersTable } from '../support/datasets.ts';
import { testDatabase } from '../support/duckdb.ts';
import { sql } from '../../src/lib/sql.ts';

const customers = ['C10', 'C100', 'C1001', 'D10', 'X-7', '10'];
const texts = ['Ana Müller Köln', 'Bo Miller', 'Čeněk Novák', '', 'Ana Novak', 'Übermüller Ana'];
const finder = () => Finder.of(customers, texts);
const ids = async (typed: string, most = 10) =>
  Array.from((await finder()).find(typed, most).rows, (row) => customers[row]);

describe('customers are found', () => {
  it.each([
    ['c10', ['C10', 'C100', 'C1001']], // the id itself, then those that begin so
    ['10', ['10', 'C10', 'C100', 'C1001', 'D10']],
    ['x-7', ['X-7']],
    ['muller', ['C10', '10']], // a word that begins so before one that holds it
    ['ANA müller', ['C10', '10']],
    ['novak', ['C1001', 'X-7']],
    ['novak ana', ['X-7']],
    ['nobody', []],
    ['  ', []],
    ['*', []],
  ])('by %s', async (typed, found) => expect(await ids(typed)).toEqual(found));

  it('the id itself is found though many others are like it and come first', async () => {
    const many = Array.from({ length: 50_000 }, (_, i) => `A${100_000 + i}7`);
    const big = await Finder.of([...many, '7'], []);
    const { rows, isMore } = big.find('7', 5);
    expect(rows[0]).toBe(50_000);
    expect(rows).toHaveLength(5);
    expect(isMore).toBe(true);
  });

  it('the same as looking at every customer', async () => {
    const next = random(9);
    const letters = 'abcé01 ';
    const word = () => Array.from({ length: 4 }, () => letters[Math.floor(next() * 7)]).join('');
    const names = Array.from({ length: 40_000 }, (_, i) => `${word()}${i}`);
    const own = names.map(word);
    const all = await Finder.of(names, own);
    for (const typed of ['a', 'ab', 'é 1', '1c', 'b c a', '00']) {
      const wanted = fold(typed).split(' ');
      const plain = names.flatMap((name, r) => {
        const line = `\n${fold(name)}\t${fold(own[r]!)}`;
        return wanted.every((each) => line.includes(each)) ? [r] : [];
      });
      const { rows, isMore } = all.find(typed, 100_000);
      expect([...rows].sort((a, b) => a - b)).toEqual(plain);
      expect(isMore).toBe(false);
    }
  });

  it.each([true, false])(
    'key by key as if each were the first (ids in order: %s)',
    async (isOrdered) => {
      const next = random(3);
      const own = Array.from({ length: 30_000 }, () => String(Math.floor(next() * 1e6)));
      if (isOrdered) own.sort();
      const words = own.map((_, r) => ['Ana Berg', 'Bo Alm', 'Cy Ek'][r % 3]!);
      const kept = await Finder.of(own, words);
      for (const typed of ['12345', 'ana 7', 'ana 77', 'bo alm 99', 'alm 991', 'x', '9', own[77]!])
        for (let length = 1; length <= typed.length; length++) {
          const key = typed.slice(0, length);
          const fresh = await Finder.of(own, words);
          expect(kept.find(key, 20)).toEqual(fresh.find(key, 20));
        }
    },
  );

  it('nobody among none; a search cannot break a line', async () => {
    expect((await Finder.of([], [])).find('a', 3).rows).toHaveLength(0);
    expect(await ids('\n')).toEqual([]);
    expect(await ids('C10\tAna')).toEqual(['C10']);
  });

  it('learning who is who can be cancelled', async () => {
    const stop = new TesseraError('unexpected', 'stopped');
    const job = { ...unattended, breathe: () => Promise.reject(stop) };
    await expect(Finder.of(customers, texts, job)).rejects.toBe(stop);
  });
});

describe('what is asked of the database', () => {
  it('orders of one customer, last first, returns apart, names that are SQL harmless', async () => {
    const { query } = await testDatabase();
    const customer = "x'; DROP TABLE orders; --";
    await ordersTable(query, [
      { customer, at: '2025-01-02 10:00:00', order: '1', amount: 5, quantity: 1, product: 'Tea' },
      { customer, at: '2025-01-02 10:00:00', order: '1', amount: 7, quantity: 2, product: 'Bun' },
      {
        customer,
        at: '2025-02-01 10:00:00',
        order: 'C1',
        amount: -5,
        quantity: -1,
        product: 'Tea',
        isReturn: true,
      },
      { customer, at: '2026-01-01 10:00:00', order: '3', amount: 9 },
      { customer: 'other', at: '2025-01-02 10:00:00', order: '4', amount: 5 },
    ]);
    const found = (await query(ordersOf(customer, '2025-12-31', 10))).toArray();
    expect(
      found.map(({ day, amount, items, lines, is_return, what, orders }) => [
        day,
        amount,
        items,
        lines,
        is_return,
        what,
        orders,
      ]),
    ).toEqual([
      ['2025-02-01', -5, -1, 1, true, 'Tea', 2],
      ['2025-01-02', 12, 3, 2, false, 'Bun, Tea', 2],
    ]);
  });

  it('the first filled words of each customer, by their row in the table', async () => {
    const { query } = await testDatabase();
    await ordersTable(query, [
      { customer: 'b', at: '2025-01-02 10:00:00' },
      { customer: 'a', at: '2025-01-02 10:00:00' },
    ]);
    await query(
      sql`CREATE TABLE raw AS SELECT * FROM (VALUES (1, 'b', NULL, 'x'), (2, 'a', 'Ana', 'y'), (3, 'b', 'Bo', 'z')) AS t(line, id, name, note)`,
    );
    const columns = [
      column('id', 'text', { role: 'customer' }),
      column('name', 'text', { role: 'person-name' }),
      column('note', 'text', { role: 'comment' }),
    ];
    const wanted = tellingWho(columns, 'orders');
    expect(wanted.map(({ name }) => name)).toEqual(['name']);
    const asked = customerTexts(columns, wanted, {
      table: 'raw',
      customers: { kind: 'orders', asOf: null },
    });
    const found = (await query(asked)).toArray();
    expect(found.map(({ row, text }) => [row, text])).toEqual([
      [0, 'Ana'],
      [1, 'Bo'],
    ]);
  });
});
