import type { Role } from './types.ts';

/** The roles a person can give a column, in the order of the menu, with what each means. */
export const roleWords: readonly {
  readonly role: Role;
  readonly label: string;
  readonly meaning: string;
}[] = [
  { role: 'customer', label: 'Customer', meaning: 'Identifies who bought' },
  { role: 'order', label: 'Order', meaning: 'Groups lines into one order' },
  { role: 'date', label: 'Date', meaning: 'When it happened' },
  { role: 'amount', label: 'Amount', meaning: 'What the line cost in all' },
  { role: 'quantity', label: 'Quantity', meaning: 'How many' },
  { role: 'price', label: 'Price', meaning: 'Of one piece' },
  { role: 'discount', label: 'Discount', meaning: 'What was taken off' },
  { role: 'product', label: 'Product', meaning: 'What was bought' },
  { role: 'category', label: 'Category', meaning: 'Kind of product' },
  { role: 'channel', label: 'Channel', meaning: 'Web, app, store' },
  { role: 'place', label: 'Place', meaning: 'Shop, city, country' },
  { role: 'feature', label: 'Feature', meaning: 'A property of a customer' },
  { role: 'outcome', label: 'Outcome', meaning: 'What is to be predicted; not used for grouping' },
  { role: 'left-out', label: 'Left out', meaning: 'Not used' },
];

export const roleLabel = (role: Role): string =>
  roleWords.find((each) => each.role === role)?.label ?? role;
