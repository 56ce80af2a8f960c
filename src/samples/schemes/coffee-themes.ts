import type { Theme } from '../retail/plan.ts';

/** What people write about a coffee shop. */
export const coffeeThemes: readonly Theme[] = [
  {
    id: 'taste',
    good: [
      'The flat white is the best in town.',
      'Lovely beans, fresh and full of flavour.',
      'Pastries are warm and really good.',
    ],
    bad: [
      'My coffee was bitter and lukewarm.',
      'The pastry was dry, as if from yesterday.',
      'The new blend tastes burnt to me.',
    ],
  },
  {
    id: 'waiting',
    good: ['Ordered in the app, it was ready when I came in.', 'Quick even when there is a queue.'],
    bad: [
      'I waited fifteen minutes and missed my train.',
      'The queue is out of the door every morning.',
      'My app order was not started when I arrived.',
    ],
  },
  {
    id: 'staff',
    good: [
      'The staff remember my name and my order.',
      'Such friendly people, thank you.',
      'They made a new cup at once when mine spilled.',
    ],
    bad: ['The barista was rude to the person before me.', 'Nobody greets you any more.'],
  },
  {
    id: 'price',
    good: ['Fair prices, and the card pays back.', 'Good value with the offers.'],
    bad: [
      'Prices went up again, I will think twice.',
      'Too expensive for what you get.',
      'My points disappeared and nobody could explain why.',
    ],
  },
  {
    id: 'place',
    good: ['A quiet corner to work in.', 'Clean, bright and a good place to meet.'],
    bad: ['Tables were sticky and the floor dirty.', 'Too loud, and nowhere to sit.'],
  },
];
