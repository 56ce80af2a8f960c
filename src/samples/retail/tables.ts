import type { SampleSpec, SampleTables } from '../types.ts';
import type { RetailPlan } from './plan.ts';
import { browsingTable } from './tables/browsing.ts';
import { campaignsTable, productsTable } from './tables/catalogue.ts';
import { contactsTable } from './tables/contacts.ts';
import { customersTable } from './tables/customers.ts';
import { redemptionsTable } from './tables/redemptions.ts';
import { reviewsTable, truthReviewsTable } from './tables/reviews.ts';
import { transactionsTable } from './tables/transactions.ts';
import { truthOffersTable, truthTable } from './tables/truth.ts';
import { openWorld } from './world.ts';

/** The tables of a shop. */
export function retailTables(plan: RetailPlan, spec: SampleSpec): SampleTables {
  const world = openWorld(plan, spec);
  return new Map([
    ['transactions', transactionsTable(world)],
    ['customers', customersTable(world)],
    ['products', productsTable(world)],
    ['browsing', browsingTable(world)],
    ['campaigns', campaignsTable(world)],
    ['contacts', contactsTable(world)],
    ['redemptions', redemptionsTable(world)],
    ['reviews', reviewsTable(world)],
    ['truth', truthTable(world)],
    ['truth-offers', truthOffersTable(world)],
    ['truth-reviews', truthReviewsTable(world)],
  ]);
}
