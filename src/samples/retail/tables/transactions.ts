import { cell, type CsvBytes } from '../../csv-bytes.ts';
import { purpose, Stream } from '../../stream.ts';
import { orderNumber } from '../../ids.ts';
import type { TableWriter } from '../../types.ts';
import { lineOf, type Line } from '../basket.ts';
import { personOf, secondsOf, segmentOn, type Person } from '../person.ts';
import { offerOn, visitDays } from '../visits.ts';
import type { World } from '../world.ts';

const BASKET = purpose('basket');
const DAY_S = 86_400;

/** What the lines of an order share. */
type Order = {
  readonly customer: number;
  readonly id: number;
  readonly place: Uint8Array;
  readonly channel: number;
  readonly scanned: boolean;
};

/** A line that will be brought back, `at` seconds after the first day began. */
type Return = { readonly order: Order; readonly line: Line; readonly at: number };

/** One row per order line, in the order of time within a customer; a return has negative pieces and the order's id. */
export function transactionsTable(world: World): TableWriter {
  const { plan } = world;
  const channels = plan.channels.map(cell);
  const online = cell('Online');
  const places = plan.cities.map((city) =>
    plan.stores.length > 0 ? plan.stores.map((store) => cell(`${city} ${store}`)) : [cell(city)],
  );
  const staysOut = plan.channels.indexOf('online');

  const write = (out: CsvBytes, order: Order, line: Line, at: number, sign: 1 | -1): void => {
    const { category, product, pieces, price, discount } = line;
    const { name, products } = world.categories[category]!;
    out.code('R', order.id, 10);
    if (order.scanned) out.customer(order.customer);
    else out.empty();
    out.date(world.date(Math.floor(at / DAY_S)), at % DAY_S);
    out.cell(order.place).cell(channels[order.channel]!);
    out
      .cell(products[product]!.name)
      .cell(name)
      .whole(sign * pieces)
      .hundredths(price);
    out.hundredths(sign * discount).hundredths(sign * (pieces * price - discount));
    out.end();
  };

  return {
    columns: [
      'order_id',
      'customer_id',
      'ordered_at',
      plan.stores.length > 0 ? 'store' : 'city',
      'channel',
      'product',
      'category',
      'quantity',
      'unit_price',
      'discount',
      'amount',
    ],
    customer(index, out) {
      const person = personOf(world, index);
      const draw = new Stream(world.seed, index, BASKET);
      let coming: Return[] = [];
      const bringBack = (until: number): void => {
        if (coming.length === 0) return;
        const due = coming.filter(({ at }) => at < until).sort((a, b) => a.at - b.at);
        coming = coming.filter(({ at }) => at >= until);
        for (const { order, line, at } of due) write(out, order, line, at, -1);
      };
      for (const day of visitDays(world, person)) {
        const segment = segmentOn(world, person, day);
        const at = day * DAY_S + secondsOf(world, person, segment, draw);
        bringBack(at);
        const channel = draw.pick(segment.channelSteps);
        const place = draw.unit();
        const order = {
          customer: index,
          id: orderNumber(index, day),
          place: channel === staysOut ? online : placeOf(places, person, place),
          channel,
          scanned: draw.unit() >= plan.unscanned,
        };
        const reduced = { sale: world.sale[day]!, offered: offerOn(world, person, day)?.off ?? 0 };
        const lines = 1 + draw.pick(segment.lineSteps);
        for (let l = 0; l < lines; l++) {
          const line = lineOf(world, person, segment, reduced, draw);
          write(out, order, line, at, 1);
          if (draw.unit() >= segment.returns) continue;
          const back = at + Math.floor(draw.between(3, 18) * DAY_S);
          if (back < world.days * DAY_S) coming.push({ order, line, at: back });
        }
      }
      bringBack(Infinity);
    },
  };
}

/** Mostly the home store; else another one of the city. */
function placeOf(places: readonly Uint8Array[][], person: Person, u: number): Uint8Array {
  const near = places[person.city]!;
  return u < 0.88
    ? near[person.store % near.length]!
    : near[Math.floor(((u - 0.88) / 0.12) * near.length)]!;
}
