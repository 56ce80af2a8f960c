import { wordsOf } from '../words.ts';

const fileEndings = /(?:\.(?:csv|tsv|txt|json|ndjson|jsonl|parquet|xlsx|arrow|feather|gz|zip))+$/i;
/** Words of file names that tell no table from another. */
const filler = new Set('dataset data table export dump sample csv full all final copy'.split(' '));

/**
 * A short name a file, to tell columns by: its words without its ending, without what most of the files share at the front or the back,
 * and without filler. No two are equal: `olist_orders_dataset.csv` among its like is `orders`. Pure.
 */
export function labelsOf(names: readonly string[]): readonly string[] {
  const bare = names.map((name) =>
    wordsOf((name.split(/[\\/]/).at(-1) ?? name).replace(fileEndings, '')),
  );
  const front = common(bare.map((words) => words[0]));
  const wanted = bare.map((words) => {
    const own = words.length > 1 && words[0] === front ? words.slice(1) : words;
    const telling = own.filter((word) => !filler.has(word) && !/^\d{4,}$/.test(word));
    return (telling.length > 0 ? telling : own).slice(0, 5).join('_').slice(0, 40) || 'table';
  });
  const taken = new Set<string>();
  return wanted.map((base) => {
    let label = base;
    for (let n = 2; taken.has(label); n++) label = `${base}_${n}`;
    taken.add(label);
    return label;
  });
}

/** The word that more than half of at least three files share. */
function common(words: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) if (word) counts.set(word, (counts.get(word) ?? 0) + 1);
  const most = [...counts].toSorted((a, b) => b[1] - a[1])[0];
  return most && most[1] >= 3 && most[1] > words.length / 2 ? most[0] : undefined;
}
