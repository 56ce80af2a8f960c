import { cell } from '../../csv-bytes.ts';
import { purpose, Stream } from '../../stream.ts';
import { orderNumber } from '../../ids.ts';
import type { TableWriter } from '../../types.ts';
import { personOf } from '../person.ts';
import { visitDays } from '../visits.ts';
import type { World } from '../world.ts';

const REWARDS = purpose('rewards');

/** One row per reward earned; `redeemed_on` is empty where it was never used. Rewards are given beside the orders. */
export function redemptionsTable(world: World): TableWriter {
  const { every, name, decay } = world.plan.reward;
  const reward = cell(name);
  return {
    columns: ['reward_id', 'customer_id', 'reward', 'number', 'earned_on', 'redeemed_on'],
    customer(index, out) {
      const person = personOf(world, index);
      const days = visitDays(world, person);
      const draw = new Stream(world.seed, index, REWARDS);
      let chance = world.segments[person.segment]!.redeems;
      for (let v = every - 1, number = 1; v < days.length; v += every, number++) {
        const wanted = draw.unit() < chance;
        const used = days[v + 1 + draw.below(3)];
        chance *= decay;
        out.code('W', orderNumber(index, days[v]!), 10).customer(index).cell(reward);
        out.whole(number).date(world.date(days[v]!));
        if (wanted && used !== undefined) out.date(world.date(used));
        else out.empty();
        out.end();
      }
    },
  };
}
