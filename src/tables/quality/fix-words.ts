import { count, day, measure, plural } from '../../lib/format.ts';
import type { Bound, Fix, FixEffect } from './types.ts';

const SHOWN = 3;

const bound = (value: Bound): string =>
  typeof value === 'number' ? measure(value, 6) : day(value);

const listed = (values: readonly string[]): string =>
  values
    .slice(0, SHOWN)
    .map((value) => `“${value}”`)
    .join(', ') + (values.length > SHOWN ? ` and ${count(values.length - SHOWN)} more` : '');

function range({ low, high }: { readonly low: Bound | null; readonly high: Bound | null }): string {
  const ends = [
    low === null ? '' : `below ${bound(low)}`,
    high === null ? '' : `above ${bound(high)}`,
  ];
  return ends.filter(Boolean).join(' or ');
}

/** What a step does, in one clause: "Country: “U.K.” becomes “UK”". */
export function fixWords(fix: Fix): string {
  switch (fix.kind) {
    case 'to-gap':
      return `${fix.column}: ${listed(fix.values)} ${fix.values.length === 1 ? 'becomes' : 'become'} empty`;
    case 'to-gap-outside':
      return `${fix.column}: values ${range(fix)} become empty`;
    case 'clip':
      return `${fix.column}: values ${range(fix)} become that bound`;
    case 'merge-values':
      return `${fix.column}: ${listed(fix.from)} ${fix.from.length === 1 ? 'becomes' : 'become'} “${fix.to}”`;
    case 'drop-duplicates':
      return fix.by === 'all'
        ? 'Of equal rows the first stays'
        : `Of rows with the same ${fix.by.join(', ')} the first stays`;
    case 'scale': {
      const at = (value: Bound) =>
        fix.along === null ? `row ${count(Number(value))}` : day(String(value));
      const part = [
        fix.from === null ? '' : ` from ${at(fix.from)} on`,
        fix.until === null ? '' : ` before ${at(fix.until)}`,
      ].join('');
      return `${fix.column}: times ${measure(fix.factor, 6)}${part}`;
    }
    case 'leave-out':
      return `${fix.column}: left out`;
    case 'fill': {
      const what = {
        median: 'the median',
        mode: 'the commonest value',
        value: `“${fix.value ?? ''}”`,
      };
      return `${fix.column}: gaps become ${what[fix.with]}`;
    }
    case 'trim-case': {
      const letters = { 'as-they-are': '', lower: ', small letters', upper: ', capital letters' };
      return `${fix.column}: spaces taken out${letters[fix.letters]}`;
    }
  }
}

/** What a step does to this table, before and after: "12 cells change; empty 3 → 15; sum 4,200 → 3,900". */
export function effectWords(effect: FixEffect): string {
  if (effect.problem !== null) return effect.problem;
  if (effect.fix.kind === 'drop-duplicates')
    return effect.rowsDropped === 0
      ? 'No row is dropped.'
      : `${plural(effect.rowsDropped, 'row')} dropped: ${count(effect.rowsBefore)} → ${count(effect.rowsAfter)}.`;
  if (effect.fix.kind === 'leave-out')
    return `${plural(effect.cellsChanged, 'filled cell')} no longer used.`;
  if (effect.cellsChanged === 0) return 'No cell changes.';
  const parts = [
    `${plural(effect.cellsChanged, 'cell')} ${effect.cellsChanged === 1 ? 'changes' : 'change'}`,
  ];
  if (effect.gapsBefore !== effect.gapsAfter)
    parts.push(`empty ${count(effect.gapsBefore)} → ${count(effect.gapsAfter)}`);
  if (effect.sumBefore !== null && effect.sumAfter !== null && effect.sumBefore !== effect.sumAfter)
    parts.push(`sum ${measure(effect.sumBefore, 6)} → ${measure(effect.sumAfter, 6)}`);
  return `${parts.join('; ')}.`;
}
