import { cell } from '../../csv-bytes.ts';
import type { TableWriter } from '../../types.ts';
import { orderWorth } from '../basket.ts';
import { personOf, type Person } from '../person.ts';
import type { World } from '../world.ts';

/** One row per customer, as the scheme knows them. */
export function customersTable(world: World): TableWriter {
  const { plan } = world;
  const genders = ['female', 'male', 'female', 'male'].map(cell);
  const cities = plan.cities.map(cell);
  const stores = plan.cities.map((city) => plan.stores.map((store) => cell(`${city} ${store}`)));
  const tiers = plan.tiers.map(({ name }) => cell(name));
  const [yes, no] = [cell('yes'), cell('no')];
  return {
    columns: [
      'customer_id',
      'joined_on',
      'birth_year',
      'gender',
      'city',
      ...(plan.stores.length > 0 ? ['home_store'] : []),
      plan.friction.column,
      'email_opt_in',
      'tier',
    ],
    customer(index, out) {
      const person = personOf(world, index);
      out.customer(index).date(world.date(person.joined));
      if (person.born > 0) out.whole(person.born);
      else out.empty();
      out.cell(genders[person.gender]!).cell(cities[person.city]!);
      if (plan.stores.length > 0) out.cell(stores[person.city]![person.store]!);
      if (plan.friction.whole) out.whole(person.friction);
      else out.hundredths(Math.round(person.friction * 100));
      out.cell(person.optIn ? yes : no).cell(tiers[tierOf(world, person)]!);
      out.end();
    },
  };
}

function tierOf(world: World, person: Person): number {
  const segment = world.segments[person.segment]!;
  const yearly =
    (segment.ordersPerYear * person.pace * orderWorth(world, person, segment, 0)) / 100;
  return world.plan.tiers.findLastIndex(({ from }) => yearly >= from);
}
