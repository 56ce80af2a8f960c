import { TesseraError } from '../lib/errors.ts';
import type { Job } from '../lib/job.ts';
import { voteDialect, type Vote } from './dialect.ts';
import { refuseOtherText } from './guard.ts';
import { piece } from './lines.ts';
import { chosenWay, foundWay, isRespelled, respell, type Respelled } from './respell.ts';
import { LONGEST_RECORD } from './scan.ts';
import type { Dialect } from './types.ts';

/** Bytes that the vote over dialects looks at. */
export const HEAD = 1_048_576;

/** What is said of a text that was spelled anew: not that its new separator was chosen. */
function said(vote: Vote, own: Respelled, given: Partial<Dialect>): Vote {
  const others = vote.reason.slice(vote.reason.indexOf(';')); // what follows the words on the separator
  const confidence = given.delimiter === undefined ? 0.9 : 1;
  return { ...vote, confidence, reason: `${own.reason}${others}` };
}

type Beginning = {
  readonly start: Uint8Array;
  readonly mark: number;
  readonly text: string;
  readonly whole: boolean;
};
type Spelling = Pick<Beginning, 'start' | 'mark'> & {
  readonly vote: Vote;
  readonly text: File;
  readonly own: Respelled | null;
};

/** The vote on a text, or on what it becomes where no single character separates its cells. */
export async function spellingOf(
  text: File,
  it: {
    readonly given: Partial<Dialect>;
    readonly most: number;
    /** false: its spelling is not to be doubted. */
    readonly isText: boolean;
    readonly head: Uint8Array | undefined;
  },
  job: Job,
): Promise<Spelling> {
  const { given, isText, head } = it;
  let way = null;
  if (isText && isRespelled(given))
    way = chosenWay((await beginningOf(text, HEAD, head)).text, given);
  else {
    const { vote, ...first } = await voteOn(text, given, head);
    const { columns, dialect } = vote;
    if (isText && given.delimiter === undefined)
      way = foundWay(first.text, { columns, delimiter: dialect.delimiter });
    if (!way) {
      refuseTooLittle(vote, first.whole);
      return { ...first, vote, text, own: null };
    }
  }
  const own = await respell(text, way, it, job);
  const { vote, ...first } = await voteOn(own.text, { ...given, ...own.given });
  refuseTooLittle(vote, first.whole);
  return { ...first, vote: said(vote, own, given), text: own.text, own };
}

async function beginningOf(text: File, size: number, head?: Uint8Array): Promise<Beginning> {
  const start = size === HEAD && head ? head : await piece(text, 0, size);
  const mark = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0;
  return { start, mark, text: new TextDecoder().decode(start), whole: text.size <= size };
}

/** The vote on the head, or on as much as one record may have where the head holds none. */
async function voteOn(
  text: File,
  given: Partial<Dialect>,
  head?: Uint8Array,
): Promise<Beginning & { readonly vote: Vote }> {
  for (const size of [HEAD, LONGEST_RECORD]) {
    const first = await beginningOf(text, size, head);
    if (first.text.trim() === '')
      throw new TesseraError('file-empty', 'It holds only blank lines.');
    refuseOtherText(first.text);
    const vote = voteDialect(first.text, first.whole, given);
    if (vote.rows.length === 0 && !first.whole && size < LONGEST_RECORD) continue;
    return { ...first, vote };
  }
  throw new RangeError('no size was tried');
}

function refuseTooLittle(vote: Vote, whole: boolean): void {
  if (vote.rows.length === 0 && whole)
    throw vote.columns < 2
      ? new TesseraError('columns-too-few', 'It holds a single line without a separator.')
      : new TesseraError('file-header-only', `${vote.columns} names, 0 rows.`);
  if (vote.rows.length === 0)
    throw new TesseraError(
      'file-unreadable',
      'Its first lines are longer than 16 MB, so it is no table of lines.',
    );
  if (vote.columns < 2) throw new TesseraError('columns-too-few', vote.reason);
}
