import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import type { Encoding } from '../../src/files/types.ts';
import { sql } from '../../src/lib/sql.ts';
import { makeRaw } from '../../src/tables/make-raw.ts';
import { planColumns } from '../../src/tables/raw.ts';
import { testDatabase } from '../support/duckdb.ts';
import { encode } from '../support/encode.ts';
import { fileOf, open } from '../support/import.ts';

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()));

/** Names that the encodings have, by the countries that use them. */
const places: readonly (readonly [readonly Encoding[], readonly string[]])[] = [
  [
    ['utf-8', 'utf-16le', 'utf-16be'],
    ['Zoë', 'Łukasz', 'Ольга', '田中', 'José 😀', 'Müller'],
  ],
  [
    ['windows-1252', 'iso-8859-15', 'macintosh'],
    ['Müller', 'Größe', 'Jürgen', 'Bäcker', 'Öl', 'Weiß'],
  ],
  [
    ['windows-1250', 'iso-8859-2'],
    ['Dvořák', 'Němec', 'Šťastný', 'Růžička', 'Jiří', 'Kučera'],
  ],
  [
    ['windows-1251', 'koi8-r', 'iso-8859-5'],
    ['Иван', 'Ольга', 'Петров', 'Москва', 'Сергей', 'Анна'],
  ],
  [['windows-1253'], ['Αθήνα', 'Γιώργος', 'Παπαδόπουλος', 'Ελένη', 'Νίκος', 'Θεσσαλονίκη']],
  [['windows-1254'], ['Şahin', 'Yıldız', 'Doğan', 'İpek', 'Çağlar', 'Öztürk']],
  [
    ['shift_jis', 'euc-jp'],
    ['田中太郎', '佐藤花子', 'カメラ', '高橋さん', '東京都', 'ノート'],
  ],
  [['gb18030'], ['北京市', '张伟', '王芳', '上海', '深圳市', '手机']],
  [['big5'], ['臺北市', '陳怡君', '林志明', '高雄', '電腦', '訂單']],
  [['euc-kr'], ['서울', '김민수', '이영희', '부산', '휴대폰', '주문번호']],
];
const encoded = fc
  .constantFrom(...places)
  .chain(([encodings, names]) =>
    fc.record({ encoding: fc.constantFrom(...encodings), names: fc.constant(names) }),
  );

const decoded = (bytes: Uint8Array, encoding: Encoding): string => {
  const decoder = new TextDecoder(encoding);
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
};

const two = (n: number) => String(n).padStart(2, '0');
const dates: Readonly<Record<string, (y: number, m: number, d: number) => string>> = {
  iso: (y, m, d) => `${y}-${two(m)}-${two(d)}`,
  german: (y, m, d) => `${d}.${m}.${y}`,
  british: (y, m, d) => `${two(d)}/${two(m)}/${y}`,
  american: (y, m, d) => `${m}/${d}/${y}`,
  compact: (y, m, d) => `${y}${two(m)}${two(d)}`,
  french: (y, m, d) => `${d} ${['janv.', 'févr.', 'mars'][m - 1] ?? 'mai'} ${y}`,
  named: (y, m, d) => `${two(d)}-${['Jan', 'Feb', 'Mar'][m - 1] ?? 'May'}-${y}`,
  seconds: (y, m, d) => String(Date.UTC(y, m - 1, d) / 1000),
  excel: (y, m, d) => String(Date.UTC(y, m - 1, d) / 86_400_000 + 25_569),
};

const record = fc.record({
  name: fc.nat(5),
  extra: fc.constantFrom('', ', Ltd', ' "Best"', "'s", '; Co', ' | Sons', '\tTab', '\nBelow'),
  cents: fc.integer({ min: -9_999_999, max: 9_999_999 }),
  year: fc.integer({ min: 2001, max: 2025 }),
  month: fc.constantFrom(1, 2, 3, 5),
  day: fc.integer({ min: 1, max: 28 }),
  yes: fc.boolean(),
});

const spelled = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', '~', '^'),
  escape: fc.constantFrom('"', '\\'),
  quoteAll: fc.boolean(),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  header: fc.boolean(),
  mark: fc.boolean(),
  thousands: fc.boolean(),
  currency: fc.constantFrom('', '€', '$', 'EUR'),
  decimal: fc.constantFrom('.', ','),
  date: fc.constantFrom(...Object.keys(dates)),
  foot: fc.constantFrom('', '(%n rows)'),
});

it('a table of names, amounts, dates and answers is read as what it is, without being told how it is written', async () => {
  let [runs, doubts] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      encoded,
      spelled,
      fc.array(record, { minLength: 12, maxLength: 30 }),
      async ({ encoding, names }, how, records) => {
        const { delimiter, escape, end, decimal, foot } = how;
        // What cannot be written so: accents and € outside of an encoding; names of months next to other alphabets
        const isWestern = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15'].includes(
          encoding,
        );
        const date = how.date === 'french' && !isWestern ? 'iso' : how.date;
        const currency = how.currency === '€' && !isWestern ? 'EUR' : how.currency;
        const header = how.header || ['seconds', 'excel', 'compact'].includes(date); // numbers are dates by their name
        const amount = (cents: number) => {
          const [whole = '', part = ''] = (Math.abs(cents) / 100).toFixed(2).split('.');
          const mark = decimal === ',' ? '.' : ',';
          const grouped = how.thousands ? whole.replace(/\B(?=(\d{3})+$)/g, mark) : whole;
          return `${cents < 0 ? '-' : ''}${grouped}${decimal}${part}${currency ? ` ${currency}` : ''}`;
        };
        const written = (text: string) => {
          const needs = how.quoteAll || /["'\r\n]|^\s|\s$/.test(text) || text.includes(delimiter);
          const escaped = escape === '"' ? text.replaceAll('"', '""') : text.replaceAll('"', '\\"');
          return needs ? `"${escaped}"` : text;
        };
        const rows = records.map((it, i) => [
          `K${1000 + i}`,
          `${names[it.name]}${it.extra}`,
          amount(it.cents),
          dates[date]!(it.year, it.month, it.day),
          it.yes ? 'ja' : 'nein',
        ]);
        const lines = header
          ? [['customer', 'name', 'amount', 'order date', 'active'], ...rows]
          : rows;
        const body = lines.map((row) => row.map(written).join(delimiter)).join(end) + end;
        const text = foot ? `${body}${foot.replace('%n', String(rows.length))}${end}` : body;
        fc.pre(
          records.some(({ day }) => day > 12) && new Set(records.map(({ yes }) => yes)).size > 1,
        );
        runs++;
        const bytes = encode(text, encoding, how.mark && encoding.startsWith('utf-'));
        let source = await open(database, fileOf(bytes));
        if (decoded(bytes, source.dialect.encoding) !== text) {
          // Few letters may belong to two encodings: then it has to be said, and choosing the right one has to help
          expect(source.confidence).toBeLessThan(0.6);
          expect(source.reason).toContain('could also be');
          doubts++;
          await database.release(source.path);
          source = await open(database, fileOf(bytes), { encoding });
        }
        const { columns } = planColumns(source);
        const { count } = await makeRaw(database, source, columns, {});
        const [c, n, a, d, y] = columns.map(({ name }) => name);
        const table = await database.query(sql`SELECT * FROM raw ORDER BY line`);
        await database.release(source.path);
        const got = table
          .toArray()
          .map((row) => [row[c!], row[n!], row[a!], Number(row[d!]), row[y!], row['unreadable']]);
        const wanted = records.map((it, i) => [
          `K${1000 + i}`,
          `${names[it.name]}${it.extra}`,
          it.cents / 100,
          Date.UTC(it.year, it.month - 1, it.day),
          it.yes,
          null,
        ]);
        expect(got).toEqual(wanted);
        expect(source.dialect.header).toBe(header);
        expect(count.records).toBe(records.length + (foot ? 1 : 0));
      },
    ),
    { numRuns: 220, seed: 20, endOnFailure: true },
  );
  expect(runs).toBeGreaterThan(200);
  expect(doubts).toBeLessThan(0.05 * runs);
}, 120_000);
