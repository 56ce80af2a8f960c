import { pageJob } from '../lib/page-job.ts';
import type { Finding } from '../segments/hands/checks.ts';
import { rowsInside, type Doing, type Named } from '../segments/hands/doing.ts';
import { editWords } from '../segments/hands/edit-words.ts';
import type { Edit } from '../segments/hands/edits.ts';
import { membersDigest, remarkOf, withRemark, type Saying } from '../segments/hands/remarks.ts';
import { holding } from '../segments/holding.ts';
import type { Segment, SegmentSettings } from '../segments/types.ts';
import type { Session } from './session.svelte.ts';

/** What a person changes of the segments, each a decision that can be undone. */
export class Hands {
  doing = $state.raw<Doing | null>(null);
  isListing = $state(false);
  isChecking = $state(false);
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  get edits(): readonly Edit[] {
    return this.#settings.edits ?? [];
  }

  get #settings(): SegmentSettings {
    return this.#session.segments.settings;
  }

  /** Looks whether the segments make sense together, and shows what was found. */
  check(): void {
    const { features, segments } = this.#session;
    this.isChecking = true;
    if (features.table && segments.segmentation)
      void segments.check(features.table, segments.segmentation);
  }

  /** What a finding suggests; nothing is changed before a person agrees. */
  act(act: NonNullable<Finding['act']>): void {
    const { segments, selection, grouping } = this.#session;
    this.isChecking = false;
    if (act.kind === 'merge') this.doing = { kind: 'merge', letter: act.letter, with: act.with };
    else if (act.kind === 'split') this.doing = { kind: 'split', letter: act.letter };
    else if (act.kind === 'edits') this.isListing = true;
    else if (act.kind === 'grouping') grouping.isOpen = true;
    else if (act.kind === 'look') {
      const all = segments.segmentation?.segments ?? [];
      selection.segment = all.find(({ letter }) => letter === act.letter)?.id ?? null;
    }
  }

  /** Asks to whom one customer goes; nobody, nothing. */
  begin(kind: 'move' | 'exclude', row: number | null): void {
    if (row !== null) this.doing = { kind, rows: Int32Array.of(row) };
  }

  /** Asks whether those for whom a rule holds become a segment. */
  async makeByRule(anyOf: Extract<Edit, { kind: 'rule' }>['anyOf']): Promise<void> {
    const { table } = this.#session.features;
    if (!table) return;
    const inside = await holding(table, anyOf, pageJob({}));
    this.doing = { kind: 'rule', anyOf, rows: rowsInside(inside.map((is) => 1 - is)) };
  }

  async edit(edit: Edit, named: Named | null = null): Promise<void> {
    this.doing = null;
    const { names, ...rest } = this.#settings;
    const others = names.filter(({ letter }) => letter !== named?.letter);
    await this.#session.change('segments', editWords(edit), {
      ...rest,
      names: named ? [...others, named] : names,
      edits: [...this.edits, edit],
    });
    if (edit.kind === 'rule' || edit.kind === 'pin') this.#look(edit.letter);
  }

  /** A segment that was just made is the one that is looked at. */
  #look(letter: string): void {
    const { segments, selection } = this.#session;
    const made = segments.segmentation?.segments.find((each) => each.letter === letter);
    if (!made) return;
    selection.clearRange();
    selection.open(made.id);
  }

  async remove(place: number): Promise<void> {
    const edit = this.edits[place];
    if (!edit) return;
    const edits = this.edits.toSpliced(place, 1);
    const { edits: _all, ...rest } = this.#settings;
    await this.#session.change('segments', `Take out: ${editWords(edit)}`, {
      ...rest,
      ...(edits.length > 0 && { edits }),
    });
  }

  /** A note, a colour, a story of one segment. */
  say(label: string, letter: string, saying: Saying): void {
    const { remarks: before = [], ...rest } = this.#settings;
    const remarks = withRemark(before, letter, saying);
    if (JSON.stringify(remarks) === JSON.stringify(before)) return;
    void this.#session.change('segments', label, {
      ...rest,
      ...(remarks.length > 0 && { remarks }),
    });
  }

  approve({ letter, id, size }: Segment, by: string): void {
    const on = new Date().toISOString().slice(0, 10);
    const approved = { by, on, customers: size, digest: this.#digest(id) };
    this.say(`Approve ${letter}`, letter, { approved });
  }

  /** Whether a segment still has the customers that were approved; true where none were. */
  isAsApproved({ letter, id }: Segment): boolean {
    const { approved } = remarkOf(this.#settings.remarks, letter);
    return !approved || approved.digest === this.#digest(id);
  }

  /** Who approved last. */
  get lastBy(): string {
    const given = (this.#settings.remarks ?? []).flatMap(({ approved }) => approved ?? []);
    return given.toSorted((a, b) => (a.on < b.on ? -1 : 1)).at(-1)?.by ?? '';
  }

  #digest(id: number): string {
    const { features, segments } = this.#session;
    const { made } = segments;
    if (!features.table || !made) return '';
    return membersDigest(features.table.customers, made.labels, id);
  }
}
