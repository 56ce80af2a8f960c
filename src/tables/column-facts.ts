import { count, day, measure, percent } from '../lib/format.ts';
import type { Column } from './types.ts';

/** One value of a column as a person reads it. */
export function shown(column: Column, value: number | string | null): string {
  if (value === null) return '–';
  if (column.type === 'date' && typeof value === 'string') return day(value);
  return typeof value === 'number' ? measure(value, 4) : value;
}

/** What stands under the head of a column: the shortest thing that tells it from others. */
export function gist(column: Column, rows: number): string {
  const gaps = column.gaps > 0 ? `, ${percent(column.gaps / Math.max(1, rows))} empty` : '';
  if (column.type === 'date')
    return `${shown(column, column.low)} to ${shown(column, column.high)}${gaps}`;
  if (column.type === 'number' && column.distinct > 2)
    return `${shown(column, column.low)} to ${shown(column, column.high)}, median ${shown(column, column.median)}${gaps}`;
  return `${count(column.distinct)} ${column.distinct === 1 ? 'value' : 'values'}${gaps}`;
}
