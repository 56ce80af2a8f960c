import { describe, expect, it } from 'vitest';
import { nameLikeness } from '../../../src/tables/many/key-names.ts';
import { suggestKind } from '../../../src/tables/many/kinds.ts';
import { labelsOf } from '../../../src/tables/many/labels.ts';
import { candidates, type Seen } from '../../../src/tables/role-scores.ts';
import type { ColumnType, SourceKind } from '../../../src/tables/types.ts';

describe('labels', () => {
  it('leave out what most files share, endings and filler', () => {
    expect(
      labelsOf([
        'olist_orders_dataset.csv',
        'olist_customers_dataset.csv',
        'olist_geo.csv.gz',
        'words.csv',
      ]),
    ).toEqual(['orders', 'customers', 'geo', 'words']);
  });

  it('are never equal and never empty, whatever the files are called', () => {
    const labels = labelsOf([
      'orders.csv',
      'a/Orders.CSV',
      '2024.csv',
      '….csv',
      '',
      'Übersicht Köln.xlsx',
    ]);
    expect(labels).toEqual(['orders', 'orders_2', '2024', 'table', 'table_2', 'ubersicht_koln']);
  });
});

describe('names of keys', () => {
  it.each<[string, string, string, string, number]>([
    ['customer_id', 'orders', 'customer_id', 'customers', 1],
    ['CustomerID', 'orders', 'customer_id', 'customers', 1],
    ['customer_id', 'orders', 'id', 'customers', 0.9],
    ['Kunden-Nr', 'bestellungen', 'Nr', 'kunden', 0.9],
    ['Kundennummer', 'bestellungen', 'Nr', 'kunden', 0.9],
    ['customerid', 'orders', 'customer_id', 'customers', 1],
    ['customer_zip', 'customers', 'geo_zip', 'geo', 0.85],
    ['customer', 'orders', 'customer_id', 'customers', 0.8],
    ['customer_id', 'orders', 'product_id', 'products', 0],
    ['', 'a', 'id', 'b', 0],
  ])('“%s” in %s and “%s” in %s: %d', (header, label, other, otherLabel, score) => {
    const given = nameLikeness({ header, label }, { header: other, label: otherLabel });
    expect(given.score).toBe(score);
    expect(nameLikeness({ header: other, label: otherLabel }, { header, label }).score).toBe(score);
  });
});

type Sketch = readonly [header: string, type: ColumnType, distinct: number, cell: string];

/** What a table of 1,000 full rows with these columns is taken for. */
function kindOf(label: string, sketches: readonly Sketch[]) {
  const seen = sketches.map(([header, type, distinct, cell], index): Seen => {
    const cells = Array.from({ length: 100 }, (_, i) => cell.replace('#', String(i % distinct)));
    const numbers = type === 'number' ? cells.map(Number) : null;
    return {
      index,
      name: header,
      header,
      type,
      rows: 1000,
      filled: 1000,
      distinct,
      cells,
      numbers,
    };
  });
  return suggestKind({ label, seen, scores: candidates(seen) });
}

describe('kinds of table', () => {
  it.each<[SourceKind, string, Sketch[]]>([
    [
      'customers',
      'kunden',
      [
        ['Kundennummer', 'text', 1000, 'K#'],
        ['E-Mail', 'text', 1000, 'a#@b.de'],
        ['Ort', 'text', 90, 'Ort #'],
      ],
    ],
    [
      'customers',
      'crm',
      [
        ['email', 'text', 990, 'a#@b.com'],
        ['first name', 'text', 300, 'Ann'],
        ['phone', 'text', 990, '+49 30 12345#'],
      ],
    ],
    [
      'transactions',
      'verkauf',
      [
        ['Bestellnummer', 'text', 700, 'B#'],
        ['Kundennr', 'text', 300, 'K#'],
        ['Bestelldatum', 'date', 90, '2024-01-01'],
        ['Betrag', 'number', 400, '#'],
      ],
    ],
    [
      'transactions',
      'ventas',
      [
        ['cliente', 'text', 300, 'c#'],
        ['fecha', 'date', 90, '2024-01-01'],
        ['importe', 'number', 400, '#'],
      ],
    ],
    [
      'order-lines',
      'lignes',
      [
        ['commande', 'text', 400, 'C#'],
        ['produit', 'text', 90, 'P#'],
        ['quantité', 'number', 5, '#'],
        ['prix', 'number', 80, '#'],
      ],
    ],
    [
      'products',
      'artikel',
      [
        ['Artikelnummer', 'text', 1000, 'A#'],
        ['Warengruppe', 'text', 9, 'W#'],
        ['Preis', 'number', 300, '#'],
      ],
    ],
    [
      'payments',
      'pagamentos',
      [
        ['pedido', 'text', 900, 'p#'],
        ['payment_type', 'text', 3, 't#'],
        ['valor', 'number', 500, '#'],
      ],
    ],
    [
      'events',
      'clicks',
      [
        ['user_id', 'text', 200, 'u#'],
        ['event', 'text', 6, 'view'],
        ['timestamp', 'date', 900, '2024-01-01'],
      ],
    ],
    [
      'campaigns',
      'campaigns',
      [
        ['campaign_id', 'text', 1000, 'c#'],
        ['budget', 'number', 90, '#'],
      ],
    ],
    [
      'contacts',
      'mailing',
      [
        ['campaign_id', 'text', 5, 'c#'],
        ['customer_id', 'text', 300, 'k#'],
      ],
    ],
    [
      'redemptions',
      'coupons_used',
      [
        ['coupon', 'text', 50, 'g#'],
        ['customer_id', 'text', 300, 'k#'],
        ['date', 'date', 90, '2024-01-01'],
      ],
    ],
    [
      'reviews',
      'bewertungen',
      [
        ['Bewertung', 'number', 5, '#'],
        [
          'Kommentar',
          'text',
          700,
          'Ein langer Satz darüber, wie gut oder schlecht es war, Nummer #',
        ],
      ],
    ],
    [
      'images',
      'photos',
      [
        ['file', 'text', 1000, 'img#.jpg'],
        ['label', 'text', 10, 'l#'],
      ],
    ],
    [
      'lookup',
      'codes',
      [
        ['code', 'text', 1000, 'c#'],
        ['meaning', 'text', 900, 'm#'],
      ],
    ],
    [
      'other',
      'x',
      [
        ['a', 'number', 10, '#'],
        ['b', 'number', 10, '#'],
      ],
    ],
  ])('%s: %s', (kind, label, sketches) => {
    const guess = kindOf(label, sketches);
    expect(guess.kind).toBe(kind);
    expect(guess.reason).toMatch(/^.{20,}\.$/);
    expect(guess.confidence).toBeGreaterThan(0);
    expect(guess.confidence).toBeLessThan(1);
  });
});
