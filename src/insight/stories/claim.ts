/** Where a figure or a word that compares comes from: a click on it opens that place, and the test makes it anew from there. */
export type Source =
  | { readonly of: 'name' | 'size' | 'share' | 'silhouette' | 'none-differ' }
  | { readonly of: 'revenue'; readonly part: 'value' | 'low' | 'high' | 'against-share' }
  | {
      readonly of: 'driver';
      readonly feature: number;
      readonly part: 'here' | 'everyone' | 'low' | 'high' | 'direction' | 'category' | 'most-apart';
    }
  | { readonly of: 'index'; readonly feature: number; readonly part: 'value' | 'low' | 'high' }
  | { readonly of: 'rule'; readonly part: 'words' | 'precision' | 'recall' | 'baseline' }
  | { readonly of: 'customer'; readonly row: number; readonly feature: number | null }
  | { readonly of: 'stability' | 'structure' };

/** Words of a template, or something that is traced to a number. */
export type Piece =
  string | { readonly text: string; readonly value: number; readonly source: Source };

/** One sentence. */
export type Claim = readonly Piece[];

export type Section = {
  readonly title:
    | 'Who they are'
    | 'How they buy'
    | 'What sets them apart'
    | 'What they are worth'
    | 'A typical customer'
    | 'What not to read into it';
  readonly claims: readonly Claim[];
};

export type Story = {
  /** The segment in one sentence. */
  readonly sentence: Claim;
  readonly card: readonly Section[];
};

export const plain = (claim: Claim): string =>
  claim.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');

/** The story as a text to edit: the sentence, then each section with its sentences. */
export const storyText = ({ sentence, card }: Story): string =>
  [
    plain(sentence),
    ...card.map(({ title, claims }) => `${title}: ${claims.map(plain).join(' ')}`),
  ].join('\n\n');
