import { cell } from '../../csv-bytes.ts';
import type { TableWriter } from '../../types.ts';
import { personOf } from '../person.ts';
import { truthOf } from '../truth.ts';
import { response } from '../visits.ts';
import type { World } from '../world.ts';

/** One row per customer: what was planted. */
export function truthTable(world: World): TableWriter {
  const names = new Map(world.segments.map(({ id }) => [id, cell(id)]));
  return {
    columns: [
      'customer_id',
      'segment',
      'segment_at_end',
      'changed_on',
      'left_on',
      'hazard_per_year',
      'leaves_in_90_days',
      'offer_factor',
      'orders_per_year',
      'value_next_year',
    ],
    customer(index, out) {
      const truth = truthOf(world, index);
      out.customer(index).cell(names.get(truth.segment)!);
      out.cell(names.get(truth.segmentAtEnd)!);
      for (const day of [truth.changed, truth.left])
        if (day === null) out.empty();
        else out.date(world.date(day));
      out.share(truth.hazardPerYear).share(truth.leavesIn90Days).share(truth.offer);
      out.share(truth.ordersPerYear).hundredths(truth.valueNextYear).end();
    },
  };
}

/** One row per campaign and eligible customer: the chance of an order in its window with and without it. */
export function truthOffersTable(world: World): TableWriter {
  return {
    columns: ['campaign_id', 'customer_id', 'chance_if_contacted', 'chance_if_not'],
    customer(index, out) {
      const person = personOf(world, index);
      world.offers.forEach((offer, i) => {
        if (person.arms[i] === 0) return;
        const { offered, notOffered } = response(world, person, offer);
        out.text(offer.id).customer(index).share(offered).share(notOffered).end();
      });
    },
  };
}
