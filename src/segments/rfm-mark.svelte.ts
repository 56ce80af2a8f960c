import { boxBetween, isInBox, stepOf, type Square } from './rfm-face.ts';

/** The marked cells of the RFM grid, by pointer and by keys. Dies with the grid. */
export class RfmMark {
  from = $state.raw<Square>({ recency: 1, frequency: 1 });
  to = $state.raw<Square>({ recency: 1, frequency: 1 });
  isOne = $derived(
    this.from.recency === this.to.recency && this.from.frequency === this.to.frequency,
  );
  readonly #bands: number;
  #isDragging = false;

  constructor(bands: number) {
    this.#bands = bands;
  }

  /** Over all monetary scores, or one. */
  box = (slice: number | null) => boxBetween(this.from, this.to, this.#bands, slice);
  isIn = (square: Square): boolean => isInBox(square, this.box(null));
  isAt = ({ recency, frequency }: Square): boolean =>
    this.to.recency === recency && this.to.frequency === frequency;

  press(event: PointerEvent, square: Square): void {
    if (event.button !== 0) return;
    const cell = event.currentTarget;
    // a finger holds on to the cell that it touched first
    if (cell instanceof Element && cell.hasPointerCapture?.(event.pointerId))
      cell.releasePointerCapture(event.pointerId);
    this.#isDragging = true;
    this.from = this.to = square;
  }

  enter(square: Square): void {
    if (this.#isDragging) this.to = square;
  }

  /** Ends a drag; whether it went over more than one cell. */
  release(): boolean {
    const isWide = this.#isDragging && !this.isOne;
    this.#isDragging = false;
    return isWide;
  }

  /** Back to one cell. */
  collapse(): void {
    this.#isDragging = false;
    this.to = this.from;
  }

  /** Moves the mark, or with Shift its other corner; whether the key is one for that. */
  step(event: KeyboardEvent): boolean {
    const next = stepOf(event.key, this.to, this.#bands);
    if (!next) return false;
    this.to = next;
    if (!event.shiftKey) this.from = next;
    return true;
  }
}
