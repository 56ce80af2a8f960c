import type { TypedColumn } from '../profile.sql.ts';
import type { Fix } from './types.ts';
import { valueSql } from './where.sql.ts';

const find = (columns: readonly TypedColumn[], name: string) =>
  columns.find((column) => column.name === name);

/** Why a fix can do nothing to a table with these columns, as a sentence; null where it can. Such a fix is passed over by `fixed`. */
export function fixProblem(fix: Fix, columns: readonly TypedColumn[]): string | null {
  const wanted = fix.kind === 'drop-duplicates' ? (fix.by === 'all' ? [] : fix.by) : [fix.column];
  const along = fix.kind === 'scale' && fix.along !== null ? [fix.along] : [];
  const gone = [...wanted, ...along].find((name) => !find(columns, name));
  if (gone !== undefined) return `There is no column “${gone}” here, so this step does nothing.`;
  if (fix.kind === 'drop-duplicates')
    return fix.by !== 'all' && fix.by.length === 0
      ? 'No column is named, so this step does nothing.'
      : null;
  const type = find(columns, fix.column)?.type;
  const needs = needed(fix);
  if (needs.length > 0 && !needs.some((each) => each === type))
    return `“${fix.column}” is not a column of ${needs[0]}s, so this step does nothing.`;
  if (fix.kind === 'fill' && fix.with === 'value' && !isValue(fix, columns))
    return `“${fix.value ?? ''}” is not a value of “${fix.column}”, so this step does nothing.`;
  return null;
}

function needed(fix: Fix): readonly TypedColumn['type'][] {
  if (fix.kind === 'scale') return ['number'];
  if (fix.kind === 'clip' || fix.kind === 'to-gap-outside') return ['number', 'date'];
  if (fix.kind === 'merge-values' || fix.kind === 'trim-case') return ['text'];
  return fix.kind === 'fill' && fix.with === 'median' ? ['number', 'date'] : [];
}

function isValue(fix: Extract<Fix, { kind: 'fill' }>, columns: readonly TypedColumn[]): boolean {
  const column = find(columns, fix.column);
  return !!column && fix.value !== null && valueSql(column, fix.value) !== null;
}
