/** Bounds are worth their while where few rows move, and as long as they spare more than half of them. */
const FEW_MOVE = 0.015;
const HARDLY_ANY_MOVE = 0.003;
const MANY_MEASURED = 0.4;
const PATIENCE = 8;

/** Whether the next round of a run keeps bounds. It decides about time only: both ways give the same labels. */
export class Pace {
  bounded = false;
  #wait = 0;
  #patience = PATIENCE;

  /** Shares of all rows in the round that is over; of one that made its bounds anew none were `measured`. */
  after(moved: number, measured: number): void {
    if (this.bounded && measured > MANY_MEASURED) {
      this.bounded = false;
      this.#wait = this.#patience;
      this.#patience *= 2;
    } else if (!this.bounded)
      this.bounded = moved < (this.#wait-- > 0 ? HARDLY_ANY_MOVE : FEW_MOVE);
  }
}
