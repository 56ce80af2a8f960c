import { cell } from '../../csv-bytes.ts';
import { purpose, Stream } from '../../stream.ts';
import type { TableWriter } from '../../types.ts';
import { personOf } from '../person.ts';
import { visitDays } from '../visits.ts';
import type { World } from '../world.ts';

const CONTACTS = purpose('contacts');

/**
 * One row per campaign and eligible customer (opted in, joined before it began), contacted or held out by lot;
 * `ordered` says whether they ordered within the window.
 */
export function contactsTable(world: World): TableWriter {
  const [yes, no] = [cell('yes'), cell('no')];
  const arms = ['', 'hold-out', 'contacted'].map(cell);
  return {
    columns: ['campaign_id', 'customer_id', 'assigned_on', 'arm', 'opened', 'clicked', 'ordered'],
    customer(index, out) {
      const person = personOf(world, index);
      if (!person.optIn) return;
      const days = visitDays(world, person);
      world.offers.forEach(({ id, start, strength }, i) => {
        const arm = person.arms[i]!;
        if (arm === 0) return;
        const draw = new Stream(world.seed, index, CONTACTS + i);
        const opened = draw.unit() < 0.22 + 0.15 * strength;
        const clicked = draw.unit() < 0.25 && opened;
        const end = start + world.plan.offerDays.window;
        out.text(id).customer(index).date(world.date(start)).cell(arms[arm]!);
        if (arm === 1) out.empty().empty();
        else out.cell(opened ? yes : no).cell(clicked ? yes : no);
        out.cell(days.some((day) => day >= start && day < end) ? yes : no).end();
      });
    },
  };
}
