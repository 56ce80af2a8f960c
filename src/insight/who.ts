/** Some customers: a segment, a lasso, what passes the brushes, the rows of an answer. */
export type Who = {
  /** [customers]; 1 = in. */
  readonly inside: Uint8Array<ArrayBuffer>;
  /** "Segment B", "312 customers inside the lasso": as a person would say who they are. */
  readonly words: string;
};

/** The customers of one segment, or of those in none. */
export const whoOf = (labels: Int32Array, segment: number, words: string): Who => ({
  inside: Uint8Array.from(labels, (label) => (label === segment ? 1 : 0)),
  words,
});

export const sizeOf = ({ inside }: Who): number => inside.reduce((sum, is) => sum + is, 0);
