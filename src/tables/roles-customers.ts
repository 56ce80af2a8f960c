import { outcomeWords } from './role-names.ts';
import { longText, type Scores, type Seen } from './role-scores.ts';
import type { Assigned } from './roles.ts';
import { wordsOf } from './words.ts';

/** Roles of a table with one row a customer: who it is, what is to be predicted, and what describes them. */
export function assignCustomers(seen: readonly Seen[], scores: Scores): readonly Assigned[] {
  const customer = customerOf(seen, scores);
  return seen.map((column) =>
    column.index === customer?.index
      ? { role: 'customer', confidence: customer.confidence, reason: customer.reason }
      : propertyOf(column),
  );
}

function customerOf(
  seen: readonly Seen[],
  scores: Scores,
): { readonly index: number; readonly confidence: number; readonly reason: string } | undefined {
  const found = scores.all
    .filter(({ role, score }) => role === 'customer' && score >= 0.35)
    .filter(({ index }) => isNearlyUnique(seen[index]!))
    .sort((a, b) => b.score - a.score || a.index - b.index)[0];
  return (
    found && {
      index: found.index,
      confidence: Math.round(100 * found.score) / 100,
      reason: found.reason,
    }
  );
}

const isNearlyUnique = ({ distinct, filled }: Seen): boolean =>
  filled === 0 || distinct >= 0.85 * filled;

function propertyOf(column: Seen): Assigned {
  const { type, filled, rows, distinct, header } = column;
  const leftOut = (reason: string): Assigned => ({ role: 'left-out', confidence: 0.8, reason });
  if (filled === 0) return leftOut('It is empty throughout.');
  if (distinct < 2 && filled === rows) return leftOut('It is the same for everyone.');
  if (filled < 0.05 * rows) return leftOut('It is empty for more than 95 % of the customers.');
  const words = wordsOf(header);
  const outcome = words.some((word) => outcomeWords.includes(word)) && words.length <= 2;
  if (outcome && (type === 'yes-no' || distinct <= 2))
    return { role: 'outcome', confidence: 0.8, reason: 'Named like an outcome, with two values.' };
  if (type === 'number' || type === 'yes-no')
    return {
      role: 'feature',
      confidence: 0.7,
      reason:
        type === 'number' ? 'Numbers that describe a customer.' : 'Yes or no for each customer.',
    };
  if (type === 'date')
    return { role: 'feature', confidence: 0.5, reason: 'A date that describes a customer.' };
  if (longText(column)) return leftOut('It holds sentences, not values.');
  if (distinct > 50 && distinct > 0.5 * filled)
    return leftOut(
      'Nearly every customer has another value, so it names rather than describes them.',
    );
  return { role: 'feature', confidence: 0.6, reason: `Text with ${distinct} different values.` };
}
