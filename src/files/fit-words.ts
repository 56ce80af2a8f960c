import { bytes, count, duration, measure, percent } from '../lib/format.ts';
import type { Estimate } from './estimate.ts';
import type { Portion } from './fit.ts';

/** What loading takes and whether it can be done, as one or two sentences. */
export function fitWords({ rows, peakBytes, limitBytes, seconds, verdict }: Estimate): string {
  const many =
    rows.low === rows.high
      ? `${count(rows.about)} rows`
      : `About ${count(rounded(rows.about))} rows`;
  const needs = `${many} need about ${bytes(peakBytes)} of memory; this tab may use ${bytes(limitBytes)}.`;
  if (verdict === 'too-big')
    return `${needs} They cannot be loaded whole. Your file is untouched: leave out columns or rows below.`;
  const time = `Loading takes about ${duration(1000 * seconds)}.`;
  if (verdict === 'fits') return `${needs} ${time}`;
  return `${needs} That is close: it may end with too little memory, and then nothing is lost. ${time}`;
}

/** Two digits are known of an estimate. */
function rounded(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.round(value / step) * step;
}

/** How far a share measured on the sample may be off, 95 %, at most (where the true share is a half): with n drawn of n / share. */
export const sampleError = (share: number, drawn: number): number =>
  drawn > 0 ? 1.96 * Math.sqrt((0.25 / drawn) * (1 - share)) : 1;

/** What a sample costs, as one sentence. */
export function sampleWords(
  { share, by }: NonNullable<Portion['sample']>,
  customers: number | null,
): string {
  const times = measure(1 / share, 2);
  const scaled = `totals must be multiplied by ${times}`;
  if (by === 'record')
    return (
      `${percent(share, 0)} of the records, evenly from the file: ${scaled}, and customers keep only some of their orders, ` +
      'so how often and how much each one buys is too low. Choose this for a first look only.'
    );
  const error = sampleError(share, share * (customers ?? 0));
  return (
    `${percent(share, 0)} of the customers, with all their orders: shares of customers stay right within ±${percent(error)}, ` +
    `${scaled}. Rows without a customer are left out.`
  );
}
