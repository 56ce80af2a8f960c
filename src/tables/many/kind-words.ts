import type { SourceKind } from '../types.ts';

/** What a table can be, in the order of the menu. */
export const kindWords: readonly {
  readonly kind: SourceKind;
  readonly label: string;
  readonly meaning: string;
}[] = [
  { kind: 'customers', label: 'Customers', meaning: 'A row a customer' },
  {
    kind: 'transactions',
    label: 'Transactions',
    meaning: 'A row an order, or a line with its customer and date',
  },
  {
    kind: 'order-lines',
    label: 'Order lines',
    meaning: 'Lines of orders whose customer and date stand in another table',
  },
  { kind: 'payments', label: 'Payments', meaning: 'How orders were paid' },
  { kind: 'events', label: 'Events', meaning: 'What people did: visits, clicks, calls' },
  {
    kind: 'campaigns',
    label: 'Campaigns',
    meaning: 'Campaigns, coupons and promotions',
  },
  { kind: 'contacts', label: 'Contacts', meaning: 'Who was in which campaign' },
  { kind: 'redemptions', label: 'Redemptions', meaning: 'Who used which coupon' },
  {
    kind: 'reviews',
    label: 'Reviews',
    meaning: 'What people rated or wrote, and service messages',
  },
  { kind: 'products', label: 'Products', meaning: 'A row a product' },
  { kind: 'images', label: 'Images', meaning: 'A row a picture' },
  { kind: 'lookup', label: 'Codes and places', meaning: 'What a code stands for' },
  { kind: 'other', label: 'Other', meaning: 'None of these' },
];

export const kindLabel = (kind: SourceKind): string =>
  kindWords.find((each) => each.kind === kind)?.label ?? kind;
