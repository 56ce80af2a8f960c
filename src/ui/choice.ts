/** One row of a chooser. */
export type Choice = {
  /** Unlike every other in the list. */
  readonly id: string;
  readonly label: string;
  /** Quiet words at the end of the row: a unit, how many. */
  readonly hint?: string;
};
