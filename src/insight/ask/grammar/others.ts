import type { Ask } from '../types.ts';
import { intro } from './common.ts';
import { ofGroup } from './group.ts';
import { any, as, seq, words } from './reader.ts';
import { feature, segmentWord } from './words.ts';

export const rest = any<Ask>(
  as(
    seq(intro, words('distribution of|histogram of|spread of'), feature, ofGroup),
    ([, , at, it]) => ({ kind: 'distribution', feature: at, group: it }),
  ),
  as(seq(words('what is|whats|define|definition of|explain|what are'), feature), ([, at]) => ({
    kind: 'define',
    feature: at,
  })),
  as(seq(words('what does|what do'), feature, words('mean')), ([, at]) => ({
    kind: 'define',
    feature: at,
  })),
  as(
    seq(words('describe|who are|what is|tell about|explain|what sets apart'), segmentWord),
    ([, id]) => ({ kind: 'describe', segment: id }),
  ),
  as(
    seq(words('what sets|what makes'), segmentWord, words('apart|different|special')),
    ([, id]) => ({ kind: 'describe', segment: id }),
  ),
);
