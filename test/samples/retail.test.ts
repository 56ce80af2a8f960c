import { expect, it } from 'vitest';
import { specOf } from '../../src/samples/schemes.ts';
import { rowsOf } from './read.ts';

const cents = (text: string) => (/^-?\d+\.\d\d$/.test(text) ? Math.round(Number(text) * 100) : NaN);

for (const scheme of ['coffee', 'fashion'] as const) {
  const spec = specOf(scheme, { customers: 1_000 });

  it(`${scheme}: order lines obey their schema`, async () => {
    const lines = await rowsOf(spec, 'transactions');
    const products = new Map((await rowsOf(spec, 'products')).map((p) => [p['product'], p]));
    let [returns, unscanned] = [0, 0];
    const faults = lines.filter((line) => {
      const day = line['ordered_at']!.slice(0, 10);
      const product = products.get(line['product']);
      const quantity = Number(line['quantity']);
      const discount = cents(line['discount']!);
      const amount = quantity * cents(line['unit_price']!) - discount;
      if (quantity < 0) returns++;
      if (line['customer_id'] === '') unscanned++;
      return !(
        /^R\d{10}$/.test(line['order_id']!) &&
        /^(C\d{7})?$/.test(line['customer_id']!) &&
        /^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(line['ordered_at']!) &&
        day >= spec.from &&
        day <= spec.to &&
        line['category'] === product?.['category'] &&
        line['unit_price'] === product?.['list_price'] &&
        Number.isInteger(quantity) &&
        quantity !== 0 &&
        discount * Math.sign(quantity) >= 0 &&
        cents(line['amount']!) === amount
      );
    });
    expect(faults).toEqual([]);
    expect(lines.length).toBeGreaterThan(10_000);
    const share = unscanned / lines.length;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.05);
    expect(returns / lines.length).toBeGreaterThan(scheme === 'coffee' ? 0.001 : 0.08);
  });

  it(`${scheme}: an order is of one customer, place and moment; a return names an order before it`, async () => {
    const bought = new Map<string, Record<string, string>>();
    const pieces = new Map<string, number>();
    let moment = { customer: '', at: '' };
    for (const line of await rowsOf(spec, 'transactions')) {
      const order = bought.get(line['order_id']!);
      const quantity = Number(line['quantity']);
      const of = `${line['order_id']} ${line['product']}`;
      if (quantity > 0) {
        if (order) expect(line['ordered_at']).toBe(order['ordered_at']);
        else bought.set(line['order_id']!, line);
      } else {
        expect(order && order['ordered_at']! < line['ordered_at']!).toBe(true);
      }
      if (order) expect(line['customer_id']).toBe(order['customer_id']);
      pieces.set(of, (pieces.get(of) ?? 0) + quantity);
      if (line['customer_id'] === moment.customer)
        expect(line['ordered_at']! >= moment.at).toBe(true);
      if (line['customer_id']) moment = { customer: line['customer_id'], at: line['ordered_at']! };
    }
    expect(Math.min(...pieces.values())).toBeGreaterThanOrEqual(0);
  });

  it(`${scheme}: the tables join`, async () => {
    const customers = await rowsOf(spec, 'customers');
    const ids = new Set(customers.map((row) => row['customer_id']!));
    expect(ids.size).toBe(1_000);
    for (const table of [
      'truth',
      'browsing',
      'contacts',
      'redemptions',
      'reviews',
      'truth-offers',
    ] as const)
      for (const row of await rowsOf(spec, table)) expect(ids.has(row['customer_id']!)).toBe(true);
    const orders = new Set((await rowsOf(spec, 'transactions')).map((row) => row['order_id']!));
    const reviews = await rowsOf(spec, 'reviews');
    for (const review of reviews) {
      expect(orders.has(review['order_id']!)).toBe(true);
      expect(review['rating']).toMatch(/^[1-5]$/);
      expect(review['text']!.length).toBeGreaterThan(10);
    }
    const themes = await rowsOf(spec, 'truth-reviews');
    expect(themes.map((row) => row['review_id'])).toEqual(reviews.map((row) => row['review_id']));
    const campaigns = new Set((await rowsOf(spec, 'campaigns')).map((row) => row['campaign_id']!));
    const contacts = await rowsOf(spec, 'contacts');
    const optedIn = new Set(
      customers.filter((c) => c['email_opt_in'] === 'yes').map((c) => c['customer_id']),
    );
    const joined = new Map(customers.map((c) => [c['customer_id'], c['joined_on']!]));
    for (const contact of contacts) {
      expect(campaigns.has(contact['campaign_id']!)).toBe(true);
      expect(optedIn.has(contact['customer_id'])).toBe(true);
      expect(joined.get(contact['customer_id'])! < contact['assigned_on']!).toBe(true);
      expect(contact['opened'] === '').toBe(contact['arm'] === 'hold-out');
    }
    for (const reward of await rowsOf(spec, 'redemptions'))
      expect(reward['redeemed_on'] === '' || reward['redeemed_on']! > reward['earned_on']!).toBe(
        true,
      );
  });

  it(`${scheme}: "ordered" in the contacts is what the order lines say`, async () => {
    const campaigns = new Map(
      (await rowsOf(spec, 'campaigns')).map((row) => [row['campaign_id'], row]),
    );
    const days = new Map<string, string[]>();
    for (const line of await rowsOf(spec, 'transactions'))
      if (Number(line['quantity']) > 0 && line['customer_id'])
        days.set(line['customer_id'], [
          ...(days.get(line['customer_id']) ?? []),
          line['ordered_at']!.slice(0, 10),
        ]);
    let differs = 0;
    const contacts = await rowsOf(spec, 'contacts');
    for (const contact of contacts) {
      const { starts_on: from, ends_on: to } = campaigns.get(contact['campaign_id'])!;
      const seen = (days.get(contact['customer_id']!) ?? []).some(
        (day) => day >= from! && day <= to!,
      );
      if (seen) expect(contact['ordered']).toBe('yes');
      else if (contact['ordered'] === 'yes') differs++; // the card was not scanned
    }
    expect(differs / contacts.length).toBeLessThan(0.02);
  });
}
