import type { Seen } from '../role-scores.ts';
import type { SourceKind } from '../types.ts';
import type { KindFacts } from './kinds.ts';

export type Rule = {
  readonly kind: SourceKind;
  readonly confidence: number;
  /** The reason, a whole sentence, where the table is of this kind; else null. */
  readonly when: (facts: KindFacts) => string | null;
};

export const said = ({ name }: Seen): string => `“${name}”`;
export const oneOf = (facts: KindFacts, list: string): boolean =>
  list.split(' ').some((word) => facts.words.has(word) || facts.label.includes(word));
