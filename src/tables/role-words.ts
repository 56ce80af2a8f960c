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
  { role: 'email', label: 'E-mail', meaning: 'Address of a person' },
  { role: 'phone', label: 'Phone', meaning: 'Number of a person' },
  { role: 'person-name', label: 'Name', meaning: 'What a person is called' },
  { role: 'birth-date', label: 'Birth date', meaning: 'When a person was born' },
  { role: 'address', label: 'Address', meaning: 'Street or postcode of a person' },
  { role: 'campaign', label: 'Campaign', meaning: 'Which campaign it belongs to' },
  { role: 'coupon', label: 'Coupon', meaning: 'Which coupon or voucher' },
  { role: 'event', label: 'Event', meaning: 'What was done: viewed, clicked, called' },
  { role: 'rating', label: 'Rating', meaning: 'Points or stars given' },
  { role: 'comment', label: 'Comment', meaning: 'Text that a person wrote' },
  { role: 'image', label: 'Image', meaning: 'Name or address of a picture' },
  { role: 'line', label: 'Line number', meaning: 'Counts the lines of an order' },
  { role: 'left-out', label: 'Left out', meaning: 'Not used' },
];

export const roleLabel = (role: Role): string =>
  roleWords.find((each) => each.role === role)?.label ?? role;

/** Roles that several columns of a table may play. */
const shared: readonly Role[] = [
  'feature',
  'outcome',
  'left-out',
  'email',
  'phone',
  'person-name',
  'address',
  'comment',
  'image',
];

/** Roles of which a table has at most one column. */
export const single = (role: Role): boolean => !shared.includes(role);
