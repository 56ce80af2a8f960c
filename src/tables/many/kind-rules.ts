import { count } from '../../lib/format.ts';
import { isNamed } from '../role-scores.ts';
import { oneOf, said, type Rule } from './kind-rule.ts';
import { besideRules } from './kind-rules-beside.ts';

/** Asked in this order; the first that fits wins, so the particular kinds stand before the general ones. */
export const kindRules: readonly Rule[] = [
  ...besideRules,
  {
    kind: 'order-lines',
    confidence: 0.8,
    when(facts) {
      const order = facts.playing('order');
      const line =
        facts.playing('line') ??
        facts.playing('product') ??
        facts.playing('price') ??
        facts.playing('quantity');
      if (!order || !line || facts.playing('customer') || facts.isUnique(order)) return null;
      return `${said(order)} comes back over ${count(order.filled)} rows, ${said(line)} tells its lines apart, and no column names a customer.`;
    },
  },
  {
    kind: 'events',
    confidence: 0.75,
    when(facts) {
      const [event, date, customer] = [
        facts.playing('event'),
        facts.playing('date'),
        facts.playing('customer'),
      ];
      return event &&
        date &&
        !facts.playing('order') &&
        !facts.playing('amount') &&
        !facts.isUnique(customer)
        ? `${said(event)} tells what happened and ${said(date)} when.`
        : null;
    },
  },
  {
    kind: 'transactions',
    confidence: 0.85,
    when(facts) {
      const [customer, order, date] = [
        facts.playing('customer'),
        facts.playing('order'),
        facts.playing('date'),
      ];
      const money = facts.playing('amount') ?? facts.playing('price') ?? facts.playing('quantity');
      if (customer && order && order !== customer && (date || money))
        return `${said(order)} names orders and ${said(customer)} whose they are.`;
      if (customer && (date || money) && customer.filled > 1.02 * customer.distinct)
        return `${said(customer)} comes back, and ${said((date ?? money)!)} tells of what they did.`; // one of them is there
      return order && date && facts.isUnique(order)
        ? `Each row is one order of ${said(order)}, dated by ${said(date)}.`
        : null;
    },
  },
  {
    kind: 'products',
    confidence: 0.8,
    when(facts) {
      const product = facts.playing('product');
      const isTold =
        (product && isNamed(product.header, 'product')) ||
        oneOf(
          facts,
          'products product articles artikel produkte produits productos produtos catalog',
        ) ||
        facts.playing('category') ||
        facts.playing('price');
      return product && isTold && facts.isUnique(product) && !facts.playing('customer')
        ? `Each row is another product of ${said(product)}.`
        : null;
    },
  },
  {
    kind: 'customers',
    confidence: 0.8,
    when(facts) {
      const customer = facts.playing('customer');
      return customer && facts.isUnique(customer)
        ? `Each row is another customer of ${said(customer)}.`
        : null;
    },
  },
  {
    kind: 'customers',
    confidence: 0.6,
    when(facts) {
      const person =
        facts.playing('email') ?? facts.playing('phone') ?? facts.playing('birth-date');
      return person && !facts.playing('order') && !facts.playing('amount')
        ? `${said(person)} tells who a person is.`
        : null;
    },
  },
  {
    kind: 'lookup',
    confidence: 0.65,
    when(facts) {
      if (facts.playing('customer') || facts.playing('order')) return null;
      const code = facts.columns.find((column) => column.type === 'text' && facts.isUnique(column));
      if (code && code.index < 2) return `Each row tells what one ${said(code)} stands for.`;
      const place = facts.playing('place');
      return place && !facts.playing('amount') && !facts.playing('product')
        ? `${said(place)} and its neighbours tell of places.`
        : null;
    },
  },
];
