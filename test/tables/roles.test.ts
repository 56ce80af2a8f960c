import { describe, expect, it } from 'vitest';
import { suggestRoles } from '../../src/tables/roles.ts';
import type { Seen } from '../../src/tables/role-scores.ts';
import type { ColumnType, TableSettings } from '../../src/tables/types.ts';

type Sketch = readonly [
  header: string,
  type: ColumnType,
  distinct: number,
  numbers?: readonly number[],
];

/** A table of 10,000 full rows, by name, type and number of different values. */
function suggest(sketches: readonly Sketch[], settings: TableSettings = {}) {
  const seen = sketches.map(([header, type, distinct, numbers], index): Seen => {
    const values = numbers ?? Array.from({ length: 100 }, (_, i) => i % distinct);
    return {
      index,
      name: header,
      header,
      type,
      rows: 10_000,
      filled: 10_000,
      distinct,
      cells: values.map(String),
      numbers: type === 'number' ? values : null,
    };
  });
  const { kind, columns } = suggestRoles(seen, settings);
  return [kind, ...columns.map(({ role }) => role)];
}

describe('roles', () => {
  it.each<[string, Sketch[], string[]]>([
    [
      'English',
      [
        ['order_id', 'text', 5000],
        ['customerId', 'text', 800],
        ['order date', 'date', 300],
        ['sku', 'text', 90],
        ['qty', 'number', 9],
        ['unit_price', 'number', 80],
        ['country', 'text', 9],
      ],
      ['orders', 'order', 'customer', 'date', 'product', 'quantity', 'price', 'place'],
    ],
    [
      'German',
      [
        ['Bestellnummer', 'text', 5000],
        ['Kundennummer', 'text', 800],
        ['Bestelldatum', 'date', 300],
        ['Artikelnummer', 'text', 90],
        ['Menge', 'number', 9],
        ['Einzelpreis', 'number', 80],
        ['Warengruppe', 'text', 9],
        ['Betrag', 'number', 700],
        ['Vertriebskanal', 'text', 3],
      ],
      [
        'orders',
        'order',
        'customer',
        'date',
        'product',
        'quantity',
        'price',
        'category',
        'amount',
        'channel',
      ],
    ],
    [
      'French',
      [
        ['Numéro de commande', 'text', 5000],
        ['Client', 'text', 800],
        ['Date', 'date', 300],
        ['Produit', 'text', 90],
        ['Quantité', 'number', 9],
        ['Montant', 'number', 700],
        ['Ville', 'text', 30],
        ['Remise', 'number', 12],
      ],
      ['orders', 'order', 'customer', 'date', 'product', 'quantity', 'amount', 'place', 'discount'],
    ],
    [
      'Spanish',
      [
        ['Pedido', 'text', 5000],
        ['ID Cliente', 'text', 800],
        ['Fecha', 'date', 300],
        ['Producto', 'text', 90],
        ['Cantidad', 'number', 9],
        ['Importe', 'number', 700],
        ['Categoría', 'text', 8],
      ],
      ['orders', 'order', 'customer', 'date', 'product', 'quantity', 'amount', 'category'],
    ],
    [
      'Portuguese',
      [
        ['Encomenda', 'text', 5000],
        ['Cliente', 'text', 800],
        ['Data', 'date', 300],
        ['Produto', 'text', 90],
        ['Quantidade', 'number', 9],
        ['Preço', 'number', 80],
        ['Cidade', 'text', 30],
      ],
      ['orders', 'order', 'customer', 'date', 'product', 'quantity', 'price', 'place'],
    ],
  ])('are found in %s', (_, sketches, expected) => {
    expect(suggest(sketches)).toEqual(expected);
  });

  it('tell dates of delivery and birth from the date of the order', () => {
    const [, , , ...dates] = suggest([
      ['customer_id', 'text', 900],
      ['order_id', 'text', 9000],
      ['delivered_date', 'date', 300],
      ['birth_date', 'date', 300],
      ['purchase_timestamp', 'date', 300],
    ]);
    expect(dates).toEqual(['left-out', 'birth-date', 'date']);
  });

  it('find the amount by quantity × price where its name says nothing', () => {
    const quantity = Array.from({ length: 100 }, (_, i) => 2 + (i % 7));
    const price = Array.from({ length: 100 }, (_, i) => 1.25 + (i % 11));
    const product = quantity.map((q, i) => q * price[i]!);
    const roles = suggest([
      ['customer', 'text', 900],
      ['date', 'date', 300],
      ['q', 'number', 7, quantity],
      ['price', 'number', 11, price],
      ['x7', 'number', 77, product],
    ]);
    expect(roles.at(-1)).toBe('amount');
  });

  it('see customers where nobody comes twice and no order is named', () => {
    expect(
      suggest([
        ['customerID', 'text', 10_000],
        ['tenure', 'number', 72],
        ['Churn', 'yes-no', 2],
        ['Contract', 'text', 3],
        ['joined', 'date', 900],
      ]),
    ).toEqual(['customers', 'customer', 'feature', 'outcome', 'feature', 'feature']);
  });

  it('see orders where an order is named, though nobody comes twice', () => {
    expect(
      suggest([
        ['order_id', 'text', 10_000],
        ['customer_id', 'text', 10_000],
        ['order_purchase_timestamp', 'date', 9900],
      ])[0],
    ).toBe('orders');
  });

  it('see customers by their rows where no column is an id', () => {
    expect(
      suggest([
        ['Channel', 'number', 2],
        ['Region', 'number', 3],
        ['Fresh', 'number', 430],
      ]),
    ).toEqual(['customers', 'feature', 'feature', 'feature']);
  });

  it('leave out what is the same for everyone or only names people', () => {
    expect(
      suggest([
        ['ID', 'text', 10_000],
        ['Z_Revenue', 'number', 1],
        ['surname', 'text', 9000],
        ['age', 'number', 60],
      ]),
    ).toEqual(['customers', 'customer', 'left-out', 'left-out', 'feature']);
  });

  it('do not take a seller for a customer', () => {
    expect(
      suggest([
        ['order_id', 'text', 9000],
        ['seller_id', 'text', 900],
        ['shipping_limit_date', 'date', 300],
        ['price', 'number', 700],
      ]),
    ).not.toContain('customer');
  });

  it('are what a person says, and the column that had the role gives it up', () => {
    const sketches: Sketch[] = [
      ['customer_id', 'text', 900],
      ['household_id', 'text', 500],
      ['date', 'date', 300],
      ['amount', 'number', 700],
    ];
    expect(suggest(sketches).slice(1, 3)).toEqual(['customer', 'left-out']);
    const settings: TableSettings = { roles: [{ column: 'household_id', role: 'customer' }] };
    expect(suggest(sketches, settings).slice(1, 3)).toEqual(['left-out', 'customer']);
    expect(suggest(sketches, { kind: 'customers' })[0]).toBe('customers');
  });

  it('can be asked for columns that are called like parts of an object', () => {
    expect(
      suggest([
        ['__proto__', 'text', 900],
        ['constructor', 'number', 700],
        ['toString', 'date', 300],
      ])[0],
    ).toBe('customers');
  });
});
