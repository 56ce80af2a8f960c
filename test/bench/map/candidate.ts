/** A map that is timed: each verb ends when its frame is drawn. */
export type Candidate = {
  /** From the arrays to the first frame. */
  first(): unknown;
  /** What is not timed. */
  settle(): unknown;
  /** All points in sight, moved by (3, 2) · step pixels. */
  pan(step: number): unknown;
  /** 8× nearer, moved likewise. */
  zoom(step: number): unknown;
  /** Every point in another colour. */
  recolour(step: number): unknown;
  /** Half of the points grey. */
  filter(step: number): unknown;
  /** 1 for each point inside, in the caller's order. */
  lasso(polygon: readonly number[]): Uint8Array | Promise<Uint8Array>;
  words(): string;
};
