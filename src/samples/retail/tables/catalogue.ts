import type { TableWriter } from '../../types.ts';
import type { World } from '../world.ts';

/** What is sold, at list price. */
export function productsTable(world: World): TableWriter {
  return {
    columns: ['product', 'category', 'list_price'],
    shared(out) {
      for (const { name, products } of world.categories)
        for (const product of products)
          out.cell(product.name).cell(name).hundredths(product.price).end();
    },
  };
}

/** What was sent to whom by plan: one row per campaign. */
export function campaignsTable(world: World): TableWriter {
  return {
    columns: [
      'campaign_id',
      'campaign',
      'channel',
      'starts_on',
      'ends_on',
      'share_off',
      'holdout_share',
      'cost_per_contact',
    ],
    shared(out) {
      for (const { id, name, channel, start, off, holdout, cost } of world.offers) {
        out.text(id).text(name).text(channel);
        out.date(world.date(start)).date(world.date(start + world.plan.offerDays.window - 1));
        out
          .hundredths(Math.round(off * 100))
          .hundredths(Math.round(holdout * 100))
          .hundredths(cost);
        out.end();
      }
    },
  };
}
