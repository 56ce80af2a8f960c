import { phraseOf } from './lexicon.ts';
import type { Subject } from './types.ts';

/** Questions that this project can answer, made of its own words. Every one of them is read as one question. */
export function examples(subject: Subject): readonly string[] {
  const { features, segments, lists, days, yesNo } = subject;
  const named = (name: string) => features.find((each) => each.name === name)?.label;
  const shown = segments.filter(({ rest }) => !rest);
  const letters = shown.map(({ letter }) => `segment ${letter}`);
  const numbers = features.filter(
    ({ categories, label }, f) => !categories && !yesNo.includes(f) && plain(label),
  );
  const words = features.filter(({ categories }) => categories);
  const list = lists.find(({ column }) => column !== 'product');
  const [a, b] = letters;
  const all: string[] = ['how many customers are there'];
  for (const each of letters.slice(0, 12))
    all.push(
      `how many customers are in ${each}`,
      `describe ${each}`,
      `what share of customers are in ${each}`,
    );
  for (const { label } of numbers.slice(0, 40)) {
    all.push(
      `average ${label} by segment`,
      `median ${label} of all customers`,
      `which segments have high ${label}`,
      `top 10 customers by ${label}`,
      `distribution of ${label}`,
      `what is ${label}`,
    );
    if (a && b) all.push(`compare ${a} and ${b} on ${label}`);
  }
  if (a && b) all.push(`compare ${a} and ${b}`);
  for (const { label, categories } of words.slice(0, 12)) {
    if (!plain(label)) continue;
    all.push(`how many customers by ${label}`);
    for (const value of (categories ?? []).slice(0, 12))
      if (plain(value)) all.push(`how many customers with ${label} ${value}`);
  }
  for (const f of yesNo.slice(0, 12)) {
    const { label } = features[f]!;
    if (plain(label)) all.push(`how many customers have ${label}`);
  }
  if (list) {
    all.push(`top 5 ${list.label} by customers`);
    for (const value of list.values.slice(0, 40))
      if (plain(value)) all.push(`how many customers in ${list.label} ${value}`);
  }
  if (days) {
    all.push('how many customers bought in the last 30 days', 'orders by month');
    all.push('orders by weekday', 'orders by quarter', 'how many orders in the last 30 days');
    if (named('spend')) all.push('spend by month', 'revenue in the last 30 days');
    if (subject.window > 0)
      for (const flow of named('spend') ? ['spend', 'orders'] : ['orders'])
        all.push(
          `segments with falling ${flow}`,
          `segments with growing ${flow}`,
          `is ${flow} falling`,
        );
  }
  return all;
}

const plain = (text: string): boolean => /^[\p{L}\p{N} ]+$/u.test(text);
const NEAREST = 3;

/** Of `examples`, those that share most words with a question; fewest letters to change decides between equals. O(examples · length²). */
export function nearestQuestions(question: string, subject: Subject): readonly string[] {
  const asked = phraseOf(question.slice(0, 300)).slice(0, 40);
  const scored = examples(subject).map((text, at) => {
    const words = phraseOf(text);
    return { text, at, far: wordDistance(asked, words) };
  });
  scored.sort((x, y) => x.far - y.far || x.at - y.at);
  return scored.slice(0, NEAREST).map(({ text }) => text);
}

/** Words put in, left out or changed, a changed word by the share of its letters that differ (Levenshtein 1966). */
export function wordDistance(a: readonly string[], b: readonly string[]): number {
  return edits(a.length, b.length, (i, j) => {
    const [x, y] = [a[i]!, b[j]!];
    if (x === y) return 0;
    const far = edits(x.length, y.length, (p, q) => (x[p] === y[q] ? 0 : 1));
    return (1.6 * far) / Math.max(x.length, y.length);
  });
}

function edits(n: number, m: number, change: (i: number, j: number) => number): number {
  let before = Array.from({ length: m + 1 }, (_, j) => j);
  for (let i = 0; i < n; i++) {
    const row = [i + 1];
    for (let j = 0; j < m; j++)
      row.push(Math.min(row[j]! + 1, before[j + 1]! + 1, before[j]! + change(i, j)));
    before = row;
  }
  return before[m]!;
}
