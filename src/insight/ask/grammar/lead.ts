import { as, maybe, seq, words } from './reader.ts';

export const relative = maybe(words('who|that|which|whose'));
export const verb = maybe(
  words('are|is|were|have|has|had|do|did|does|are there|is there|do we have|we have|there are'),
);
export const negation = maybe(
  words('not|never|dont|didnt|havent|hasnt|arent|isnt|werent|doesnt|do not|did not'),
);
/** "who have not": whether it is turned around. */
export const lead = as(seq(relative, verb, negation), ([, , not]) => not !== null);

export const having = seq(
  relative,
  maybe(words('with|having|have|has|had|whose|where|made|placed|bought|did|of')),
);
