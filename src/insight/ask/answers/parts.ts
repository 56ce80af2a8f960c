import type { By, Measure } from '../types.ts';
import { flowOf } from '../grammar/words.ts';
import { everyLine } from '../line-filter.ts';
import { valueName } from '../say.ts';
import { valuesOf, type Ground } from './group.ts';

/** Some of the customers of a group: of a segment, or with a value. */
export type Part = {
  readonly label: string;
  readonly segment: number | null;
  /** Rows in the feature table. */
  readonly rows: Uint32Array;
  /** [rows]; the measure of each: of a value of the order lines, on the lines with that value. Empty where nothing is measured. */
  readonly values: Float64Array;
};

/** A group apart by segment or by value, in the order of the segments or values; parts of nobody are left out but for segments. */
export async function partsOf(
  by: By,
  inside: Uint8Array,
  it: Measure | null,
  ground: Ground,
): Promise<readonly Part[]> {
  if (by !== 'segment' && by.of === 'orders') return byLines(by.column, inside, it, ground);
  const values = it && (await valuesOf(it, ground));
  const { segmentation, table } = ground;
  const of =
    by === 'segment' ? null : await valuesOf({ is: 'feature', feature: by.feature }, ground);
  const labels =
    by === 'segment'
      ? segmentation.segments.map(({ name }) => name)
      : (table.features[by.feature]?.categories ?? []);
  const lists: number[][] = labels.map(() => []);
  for (let r = 0; r < inside.length; r++)
    if (inside[r] === 1) lists[of ? of[r]! : segmentation.labels[r]!]?.push(r);
  return labels
    .map((label, at) => ({
      label,
      segment: by === 'segment' ? at : null,
      rows: Uint32Array.from(lists[at]!),
      values: values ? Float64Array.from(lists[at]!, (r) => values[r]!) : new Float64Array(),
    }))
    .filter(({ rows }) => by === 'segment' || rows.length > 0);
}

async function byLines(
  column: Parameters<Ground['facts']['byValue']>[0],
  inside: Uint8Array,
  it: Measure | null,
  { facts, subject }: Ground,
): Promise<readonly Part[]> {
  const lines = it?.is === 'flow' ? it.lines : everyLine;
  const flow = it === null ? null : it.is === 'flow' ? it.flow : flowOf(it.feature, subject);
  const found = await facts.byValue(column, lines);
  const lists = found.names.map(() => ({ rows: [] as number[], values: [] as number[] }));
  found.rows.forEach((row, i) => {
    if (inside[row] !== 1) return;
    // who only returned on these lines did not buy there, but what came back is taken off the sum
    if (found.bought[i] !== 1 && flow !== 'spend') return;
    const list = lists[found.parts[i]!]!;
    list.rows.push(row);
    if (flow) list.values.push(found[flow][i]!);
  });
  return found.names
    .map((value, at) => ({
      label: valueName(column, value, subject),
      segment: null,
      rows: Uint32Array.from(lists[at]!.rows),
      values: Float64Array.from(lists[at]!.values),
    }))
    .filter(({ rows }) => rows.length > 0);
}
