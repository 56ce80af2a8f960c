/** Some customers: a segment, a lasso, what passes the brushes, the rows of an answer. */
export type Who = {
  /** [customers]; 1 = in. */
  readonly inside: Uint8Array<ArrayBuffer>;
  /** "Segment B", "312 customers inside the lasso": as a person would say who they are. */
  readonly words: string;
};

/** The customers of one segment, or of those in none. */
export function whoOf(labels: Int32Array, segment: number, words: string): Who {
  const inside = new Uint8Array(labels.length);
  for (let r = 0; r < inside.length; r++) if (labels[r] === segment) inside[r] = 1;
  return { inside, words };
}

export function sizeOf({ inside }: Who): number {
  let size = 0;
  for (let r = 0; r < inside.length; r++) size += inside[r]!;
  return size;
}
