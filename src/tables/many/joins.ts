import type { Database } from '../../db/query.ts';
import type { JobOptions } from '../../lib/job.ts';
import { judged, LEAST_CONFIDENCE } from './join-words.ts';
import { keyCandidates, valueCandidates, type Candidate } from './keys.ts';
import { isToOne, measureJoin, offerOf } from './measure.ts';
import { withoutDetours } from './detours.ts';
import { upright } from './upright.ts';
import type { Join, TypedTable } from './types.ts';

/** No more columns than this make one key, and no more pairs of columns of two tables are tried. */
const MOST_COLUMNS = 3;
const MOST_TRIED = 4;
/** Pairs of columns that only their values speak for: each costs one look at both tables. */
const MOST_GUESSED = 40;
const LEAST_SHARED = 20;

/**
 * How the tables fit together: by the names and roles of their columns, and by what their values have in common, measured in SQL.
 * Where no single column is enough, two or three are taken together. Most confident first.
 */
export async function suggestJoins(
  db: Database,
  tables: readonly TypedTable[],
  job: JobOptions = {},
): Promise<readonly Join[]> {
  const found: Join[] = [];
  const pairs = tables.flatMap((left, i) =>
    tables.slice(i + 1).map((right) => [left, right] as const),
  );
  let guesses = MOST_GUESSED;
  for (const [done, [left, right]] of pairs.entries()) {
    job.onProgress?.({ stage: 'Looking for joins', done, total: pairs.length });
    job.signal?.throwIfAborted();
    const trying = trier(db, tables, { left, right }, job);
    const named = await joinsByName(keyCandidates(left, right), trying);
    found.push(...named);
    if (named.length > 0) continue;
    const guessed = valueCandidates(left, right).slice(0, Math.max(0, guesses));
    guesses -= guessed.length;
    for (const candidate of guessed) {
      const join = await trying([candidate]);
      if (join && join.shared >= LEAST_SHARED && join.fit >= 0.9) found.push(join);
    }
  }
  job.onProgress?.({ stage: 'Looking for joins', done: pairs.length, total: pairs.length });
  return withoutDetours(found).toSorted((a, b) => b.confidence - a.confidence);
}

type Trying = (candidates: readonly Candidate[]) => Promise<Join | null>;

function trier(
  db: Database,
  tables: readonly TypedTable[],
  { left, right }: { readonly left: TypedTable; readonly right: TypedTable },
  job: JobOptions,
): Trying {
  return async (candidates) => {
    const keys = {
      left: { table: left.id, columns: candidates.map((each) => each.left.name) },
      right: { table: right.id, columns: candidates.map((each) => each.right.name) },
    };
    const measured = { ...keys, ...(await measureJoin(db.query, tables, keys, job)) };
    const offer = candidates.every(({ score }) => score > 0.3)
      ? await offerOf(db.query, tables, measured, job)
      : null; // only their values speak for the others, and they do not
    if (measured.shared === 0 && !offer) return null;
    const score = candidates.reduce((sum, each) => sum + each.score, 0) / candidates.length;
    const words = candidates.map((each) => each.words).join(', ');
    const join = judged(tables, upright(tables, { ...measured, offer }), {
      ...{ score, words, isGiven: false, folded: false },
    });
    return join.confidence >= LEAST_CONFIDENCE || offer ? join : null;
  };
}

/** Each pair of columns that is enough alone; where none is, as many together as it takes, else all of them. */
async function joinsByName(
  candidates: readonly Candidate[],
  trying: Trying,
): Promise<readonly Join[]> {
  const tried = candidates.slice(0, MOST_TRIED);
  const alone: Join[] = [];
  for (const candidate of tried) {
    if (!candidate.alone) continue;
    const join = await trying([candidate]);
    if (join) alone.push(join);
  }
  const enough = alone.filter((join) => isToOne(join));
  if (enough.length > 0 || alone.length === 0 || tried.length < 2)
    return enough.length > 0 ? enough : alone.slice(0, 1);
  const together = await trying(tried.slice(0, MOST_COLUMNS));
  if (!together) return alone.slice(0, 1);
  if (tried.length < MOST_COLUMNS || !isToOne(together)) return [together];
  for (const pair of [
    [tried[0]!, tried[1]!],
    [tried[0]!, tried[2]!],
  ]) {
    const join = await trying(pair);
    if (join && isToOne(join)) return [join];
  }
  return [together];
}
