import { cell } from '../csv-bytes.ts';
import type { SampleSpec, SampleTables, TableWriter } from '../types.ts';
import { contractOf, REGIONS } from './contract.ts';
import { contractPlans } from './plan.ts';

const TERMS = ['month-to-month', 'one year', 'two years'];

/** The tables of the phone company: one row per contract. */
export function phoneTables(spec: SampleSpec): SampleTables {
  return new Map([
    ['customers', customersTable(spec)],
    ['truth', truthTable(spec)],
  ]);
}

function customersTable(spec: SampleSpec): TableWriter {
  const [regions, terms] = [REGIONS.map(cell), TERMS.map(cell)];
  const [yes, no] = [cell('yes'), cell('no')];
  return {
    columns: [
      'customer_id',
      'age',
      'region',
      'contract',
      'tenure_months',
      'lines',
      'monthly_charge',
      'total_charges',
      'data_allowance_gb',
      'data_used_gb',
      'call_minutes',
      'roaming_days',
      'support_calls',
      'autopay',
      'insurance',
      'streaming',
      'price_rise',
      'left',
    ],
    customer(index, out) {
      const c = contractOf(spec, index);
      out.customer(index).whole(c.age).cell(regions[c.region]!).cell(terms[c.term]!);
      out.whole(c.tenureMonths).whole(c.lines).hundredths(c.charge);
      if (c.tenureMonths > 0) out.hundredths(c.total);
      else out.empty(); // no bill was sent yet
      out.whole(c.allowanceGb).hundredths(c.dataGb).whole(c.minutes).whole(c.roamingDays);
      out.whole(c.calls);
      for (const fact of [c.autopay, c.insurance, c.streaming, c.priceRise, c.left])
        out.cell(fact ? yes : no);
      out.end();
    },
  };
}

function truthTable(spec: SampleSpec): TableWriter {
  const names = contractPlans.map(({ id }) => cell(id));
  return {
    columns: [
      'customer_id',
      'segment',
      'chance_of_leaving',
      'chance_with_offer',
      'value_next_year',
    ],
    customer(index, out) {
      const { segment, leaves, leavesWithOffer, charge } = contractOf(spec, index);
      out.customer(index).cell(names[segment]!).share(leaves).share(leavesWithOffer);
      out.hundredths(Math.round(charge * 12 * (1 - leaves))).end();
    },
  };
}
