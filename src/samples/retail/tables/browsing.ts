import { cell } from '../../csv-bytes.ts';
import { purpose, Stream } from '../../stream.ts';
import type { TableWriter } from '../../types.ts';
import { personOf, secondsOf, segmentOn } from '../person.ts';
import type { World } from '../world.ts';

const BROWSING = purpose('browsing');

/** One row per product looked at on the site or in the app, with the price shown that day. */
export function browsingTable(world: World): TableWriter {
  const devices = ['phone', 'computer', 'tablet'].map(cell);
  return {
    columns: [
      'customer_id',
      'viewed_at',
      'device',
      'product',
      'category',
      'price_shown',
      'seconds',
    ],
    customer(index, out) {
      const person = personOf(world, index);
      const draw = new Stream(world.seed, index, BROWSING);
      const device = draw.unit() < 0.7 ? 0 : 1 + draw.below(2);
      const end = Math.min(world.days, person.left);
      for (let day = Math.max(0, person.joined); day < end; day++) {
        const segment = segmentOn(world, person, day);
        const fades = day >= person.left - world.plan.fading.days ? world.plan.fading.factor : 1;
        if (draw.unit() >= (segment.browsing.perYear / 365) * person.pace * fades) continue;
        const views = 1 + draw.below(4);
        let at = secondsOf(world, person, segment, draw);
        for (let v = 0; v < views; v++) {
          const { name, products } = world.categories[draw.pick(segment.browseSteps)]!;
          const product = products[draw.below(products.length)]!;
          const seconds = 5 + Math.floor(draw.wait(40));
          out.customer(index).date(world.date(day), at).cell(devices[device]!);
          out.cell(product.name).cell(name);
          out
            .hundredths(Math.round(product.price * (1 - world.sale[day]!)))
            .whole(seconds)
            .end();
          at = Math.min(at + seconds, 86_399);
        }
      }
    },
  };
}
