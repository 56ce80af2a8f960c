import { count, plural } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { readAnchor } from '../anchor.ts';
import type { Kernels } from '../kernels/types.ts';
import { letter, letterPlace } from '../letters.ts';
import type { SegmentInput } from '../profile.ts';
import { rowsInside } from './doing.ts';
import { lettersOf, namedIn, type Edit, type EditOutcome } from './edits.ts';
import { answersOf, ruleWords } from '../condition-words.ts';
import { holding } from '../holding.ts';
import { ruleFault, splitByCondition, splitByMeans, splitFault } from './split.ts';

export type ApplyOptions = {
  readonly edits: readonly Edit[];
  readonly seed: number;
  readonly restarts: number;
  /** The letters that were on the screen after the edits, on witnesses (anchor.ts): parts of a split keep theirs. */
  readonly anchor?: string | undefined;
};

export type Edited = {
  /** [customers]; places of letters in the alphabet, −1 for those in no segment. */
  readonly places: Int32Array<ArrayBuffer>;
  /** One for each edit. */
  readonly outcomes: readonly EditOutcome[];
};

/** While edits are done: where everyone is, and how to put some elsewhere. */
class Board {
  readonly places: Int32Array<ArrayBuffer>;
  constructor(places: Int32Array) {
    this.places = Int32Array.from(places);
  }

  rowsOf(place: number): Int32Array {
    let size = 0;
    for (const each of this.places) if (each === place) size++;
    const rows = new Int32Array(size);
    for (let r = 0, at = 0; r < this.places.length; r++)
      if (this.places[r] === place) rows[at++] = r;
    return rows;
  }

  /** How many of `rows` were elsewhere. */
  put(rows: Iterable<number>, place: number): number {
    let moved = 0;
    for (const row of rows) {
      if (this.places[row] === place) continue;
      this.places[row] = place;
      moved++;
    }
    return moved;
  }

  has(place: number): boolean {
    return this.places.includes(place);
  }
}

/**
 * The edits of a person on what a method made, in their order. `places` is [customers]: the place of each one's letter, −1 for none; it is not
 * changed. An edit whose letter or customers are gone does nothing and says so; one that lost some of them does the rest and says that too.
 * O(customers · edits), and a k-means for each split.
 */
export async function applyEdits(
  input: SegmentInput,
  places: Int32Array,
  options: ApplyOptions,
  kernels: Kernels,
  job: Job = unattended,
): Promise<Edited> {
  const board = new Board(places);
  const outcomes: EditOutcome[] = [];
  for (const [at, edit] of options.edits.entries()) {
    job.progress('Changing by hand', at, options.edits.length);
    await job.breathe();
    const rows = input.named?.[at] ?? new Int32Array();
    outcomes.push(
      edit.kind === 'split'
        ? await split(input, board, edit, options, kernels, job)
        : edit.kind === 'rule'
          ? await byRule(input, board, edit, job)
          : oneEdit(board, edit, rows),
    );
  }
  return { places: board.places, outcomes };
}

const skipped = (words: string): EditOutcome => ({ applied: false, customers: 0, words });
const done = (customers: number, words: string): EditOutcome => ({
  applied: true,
  customers,
  words,
});

/** "B and D" */
const listed = (letters: readonly string[]): string =>
  letters.length < 2
    ? letters.join('')
    : `${letters.slice(0, -1).join(', ')} and ${letters.at(-1)}`;

const isAre = (letters: readonly string[]) => (letters.length === 1 ? 'is' : 'are');

function oneEdit(board: Board, edit: Exclude<Edit, { kind: 'split' | 'rule' }>, rows: Int32Array) {
  if (edit.kind === 'merge') return merge(board, edit);
  if (edit.kind === 'dissolve') {
    const place = letterPlace(edit.letter);
    if (!board.has(place)) return skipped(`There is no segment ${edit.letter} now.`);
    const moved = board.put(board.rowsOf(place), -1);
    return done(moved, `${plural(moved, 'customer')} of ${edit.letter} in no segment.`);
  }
  const asked = new Set(namedIn(edit)).size;
  const gone = asked - rows.length;
  if (rows.length === 0) return skipped(nobody(asked));
  const lost = gone > 0 ? ` ${count(gone)} of ${count(asked)} are not in the data now.` : '';
  if (edit.kind === 'exclude') {
    const moved = board.put(rows, -1);
    return done(moved, `${plural(moved, 'customer')} in no segment.${lost}`);
  }
  if (edit.kind === 'move') {
    const place = letterPlace(edit.to);
    if (!board.has(place)) return skipped(`There is no segment ${edit.to} now.`);
    const moved = board.put(rows, place);
    return done(moved, `${plural(moved, 'customer')} moved to ${edit.to}.${lost}`);
  }
  const moved = board.put(rows, letterPlace(edit.letter));
  return done(
    moved,
    `${plural(rows.length, 'customer')} held in ${edit.letter}, ${count(moved)} of whom the method has elsewhere.${lost}`,
  );
}

function nobody(asked: number): string {
  if (asked === 0) return 'It names no customer.';
  if (asked === 1) return 'The customer it names is not in the data now.';
  return `None of the ${count(asked)} customers it names are in the data now.`;
}

function merge(board: Board, { letters, into }: Extract<Edit, { kind: 'merge' }>): EditOutcome {
  const there = letters.filter((each) => board.has(letterPlace(each)));
  const gone = letters.filter((each) => !there.includes(each));
  const lost = `There ${isAre(gone)} no segment${gone.length === 1 ? '' : 's'} ${listed(gone)} now`;
  if (there.length < 2) return skipped(`${lost}.`);
  const place = letterPlace(into);
  let moved = 0;
  for (const each of there) moved += board.put(board.rowsOf(letterPlace(each)), place);
  return done(
    moved,
    `${listed(there)} are one segment, ${into}.${gone.length > 0 ? ` ${lost}.` : ''}`,
  );
}

async function byRule(
  input: SegmentInput,
  board: Board,
  { letter, anyOf }: Extract<Edit, { kind: 'rule' }>,
  job: Job,
): Promise<EditOutcome> {
  const fault = ruleFault(anyOf, input);
  if (fault) return skipped(fault);
  const said = ruleWords(anyOf, input.features, answersOf(input));
  const rows = rowsInside((await holding(input, anyOf, job)).map((is) => 1 - is));
  if (rows.length === 0) return skipped(`${said}: that holds for nobody now.`);
  const moved = board.put(rows, letterPlace(letter));
  const elsewhere = `${count(moved)} of whom the method has elsewhere`;
  return done(moved, `${said}: ${plural(rows.length, 'customer')} in ${letter}, ${elsewhere}.`);
}

async function split(
  input: SegmentInput,
  board: Board,
  edit: Extract<Edit, { kind: 'split' }>,
  options: ApplyOptions,
  kernels: Kernels,
  job: Job,
): Promise<EditOutcome> {
  const own = letterPlace(edit.letter);
  const rows = board.rowsOf(own);
  if (rows.length === 0) return skipped(`There is no segment ${edit.letter} now.`);
  if (rows.length === 1) return skipped(`${edit.letter} is one customer now.`);
  const letters = [own, ...edit.into.map(letterPlace)];
  let parts: Int32Array;
  if (edit.where) {
    const fault = splitFault(edit.where, input);
    if (fault) return skipped(fault);
    parts = await splitByCondition(input, rows, edit.where, job);
  } else {
    const witnesses = input.witnesses ?? new Int32Array();
    const [layer] = options.anchor === undefined ? [] : readAnchor(options.anchor).layers;
    const before = layer ? layer.map((place) => letters.indexOf(place)) : null;
    const how = { parts: letters.length, seed: options.seed, restarts: options.restarts };
    parts = await splitByMeans(input, rows, { ...how, before, witnesses }, kernels, job);
  }
  const sizes = new Int32Array(letters.length);
  for (const part of parts) sizes[part]!++;
  const found = sizes.filter((size) => size > 0).length;
  if (found < 2)
    return skipped(
      edit.where
        ? `The condition holds for ${sizes[1] === 0 ? 'none' : 'all'} of the ${count(rows.length)} customers of ${edit.letter}.`
        : `All customers of ${edit.letter} are the same in what they are grouped by.`,
    );
  const targets = free(letters, board, options.edits);
  let moved = 0;
  targets.forEach((place, part) => {
    moved += board.put(
      rows.filter((_, i) => parts[i] === part),
      place,
    );
  });
  const words = targets
    .map((place, part) => `${letter(place)} (${count(sizes[part]!)})`)
    .filter((_, part) => sizes[part]! > 0);
  const others = targets.some((place, part) => place !== letters[part]);
  const few = found < letters.length ? ` Only ${count(found)} parts differ.` : '';
  const why = others ? ' A letter that it was to have belongs to another segment by now.' : '';
  return done(moved, `${edit.letter} is parted into ${listed(words)}.${few}${why}`);
}

/** The letters of the parts; instead of one that another segment has by now, the first that neither a segment nor an edit has. */
function free([own = -1, ...wanted]: readonly number[], board: Board, edits: readonly Edit[]) {
  const taken = new Set(board.places);
  for (const each of edits.flatMap(lettersOf)) taken.add(letterPlace(each));
  let next = 0;
  return [
    own,
    ...wanted.map((place) => {
      if (!board.has(place)) return place;
      while (taken.has(next)) next++;
      taken.add(next);
      return next;
    }),
  ];
}
