import { cell } from '../../csv-bytes.ts';
import { purpose, Stream } from '../../stream.ts';
import { orderNumber } from '../../ids.ts';
import type { TableWriter } from '../../types.ts';
import { personOf } from '../person.ts';
import { visitDays } from '../visits.ts';
import type { World } from '../world.ts';

const REVIEWS = purpose('reviews');
/** Before leaving, people rate lower by `FALL` for so many days. */
const SOUR_DAYS = 120;
const FALL = 1.2;

/** One review and what was planted in it. */
export type Review = {
  readonly order: number;
  readonly day: number;
  /** 1 to 5. */
  readonly rating: number;
  readonly theme: string;
  readonly text: string;
};

/** The reviews of a customer. Each segment has its own favourite theme; who will leave rates lower. */
export function reviewsOf(world: World, index: number): Review[] {
  const person = personOf(world, index);
  const segment = world.segments[person.segment]!;
  const [chance, usual] = segment.reviews;
  const draw = new Stream(world.seed, index, REVIEWS);
  const { themes } = world.plan;
  const found: Review[] = [];
  for (const visit of visitDays(world, person)) {
    if (draw.unit() >= chance) continue;
    const sour = visit >= person.left - SOUR_DAYS ? FALL : 0;
    const rating = Math.max(1, Math.min(5, Math.round(usual - sour + draw.bell() * 0.8)));
    const u = draw.unit();
    const theme = themes[(Math.floor(u * u * themes.length) + person.segment) % themes.length]!;
    const good = theme.good[draw.below(theme.good.length)]!;
    const bad = theme.bad[draw.below(theme.bad.length)]!;
    const text = rating >= 4 ? good : rating <= 2 ? bad : `${good} ${bad}`;
    const day = visit + 1 + draw.below(6);
    if (day < world.days)
      found.push({ order: orderNumber(index, visit), day, rating, theme: theme.id, text });
  }
  return found;
}

/** One row per review. */
export function reviewsTable(world: World): TableWriter {
  return {
    columns: ['review_id', 'customer_id', 'order_id', 'written_on', 'rating', 'text'],
    customer(index, out) {
      for (const { order, day, rating, text } of reviewsOf(world, index)) {
        out.code('V', order, 10).customer(index).code('R', order, 10);
        out.date(world.date(day)).whole(rating).text(text).end();
      }
    },
  };
}

/** What each review is about. */
export function truthReviewsTable(world: World): TableWriter {
  const themes = new Map(world.plan.themes.map(({ id }) => [id, cell(id)]));
  return {
    columns: ['review_id', 'theme', 'tone'],
    customer(index, out) {
      for (const { order, rating, theme } of reviewsOf(world, index)) {
        out.code('V', order, 10).cell(themes.get(theme)!);
        out.text(rating >= 4 ? 'good' : rating <= 2 ? 'bad' : 'mixed').end();
      }
    },
  };
}
