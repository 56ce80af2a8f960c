const CAP = 200;

type Step<T> = { readonly label: string; readonly value: T };

/** All steps, and which of them holds. */
export type Past<T> = { readonly at: number; readonly steps: readonly Step<T>[] };

/** Undo and redo over snapshots: each is a whole value that nobody changes afterwards. */
export class History<T> {
  #steps = $state.raw<readonly Step<T>[]>([]);
  #at = $state(0);
  readonly #cap: number;

  /** Keeps `cap` steps back; older ones are forgotten. */
  constructor(first: T, cap = CAP) {
    if (!(cap >= 1)) throw new RangeError('a history keeps at least one step');
    this.#cap = cap;
    this.#steps = [{ label: '', value: first }];
  }

  get current(): T {
    return this.#step(this.#at).value;
  }

  get canUndo(): boolean {
    return this.#at > 0;
  }

  get canRedo(): boolean {
    return this.#at < this.#steps.length - 1;
  }

  /** What undo would take back: "Two segments more". Null where there is nothing. */
  get undoLabel(): string | null {
    return this.canUndo ? this.#step(this.#at).label : null;
  }

  get redoLabel(): string | null {
    return this.canRedo ? this.#step(this.#at + 1).label : null;
  }

  /** `label` says what was changed. What had been undone is forgotten. */
  push(label: string, value: T): void {
    if (value === this.current) return;
    const steps = [...this.#steps.slice(0, this.#at + 1), { label, value }].slice(-this.#cap - 1);
    this.#steps = steps;
    this.#at = steps.length - 1;
  }

  /** One step back; gives the value that now holds, the same one where there is no step. */
  undo(): T {
    if (this.canUndo) this.#at -= 1;
    return this.current;
  }

  redo(): T {
    if (this.canRedo) this.#at += 1;
    return this.current;
  }

  get past(): Past<T> {
    return { at: this.#at, steps: this.#steps };
  }

  /** Another project: nothing to go back to, or what was kept of it. */
  reset(first: T, past: Past<T> | null = null): void {
    this.#steps = past?.steps ?? [{ label: '', value: first }];
    this.#at = past?.at ?? 0;
  }

  #step(at: number): Step<T> {
    const step = this.#steps[at];
    if (!step) throw new RangeError(`the history has no step ${at}`);
    return step;
  }
}
