/** Something that tells who a person is, and how its texts are recognised. */
export type Recogniser = {
  readonly kind: string;
  /** In the plural: "e-mail addresses". */
  readonly words: string;
  /** Words of a header that say so; they decide between kinds that fit equally well. */
  readonly hints: readonly string[];
  /** Whether one text, trimmed, is of this kind. Linear in its length. `hinted`: the header says so, which bare digits need for a phone. */
  readonly is: (text: string, hinted: boolean) => boolean;
};
