import type { Database } from '../db/query.ts';
import type { Portion } from '../files/fit.ts';
import type { Count, OpenSource } from '../files/types.ts';
import type { JobOptions } from '../lib/job.ts';
import { inferColumn } from './infer.ts';
import { makeRaw, type Made } from './make-raw.ts';
import { uniqueNames } from './names.ts';
import { loadingOf, portionWords } from './partial.ts';
import { profile, type Profiles } from './profile.ts';
import type { TypedColumn } from './profile.sql.ts';
import { isMisjudged } from './misjudged.ts';
import type { Reader } from './reader.ts';
import type { Planned } from './roles.ts';
import type { Finding } from './types.ts';

/** A raw table as it stands in the database under the name `profiles.table`, and what is known of it. Kept as long as the file and its dialect stay. */
export type Raw = {
  readonly source: OpenSource;
  readonly count: Count;
  readonly columns: readonly (TypedColumn & { readonly header: string; readonly reader: Reader })[];
  readonly profiles: Profiles;
  readonly findings: readonly Finding[];
  /** Rows that a person's fixes took out: repeats. */
  readonly dropped?: number;
  /** Rows that are not there because only a portion was loaded, and which. */
  readonly leftOut?: { readonly rows: number; readonly words: string };
  /** What was decided when it was put together from several tables; absent where it is one file. */
  readonly planned?: Planned;
};

type Plan = { readonly columns: Raw['columns']; readonly findings: readonly Finding[] };

/** How a person wants the column of this name to be read: wins over what the sample says, and is never taken back. */
export type ChosenReader = { readonly column: string; readonly reader: Reader };

/** `table`: its name in the database, `raw` unless several stand side by side. */
export type ImportOptions = {
  readonly table?: string;
  readonly readers?: readonly ChosenReader[];
  /** How much of the source is loaded; all unless told. */
  readonly portion?: Portion;
};

/** Names and types for every column, from the sample; `readers` win over it. Pure. */
export function planColumns(
  { headers, sample, dialect }: Pick<OpenSource, 'headers' | 'sample' | 'dialect'>,
  readers: readonly ChosenReader[] = [],
): Plan {
  const names = uniqueNames(headers);
  const inferred = headers.map((header, i) => {
    const chosen = readers.find(({ column }) => column === names[i]);
    if (chosen) return { reader: chosen.reader, findings: [] };
    const cells = sample.map((row) => row[i] ?? '');
    return inferColumn(header, cells, dialect.decimal);
  });
  return {
    columns: headers.map((header, i) => {
      const { reader } = inferred[i]!;
      return { header, name: names[i]!, type: reader.as, reader };
    }),
    findings: [
      ...renamed(headers, names),
      ...inferred.flatMap(({ findings }, i) =>
        findings.map((each) => ({ ...each, column: names[i]! })),
      ),
    ],
  };
}

function renamed(headers: readonly string[], names: readonly string[]): readonly Finding[] {
  const changed = headers.flatMap((header, i) =>
    header === names[i] ? [] : [`column ${i + 1} is called ${names[i]}`],
  );
  if (changed.length === 0) return [];
  const shown = changed.slice(0, 5).join(', ') + (changed.length > 5 ? ', …' : '');
  const words = `Names that are empty, repeated or taken were changed: ${shown}.`;
  return [{ code: 'columns-renamed', rows: 0, words }];
}

/**
 * Makes the raw table and says what is known of it. A column of which more is unreadable than its sample promised is read again
 * as text.
 */
export async function importRaw(
  db: Database,
  whole: OpenSource,
  { table = 'raw', readers = [], portion = {}, ...own }: ImportOptions & JobOptions = {},
  given: JobOptions = own,
): Promise<Raw> {
  const job = { ...given, table, portion };
  const { source } = loadingOf(whole, portion);
  const plan = planColumns(source, readers);
  const first = await makeRaw(db, whole, plan.columns, job);
  const profiles = await profile(db.query, plan.columns, job);
  const isChosen = (name: string) => readers.some(({ column }) => column === name);
  const columns = plan.columns.map((column, i) =>
    !isChosen(column.name) && isMisjudged(source, column, profiles, i)
      ? {
          ...column,
          type: 'text' as const,
          reader: { as: 'text', trim: false, pointZero: false } as const,
        }
      : column,
  );
  if (columns.every((column, i) => column === plan.columns[i]))
    return { source, ...known(first, profiles.rows, portion), ...plan, profiles };
  const again = await makeRaw(db, whole, columns, job);
  const seen = await profile(db.query, columns, job);
  return {
    source,
    ...known(again, seen.rows, portion),
    columns,
    findings: plan.findings,
    profiles: seen,
  };
}

function known(
  { count, read }: Made,
  rows: number,
  portion: Portion,
): Pick<Raw, 'count' | 'leftOut'> {
  const left = read - rows;
  return left > 0 ? { count, leftOut: { rows: left, words: portionWords(portion) } } : { count };
}
