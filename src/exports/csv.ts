import type { FeatureTable } from '../features/types.ts';
import { unattended, type Job } from '../lib/job.ts';
import type { Segmentation } from '../segments/types.ts';
import { measuresOf, type Measure } from '../segments/measures.ts';
import { textCell } from '../lib/csv-cell.ts';
import { numberCell } from './cell.ts';
import type { TextMode } from '../lib/csv-cell.ts';

export type CustomerList = {
  readonly table: FeatureTable;
  readonly segmentation: Segmentation;
  readonly mode: TextMode;
};

const ROWS_A_PART = 4096;
const LINE_END = '\r\n'; // RFC 4180

/**
 * One line per customer: id, letter and name of its segment (no letter for those in none), how surely it belongs and how odd it is where the
 * method says so, then every feature in its own unit. Made of Blob parts,
 * so that a million customers never stand in memory as one text. Throws RangeError where table and segments disagree.
 */
export async function customersCsv(list: CustomerList, job: Job = unattended): Promise<Blob> {
  const { table, segmentation, mode } = list;
  const rows = table.customers.length;
  if (segmentation.labels.length !== rows || table.raw.rows !== rows)
    throw new RangeError(`${segmentation.labels.length} labels cannot go to ${rows} customers`);
  const own = { prefixes: segmentCells(segmentation, mode), measures: measuresOf(segmentation) };
  const parts: Blob[] = [new Blob([mode === 'safe' ? '\ufeff' : '', headLine(list)])];
  for (let from = 0; from < rows; from += ROWS_A_PART) {
    const to = Math.min(rows, from + ROWS_A_PART);
    let text = '';
    for (let row = from; row < to; row++) text += line(list, own, row);
    parts.push(new Blob([text]));
    job.progress('Writing customers', to, rows);
    await job.breathe();
  }
  return new Blob(parts, { type: 'text/csv;charset=utf-8' });
}

function headLine({ table, segmentation, mode }: CustomerList): string {
  const own = [...always, ...measuresOf(segmentation).map(({ name }) => name)];
  const names = distinctNames(
    table.features.map(({ name }) => name),
    own,
  );
  return [...own, ...names].map((name) => textCell(name, mode)).join(',') + LINE_END;
}

const always = ['customer', 'segment', 'segment_name'];

/** Columns of a file may be called like ours, or alike: those get a number behind. */
function distinctNames(names: readonly string[], own: readonly string[]): string[] {
  const taken = new Set(own);
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name}_${number}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

/** `A,Loyal regulars` for each label. */
function segmentCells(segmentation: Segmentation, mode: TextMode): ReadonlyMap<number, string> {
  return new Map(
    segmentation.segments.map(({ id, letter, name }) => [
      id,
      `${textCell(letter, mode)},${textCell(name, mode)}`,
    ]),
  );
}

type Own = {
  readonly prefixes: ReadonlyMap<number, string>;
  readonly measures: readonly Measure[];
};

function line(list: CustomerList, { prefixes, measures }: Own, row: number): string {
  const { customers, raw, features } = list.table;
  const label = list.segmentation.labels[row] ?? -1;
  let text = `${textCell(customers[row] ?? '', list.mode)},${prefixes.get(label) ?? ','}`;
  for (const { values } of measures) text += `,${numberCell(values[row]!)}`;
  for (let col = 0; col < raw.cols; col++) {
    const value = raw.data[row * raw.cols + col] ?? NaN;
    const { categories } = features[col] ?? {};
    text += `,${categories ? textCell(categories[value] ?? '', list.mode) : numberCell(value)}`;
  }
  return text + LINE_END;
}
