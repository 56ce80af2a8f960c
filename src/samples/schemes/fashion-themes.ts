import type { Theme } from '../retail/plan.ts';

/** What people write about an online fashion shop. */
export const fashionThemes: readonly Theme[] = [
  {
    id: 'fit',
    good: ['True to size and flattering.', 'Fits as if made for me.', 'The cut is perfect.'],
    bad: [
      'Runs two sizes small, sent it back.',
      'The sleeves are far too long.',
      'Looks nothing like the picture on me.',
    ],
  },
  {
    id: 'quality',
    good: [
      'Beautiful fabric, it feels like more than it cost.',
      'Washed it ten times, still like new.',
    ],
    bad: [
      'A seam came apart after one wash.',
      'Thin fabric, you can see through it.',
      'The colour faded at once.',
    ],
  },
  {
    id: 'delivery',
    good: ['Here in two days, well packed.', 'Delivery was fast and I could follow it.'],
    bad: [
      'The parcel took two weeks.',
      'The courier left it in the rain.',
      'Half of the order was missing.',
    ],
  },
  {
    id: 'returns',
    good: ['Returning was easy and the money came back quickly.'],
    bad: [
      'I am still waiting for my refund.',
      'I had to print the label and pay the postage myself.',
    ],
  },
  {
    id: 'price',
    good: ['A bargain in the sale.', 'Worth every penny.'],
    bad: ['It was cheaper a week later.', 'Too expensive for what it is.'],
  },
];
