import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/query.ts';
import { sql } from '../../../src/lib/sql.ts';
import { buildDataset } from '../../../src/tables/build.ts';
import { describeColumns } from '../../../src/tables/columns.ts';
import { assembleRaw } from '../../../src/tables/many/assemble.ts';
import { joinName } from '../../../src/tables/many/join-words.ts';
import { orphanRows } from '../../../src/tables/many/orphan-rows.ts';
import { pinnedMany } from '../../../src/tables/many/pinned.ts';
import { describeProject } from '../../../src/tables/many/project.ts';
import type { ManySettings } from '../../../src/tables/many/types.ts';
import { testDatabase } from '../../support/duckdb.ts';
import { importTexts } from './projects.ts';

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()), 60_000);

type Files = Parameters<typeof importTexts>[1];

async function project(files: Files, settings: ManySettings = {}) {
  const raws = await importTexts(database, files);
  const described = await describeProject(database, raws, { settings });
  const label = (id: string) => described.tables.find((table) => table.id === id)!.label;
  return {
    ...described,
    spineLabel: label(described.assembly.spine),
    names: described.joins.map((join) => joinName(described.tables, join)),
    steps: described.assembly.steps.map(({ to }) => label(to.table)),
    apart: described.assembly.apart.map(({ table }) => label(table)),
    make: () => assembleRaw(database, described, raws),
  };
}

const rows = async () =>
  (await database.query(sql`SELECT * EXCLUDE (unreadable) FROM raw ORDER BY line`))
    .toArray()
    .map((row) => row.toJSON());

/** A small shop whose four systems call things differently. */
const shop: Files = [
  [
    'kunden.csv',
    'Nr,E-Mail,Vorname,Stadt\n1,a@x.de,Ann,Köln\n2,b@x.de,Bob,Bonn\n3,c@x.de,Cem,Trier\n',
  ],
  [
    'bestellungen.csv',
    'Bestellnummer,Kundennummer,Bestelldatum\nB1,1,2024-01-01\nB2,2,2024-02-01\nB3,1,2024-03-01\nB4,9,2024-03-02\n',
  ],
  [
    'positionen.csv',
    'Bestellnummer,Position,Artikelnummer,Menge,Einzelpreis\nB1,1,A1,2,1.50\nB1,2,A2,1,4.00\nB2,1,A1,1,1.50\nB3,1,A9,3,2.00\nB8,1,A1,1,1.50\n',
  ],
  ['artikel.csv', 'Artikelnummer,Warengruppe,Listenpreis\nA1,Obst,1.60\nA2,Brot,4.10\n'],
];

describe('several tables', () => {
  it('become order lines with their customers, dates and products', async () => {
    const it = await project(shop);
    expect(it.spineLabel).toBe('positionen');
    expect(it.steps).toEqual(expect.arrayContaining(['bestellungen', 'artikel', 'kunden']));
    const raw = await it.make();
    const described = describeColumns(raw, {});
    expect(
      Object.fromEntries(described.columns.map(({ role, name }) => [role, name])),
    ).toMatchObject({
      order: 'Bestellnummer',
      line: 'Position',
      product: 'Artikelnummer',
      quantity: 'Menge',
      price: 'Einzelpreis',
      customer: 'Kundennummer',
      date: 'Bestelldatum',
      category: 'Warengruppe',
      email: 'E-Mail',
      'person-name': 'Vorname',
      place: 'Stadt',
    });
    const dataset = await buildDataset(database, raw, described);
    // B8 is an order that nobody knows: its line has no customer, and is set aside, not lost
    expect(dataset.ledger).toMatchObject({ read: 5, kept: 4, amountRead: 16, amountKept: 14.5 });
    expect(dataset.ledger.setAside).toMatchObject([
      { reason: 'no-customer', rows: 1, sample: [{ line: 6 }] },
    ]);
    expect(dataset.customers).toBe(2);
  });

  it('say which rows find no partner, page by page, with their lines', async () => {
    const { joins, tables, raws, names } = await project(shop);
    const join = joins[names.indexOf('bestellungen.Kundennummer = kunden.Nr')]!;
    expect(join).toMatchObject({ kind: 'many-to-one', coverage: 0.75, orphans: 1, orphansBack: 1 });
    const left = await orphanRows(
      database.query,
      { tables, raws },
      { join, of: 'left', from: 0, count: 10 },
    );
    expect(left).toMatchObject({ lines: [5], rows: [['B4', '9', '2024-03-02']] });
    const right = await orphanRows(
      database.query,
      { tables, raws },
      { join, of: 'right', from: 1, count: 10 },
    );
    expect(right).toMatchObject({
      headers: ['Nr', 'E-Mail', 'Vorname', 'Stadt'],
      lines: [],
      rows: [],
    });
  });

  it('are joined by values alone where no name tells, if these are no small numbers', async () => {
    const codes = Array.from({ length: 40 }, (_, i) => `ab-${1000 + 7 * i}`);
    const numbers = codes.map((_, i) => i);
    const a = codes.map((code, i) => `${code},${numbers[i]},${i % 5}`).join('\n');
    const b = [...codes, ...codes].map((code, i) => `${i},${code},${i % 3}`).join('\n');
    const { names } = await project([
      ['first.csv', `alpha,beta,gamma\n${a}\n`],
      ['second.csv', `delta,epsilon,zeta\n${b}\n`],
    ]);
    expect(names).toEqual(['second.epsilon = first.alpha']);
  });

  it('never use a total of the whole order for each of its lines', async () => {
    const it = await project([
      [
        'orders.csv',
        'order_id,customer_id,order_date,amount\n1,7,2024-01-01,30\n2,8,2024-01-02,12\n3,7,2024-01-03,9\n',
      ],
      ['order_items.csv', 'order_id,product_id,quantity\n1,p,1\n1,q,2\n2,p,1\n3,r,1\n'],
    ]);
    expect(it.spineLabel).toBe('orders');
    expect(it.apart).toEqual(['order_items']);
    const raw = await it.make();
    const dataset = await buildDataset(database, raw, describeColumns(raw, {}));
    expect(dataset.ledger).toMatchObject({ read: 3, kept: 3, amountKept: 51 });
  });

  it('keep columns apart that have one name, whatever files call them', async () => {
    const it = await project([
      [
        'orders.csv',
        'order_id,customer_id,date,amount,__proto__, key 0,"a""b"\n1,7,2024-01-01,30,x,k,1\n2,8,2024-01-02,12,y,l,2\n3,7,2024-02-02,1,y,l,2\n',
      ],
      [
        "cust'omers.csv",
        'customer_id,date,line,__proto__,"a""b"\n7,2020-01-01,u,p,3\n8,2021-01-01,v,q,4\n',
      ],
    ]);
    const raw = await it.make();
    const label = it.tables[1]!.label;
    expect(raw.columns.map(({ name }) => name).slice(7)).toEqual([
      `${label}_date`,
      'line_2',
      `${label}___proto__`,
      `${label}_a"b`,
    ]);
    const found = await database.query(sql`SELECT * FROM raw ORDER BY line`);
    const at = (c: number, r: number): unknown => found.getChildAt(c)?.get(r); // by place: a row has no `__proto__`
    const cells = [0, 1, 2].map((r) => Array.from({ length: 12 }, (_, c) => String(at(c, r))));
    expect(cells.map((row) => row.slice(4))).toEqual([
      ['x', 'k', '1', '1577836800000', 'u', 'p', '3', '1'],
      ['y', 'l', '2', '1609459200000', 'v', 'q', '4', '2'],
      ['y', 'l', '2', '1577836800000', 'u', 'p', '3', '3'],
    ]);
  });

  it('that nothing joins, or that are one, are still a table', async () => {
    const one = await project([
      ['orders.csv', 'order_id,customer_id,date,amount\n1,7,2024-01-01,30\n2,7,2024-01-02,3\n'],
    ]);
    expect([one.spineLabel, one.joins, one.steps]).toEqual(['orders', [], []]);
    expect((await one.make()).profiles.rows).toBe(2);
    const two = await project([
      ['orders.csv', 'order_id,customer_id,date,amount\n1,7,2024-01-01,30\n2,7,2024-01-02,3\n'],
      ['weather.csv', 'station,rain\nx,1.5\ny,2.5\n'],
    ]);
    expect([two.spineLabel, two.joins, two.apart]).toEqual(['orders', [], ['weather']]);
    expect(two.warnings.map(({ code }) => code)).toEqual(['tables-joined', 'table-apart']);
  });
});

it('that only say who did something and when are led by the one that says most', async () => {
  const lines = (n: number, end: string) =>
    Array.from({ length: n }, (_, i) => `${i % 9},${i % 5},${end},${1260759144 + 86400 * i}`);
  const it = await project([
    ['ratings.csv', `userId,movieId,rating,timestamp\n${lines(60, '2.5').join('\n')}\n`],
    ['tags.csv', `userId,movieId,tag,timestamp\n${lines(20, 'dull').join('\n')}\n`],
  ]);
  expect(it.spineLabel).toBe('ratings');
});

describe('what a person decides', () => {
  const payments = [
    ...shop,
    [
      'zahlungen.csv',
      'Bestellnummer,Zahlungsart,Betrag\nB1,bar,5\nB1,karte,2\nB2,bar,1.5\n',
    ] as const,
  ];
  const joinOf = {
    left: { table: 't5', columns: ['Bestellnummer'] },
    right: { table: 't2', columns: ['Bestellnummer'] },
  };

  it('can leave a join out', async () => {
    const settings = {
      joins: [
        {
          left: { table: 't4', columns: ['Artikelnummer'] },
          right: { table: 't3', columns: ['Artikelnummer'] },
          use: false,
        },
      ],
    };
    const it = await project(shop, settings);
    expect(it.steps).toEqual(['bestellungen', 'kunden']);
    expect(it.assembly.apart).toEqual([{ table: 't4', reason: 'You left its join out.' }]);
  });

  it('can use a join that would multiply rows: the first row of each is taken, and said', async () => {
    const without = await project(payments);
    expect(without.apart).toEqual(['zahlungen']);
    const it = await project(payments, { joins: [{ ...joinOf, use: true }] });
    expect(it.apart).toEqual([]);
    expect(it.warnings.find(({ code }) => code === 'join-first-only')?.words).toContain(
      'up to 2 rows of zahlungen',
    );
    const raw = await it.make();
    expect(raw.profiles.rows).toBe(5);
    expect((await rows()).map((row) => row['Zahlungsart'])).toEqual([
      'bar',
      'bar',
      'bar',
      null,
      null,
    ]);
  });

  it('can connect columns that nothing speaks for, and names of what is gone are passed over', async () => {
    const files: Files = [
      [
        'orders.csv',
        'order_id,customer_id,date,amount,w\n1,7,2024-01-01,30,x\n2,7,2024-01-02,3,y\n',
      ],
      ['weather.csv', 'station,rain\nx,1.5\nz,2.5\n'],
    ];
    const gone = {
      left: { table: 't9', columns: ['a'] },
      right: { table: 't1', columns: ['nope'] },
      use: true,
    };
    const given = {
      left: { table: 't1', columns: ['w'] },
      right: { table: 't2', columns: ['station'] },
      use: true,
    };
    const it = await project(files, { joins: [gone, given] });
    expect(it.joins).toMatchObject([{ isGiven: true, confidence: 1, coverage: 0.5 }]);
    await it.make();
    expect((await rows()).map((row) => row['rain'])).toEqual([1.5, null]);
  });

  it('whose keys differ in capitals and spaces are offered to be joined, and are only where a person says so', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `Ab-${100 + i}`);
    const odd = (id: string, i: number) => (i % 8 === 0 ? id : ` ${id.toUpperCase()}\u00a0`);
    const files: Files = [
      [
        'orders.csv',
        `order_id,customer_id,date,amount\n${ids.map((id, i) => `${i},"${odd(id, i)}",2024-01-01,${i}`).join('\n')}\n`,
      ],
      ['customers.csv', `customer_id,city\n${ids.map((id, i) => `${id},c${i % 5}`).join('\n')}\n`],
    ];
    const cities = async () =>
      (await rows()).filter((row) => typeof row['city'] === 'string').length;
    const before = await project(files);
    const [join] = before.joins;
    expect(join).toMatchObject({ folded: false, coverage: 0.125 });
    expect(join!.offer).toMatchObject({ kind: 'one-to-one', coverage: 1, coverageBack: 1 });
    expect(before.warnings.map(({ code }) => code)).toContain('join-would-fold');
    await before.make();
    expect(await cities()).toBeLessThanOrEqual(5);
    const said = { left: join!.left, right: join!.right, use: true, folded: true };
    const after = await project(files, { joins: [said] });
    expect(after.joins).toMatchObject([{ folded: true, coverage: 1, offer: null }]);
    expect(after.warnings.map(({ code }) => code)).toContain('join-folded');
    await after.make();
    expect(await cities()).toBe(40);
    expect((await rows())[1]!['customer_id']).toBe('AB-101'); // the cells stay as they are
    expect(pinnedMany(after).joins).toEqual([said]);
    const ask = { join: after.joins[0]!, of: 'left', from: 0, count: 9 } as const;
    expect((await orphanRows(database.query, { ...after, raws: after.raws }, ask)).rows).toEqual(
      [],
    );
  });

  it('whose keys agree, or would not agree better, are offered nothing', async () => {
    const it = await project(shop);
    expect(it.joins.map(({ offer }) => offer)).toEqual(it.joins.map(() => null));
  });

  it('can say what a table is, what a column is, and whose rows count', async () => {
    const settings: ManySettings = {
      tables: [{ id: 't1', kind: 'other', roles: [{ column: 'Stadt', role: 'customer' }] }],
      spine: 't2',
    };
    const it = await project(shop, settings);
    expect(it.tables[0]).toMatchObject({ kind: 'other', reason: 'You said so.' });
    expect(it.spineLabel).toBe('bestellungen');
    const raw = await it.make();
    const customer = describeColumns(raw, {}).columns.find(({ role }) => role === 'customer');
    expect(customer).toMatchObject({ name: 'Stadt', reason: 'You said so.', confidence: 1 });
    const roles = [{ column: 'Kundennummer', role: 'customer' as const }];
    expect(
      describeColumns(raw, { roles }).columns.find(({ role }) => role === 'customer')?.name,
    ).toBe('Kundennummer');
  });

  it('does not measure again what is known already', async () => {
    const raws = await importTexts(database, shop);
    let asked = 0;
    const counting: Database = {
      ...database,
      query: (...given) => ((asked += 1), database.query(...given)),
    };
    const before = await describeProject(counting, raws, { settings: {} });
    expect(asked).toBeGreaterThan(2);
    asked = 0;
    const after = await describeProject(counting, raws, { settings: { spine: 't2' }, before });
    expect([asked, after.joins]).toEqual([0, before.joins]);
    expect(JSON.parse(JSON.stringify({ ...after, raws: [] }))).toEqual({ ...after, raws: [] });
  });

  it('can stop the search for joins', async () => {
    const raws = await importTexts(database, shop);
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const search = describeProject(
      database,
      raws,
      { settings: {} },
      { signal: controller.signal, onProgress },
    );
    await expect(search).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('joining', () => {
  it('never loses or multiplies a row, and takes the first partner, for any tables and any join', async () => {
    const key = fc.option(fc.constantFrom('x', 'y', 'z', "o'x"), { nil: null, freq: 5 });
    const keys = fc.array(key, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(keys, keys, async (left, right) => {
        const text = (of: typeof left) =>
          of.map((each, i) => `${each === null ? '' : each},${i + 0.5}`).join('\n');
        const settings: ManySettings = {
          spine: 't1',
          joins: [
            {
              left: { table: 't1', columns: ['k'] },
              right: { table: 't2', columns: ['j'] },
              use: true,
            },
          ],
        };
        const it = await project(
          [
            ['a.csv', `k,v\n${text(left)}\n`],
            ['b.csv', `j,w\n${text(right)}\n`],
          ],
          settings,
        );
        await it.make();
        const expected = left.map((each) => {
          const partner = each === null ? -1 : right.indexOf(each);
          return partner < 0 ? null : partner + 0.5;
        });
        expect((await rows()).map((row) => row['w'])).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});
