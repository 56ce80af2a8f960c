import { ticks } from 'd3';
import type { Bins } from '../lib/bins.ts';

/** A figure under the axis. */
export type AxisTick = {
  readonly x: number;
  readonly words: string;
  readonly anchor: 'start' | 'middle' | 'end';
};

/** 12 px Inter with tabular figures; a little generous. */
const widthOf = (words: string) => 7 * words.length;
const gap = 10;

/**
 * Round figures under bars that share `width` pixels, as many as fit without touching. A gathered tail is named first ("320+", "< 0") and keeps
 * its place.
 */
export function axisTicks(
  { edges, under, over }: Bins,
  width: number,
  format: (value: number) => string,
): AxisTick[] {
  const bars = edges.length - 1;
  const slot = width / bars;
  const [first, last] = [under ? 1 : 0, over ? bars - 1 : bars];
  const [low, high] = [edges[first] ?? 0, edges[last] ?? 1];
  const xOf = (value: number) => slot * (first + ((value - low) / (high - low)) * (last - first));
  const placed: (AxisTick & { readonly from: number; readonly to: number })[] = [];
  const add = (at: number, words: string): boolean => {
    const wide = widthOf(words);
    const anchor = at < wide / 2 ? 'start' : at > width - wide / 2 ? 'end' : 'middle';
    const x = anchor === 'start' ? 0 : anchor === 'end' ? width : at;
    const from = anchor === 'start' ? 0 : anchor === 'end' ? width - wide : x - wide / 2;
    const to = from + wide;
    if (placed.some((other) => from < other.to + gap && other.from < to + gap)) return false;
    placed.push({ x, words, anchor, from, to });
    return true;
  };
  if (under) add(0, `< ${format(low)}`);
  if (over) add(width, `${format(high)}+`);
  const ends = placed.length;
  for (let wanted = Math.max(2, Math.floor(width / 44)); wanted >= 1; wanted--) {
    placed.length = ends;
    const values = ticks(low, high, wanted);
    const missed = values.filter((value) => !add(xOf(value), format(value)));
    // Beside a named tail a figure or two may give way; elsewhere fewer, rounder figures are better.
    if (missed.length <= ends) break;
  }
  return placed.map(({ x, words, anchor }) => ({ x, words, anchor })).sort((a, b) => a.x - b.x);
}

/** Words at places along `width` pixels, in their order; one that would touch an earlier one is left out. */
export function placeWords(
  wanted: readonly { readonly at: number; readonly words: string }[],
  width: number,
): AxisTick[] {
  let end = -gap;
  return wanted.flatMap(({ at, words }) => {
    const wide = widthOf(words);
    const anchor = at < wide / 2 ? 'start' : at > width - wide / 2 ? 'end' : 'middle';
    const x = anchor === 'start' ? 0 : anchor === 'end' ? width : at;
    const from = anchor === 'start' ? 0 : anchor === 'end' ? width - wide : x - wide / 2;
    if (from < end + gap) return [];
    end = from + wide;
    return [{ x, words, anchor }];
  });
}
