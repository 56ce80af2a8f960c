import type { Database, Query } from '../../../src/db/query.ts';
import { measureFeatures } from '../../../src/features/build.ts';
import type { FeatureTable } from '../../../src/features/types.ts';
import { Facts } from '../../../src/insight/ask/facts.ts';
import type { Ground } from '../../../src/insight/ask/answers/group.ts';
import { lexiconOf, type Lexicon } from '../../../src/insight/ask/lexicon.ts';
import { listsOf, subjectOf } from '../../../src/insight/ask/subject.ts';
import { random } from '../../../src/lib/random.ts';
import { sql } from '../../../src/lib/sql.ts';
import { makeBlob } from '../../../src/samples/make.ts';
import { sampleOf, specOf } from '../../../src/samples/schemes.ts';
import { segment } from '../../../src/segments/segment.ts';
import { segmentDefaults, type Segmentation } from '../../../src/segments/types.ts';
import { buildDataset } from '../../../src/tables/build.ts';
import { describeColumns } from '../../../src/tables/columns.ts';
import { assembleRaw } from '../../../src/tables/many/assemble.ts';
import { describeProject } from '../../../src/tables/many/project.ts';
import type { Dataset } from '../../../src/tables/types.ts';
import { importFiles, olist } from '../../tables/many/projects.ts';
import { testDatabase } from '../../support/duckdb.ts';
import { importFile } from '../../support/import.ts';
import { segmentService } from '../../support/segment-service.ts';

/** A project that questions are asked of, and the database to answer them again by hand. */
export type World = {
  readonly table: FeatureTable;
  readonly segmentation: Segmentation;
  readonly lexicon: Lexicon;
  readonly ground: () => Ground;
  /** First column of the first row. */
  readonly one: (statement: string) => Promise<number>;
  readonly all: (statement: string) => Promise<readonly (readonly unknown[])[]>;
  /** A feature by its name; [customers]. */
  readonly column: (name: string) => Float64Array;
};

async function worldOf(file: File, names: readonly string[], k: number): Promise<World> {
  const { database } = await testDatabase();
  const data = await importFile(database, file);
  return worldFrom(database, { ...data, cleaned: data.raw.profiles.table }, names, k);
}

async function worldFrom(
  database: Database,
  data: Dataset & { readonly cleaned: string },
  names: readonly string[],
  k: number,
): Promise<World> {
  const { query } = database;
  const table = await measureFeatures(data, {}, { query, worker: segmentService() }, {});
  const made = await segment(table, { ...segmentDefaults, k });
  const segments = made.segmentation.segments.map((each, i) => ({
    ...each,
    name: names[i] ?? each.name,
  }));
  const segmentation = { ...made.segmentation, segments };
  const lists = await listsOf(data, table, { query, cleaned: data.cleaned });
  const subject = subjectOf(table, segmentation, data, lists);
  const rows = table.customers.map(
    (customer, r) => sql`(${customer}, ${r}, ${segmentation.labels[r]!})`,
  );
  await query(
    sql`CREATE TABLE belongs AS SELECT * FROM (VALUES ${rows.reduce((a, b) => sql`${a}, ${b}`)}) AS t(customer, row, label)`,
  );
  const ask = typed(query);
  return {
    ...{ table, segmentation, lexicon: lexiconOf(subject) },
    ground: () => ({
      ...{ table, segmentation, subject },
      facts: new Facts(query, { asOf: table.asOf }, table.customers.length),
    }),
    one: async (statement) => Number((await ask(statement))[0]?.[0]),
    all: ask,
    column: (name) => {
      const f = table.features.findIndex((each) => each.name === name);
      if (f < 0)
        throw new RangeError(
          `no feature ${name}: ${table.features.map((each) => each.name).join(', ')}`,
        );
      return Float64Array.from(table.customers, (_, r) => table.raw.data[r * table.raw.cols + f]!);
    },
  };
}

/** Statements of a test are written by hand: `sql` with no hole is the text as it stands. */
const typed = (query: Query) => async (statement: string) => {
  const parts = Object.assign([statement], { raw: [statement] }) as unknown as TemplateStringsArray; // what a tag gets
  const found = await query(sql(parts));
  return found.toArray().map((row) => Object.values(row.toJSON()));
};

/** The coffee chain of the samples, smaller. */
export async function coffeeWorld(): Promise<World> {
  const spec = specOf('coffee', { customers: 400 });
  const { table, file } = sampleOf('coffee');
  const blob = await makeBlob(spec, table);
  return worldOf(
    new File([blob], file, { lastModified: 0 }),
    ['Regulars', 'Lapsed', 'Weekenders', 'Newcomers'],
    4,
  );
}

const countries = ['United Kingdom', 'Germany', 'France', 'EIRE', 'Österreich'];
const goods = [
  'WHITE HANGING HEART T-LIGHT HOLDER',
  'REGENCY CAKESTAND 3 TIER',
  'JUMBO BAG RED RETROSPOT',
  'PARTY BUNTING',
  'POSTAGE',
  'Manual',
];

/** Invoices with the columns of Online Retail: three kinds of customers, one of which fades; some returns. */
export function retailCsv(): string {
  const next = random(7);
  const lines = [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  ];
  let invoice = 536_365;
  for (let c = 0; c < 240; c++) {
    const kind = c % 3;
    const country = countries[Math.floor(next() * next() * countries.length)]!;
    const orders = [1, 6, 14][kind]! + Math.floor(next() * 3);
    for (let o = 0; o < orders; o++) {
      const late = kind === 1 ? 0.62 * next() : next(); // kind 1 does not come in the last months
      const day = Math.floor(late * 373);
      const date = new Date(
        Date.UTC(2010, 11, 1, 8 + Math.floor(next() * 10), Math.floor(next() * 60)) +
          day * 86_400_000,
      );
      const at = date.toISOString().slice(0, 16).replace('T', ' ');
      const isReturn = next() < 0.06;
      const where = next() < 0.04 ? 'Germany' : country;
      invoice++;
      for (let l = 0; l < 1 + Math.floor(next() * 3); l++) {
        const g = Math.floor(next() * goods.length);
        const quantity = (1 + Math.floor(next() * 12)) * (isReturn ? -1 : 1);
        const price = (0.85 + g * 1.7).toFixed(2);
        lines.push(
          `${isReturn ? 'C' : ''}${invoice},${22_000 + g},${goods[g]},${quantity},${at},${price},${12_346 + c},${where}`,
        );
      }
    }
  }
  return lines.join('\n') + '\n';
}

export const retailWorld = (): Promise<World> =>
  worldOf(
    new File([retailCsv()], 'online_retail.csv', { lastModified: 0 }),
    ['Champions', 'At Risk', 'One-timers'],
    3,
  );

/** One row a customer, as a phone company has them. */
export function phoneCsv(): string {
  const next = random(3);
  const lines = [
    'customerID,gender,SeniorCitizen,Partner,tenure,Contract,InternetService,MonthlyCharges,Churn',
  ];
  for (let c = 0; c < 300; c++) {
    const kind = c % 3;
    const tenure = [3, 30, 62][kind]! + Math.floor(next() * 9);
    const contract = ['Month-to-month', 'One year', 'Two year'][kind]!;
    const internet = ['Fiber optic', 'DSL', 'No'][Math.floor(next() * 3)]!;
    const charges = ([75, 55, 25][kind]! + 20 * next()).toFixed(2);
    const churn = next() < [0.5, 0.15, 0.04][kind]! ? 'Yes' : 'No';
    lines.push(
      `${1000 + c}-${'ABCDE'[c % 5]}XYZ,${next() < 0.5 ? 'Female' : 'Male'},${next() < 0.2 ? 1 : 0},${next() < 0.5 ? 'Yes' : 'No'},${tenure},${contract},${internet},${charges},${churn}`,
    );
  }
  return lines.join('\n') + '\n';
}

export const phoneWorld = (): Promise<World> =>
  worldOf(
    new File([phoneCsv()], 'customers.csv', { lastModified: 0 }),
    ['Newcomers', 'Settled', 'Loyal'],
    3,
  );

/** A real marketplace: nine tables that join (`has(olist)` says whether they are there). */
export async function olistWorld(): Promise<World> {
  const { database } = await testDatabase();
  const raws = await importFiles(database, olist);
  const project = await describeProject(database, raws, { settings: {} });
  const raw = await assembleRaw(database, project, raws);
  const data = await buildDataset(database, raw, describeColumns(raw, {}));
  return worldFrom(
    database,
    { ...data, cleaned: raw.profiles.table },
    ['Big baskets', 'Recent', 'Long gone'],
    3,
  );
}
