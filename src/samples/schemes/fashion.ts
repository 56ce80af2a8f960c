import { priced } from '../retail/catalogue.ts';
import type { RetailPlan } from '../retail/plan.ts';
import { fashionSegments } from './fashion-segments.ts';
import { fashionThemes } from './fashion-themes.ts';

/** An online shop for clothes, with sales, parcels and much that comes back. */
export const fashion: RetailPlan = {
  segments: fashionSegments,
  products: [
    ...priced('Basics', {
      'Socks, 3 pairs': 9.9,
      'T-shirt': 14.9,
      Vest: 12.9,
      Leggings: 19.9,
      'T-shirt, 3 pack': 34.9,
      'Long-sleeve top': 22.9,
    }),
    ...priced('Tops', { Blouse: 39.9, Shirt: 44.9, Jumper: 54.9, Cardigan: 59.9, Hoodie: 49.9 }),
    ...priced('Trousers', {
      Jeans: 69.9,
      Chinos: 59.9,
      'Wide trousers': 64.9,
      Shorts: 34.9,
      Skirt: 44.9,
    }),
    ...priced('Dresses', {
      'Summer dress': 59.9,
      'Shirt dress': 69.9,
      'Knit dress': 79.9,
      'Party dress': 99.9,
    }),
    ...priced('Outerwear', {
      'Rain jacket': 99.9,
      'Denim jacket': 89.9,
      'Down jacket': 159.9,
      'Wool coat': 219,
    }),
    ...priced('Shoes', { Sandals: 49.9, Trainers: 89.9, Loafers: 99.9, 'Ankle boots': 129.9 }),
    ...priced('Accessories', {
      Belt: 24.9,
      Scarf: 29.9,
      Gloves: 27.9,
      'Silk scarf': 59.9,
      Sunglasses: 49.9,
      'Leather wallet': 44.9,
    }),
    ...priced('Designer', {
      'Cashmere jumper': 189,
      'Designer bag': 420,
      'Silk dress': 340,
      'Leather jacket': 490,
      'Designer coat': 690,
    }),
  ],
  channels: ['web', 'mobile web', 'app'],
  unscanned: 0.02,
  open: [0, 24],
  cities: [
    'London',
    'Manchester',
    'Birmingham',
    'Edinburgh',
    'Bristol',
    'Liverpool',
    'Leeds',
    'Cardiff',
    'Belfast',
    'Newcastle',
  ],
  stores: [],
  sales: [
    { name: 'Winter sale', from: '12-27', to: '01-18', off: 0.4 },
    { name: 'Mid-season sale', from: '04-18', to: '04-28', off: 0.3 },
    { name: 'Summer sale', from: '06-20', to: '07-12', off: 0.4 },
    { name: 'Black week', from: '11-22', to: '11-30', off: 0.35 },
  ],
  season: [{ from: '12-01', to: '12-22' }],
  offers: [
    { name: 'New arrivals', channel: 'e-mail', off: 0, strength: 0.8, holdout: 0.2, cost: 3 },
    {
      name: '15 % off your next order',
      channel: 'e-mail',
      off: 0.15,
      strength: 1,
      holdout: 0.5,
      cost: 3,
    },
    { name: 'Free delivery weekend', channel: 'app', off: 0.1, strength: 1, holdout: 0.5, cost: 2 },
  ],
  offerDays: { first: 60, every: 77, window: 14 },
  changeAt: 0.8,
  friction: { column: 'delivery_days', low: 1, high: 9, whole: true, much: 6 },
  leaving: { muchFriction: 0.8, optIn: -0.4, under25: 0.3 },
  fading: { days: 75, factor: 0.5 },
  tiers: [
    { name: 'bronze', from: 0 },
    { name: 'silver', from: 350 },
    { name: 'gold', from: 900 },
  ],
  reward: { every: 4, name: 'Voucher', decay: 0.8 },
  themes: fashionThemes,
};
