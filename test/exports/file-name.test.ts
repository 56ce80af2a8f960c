import { expect, it } from 'vitest';
import { fileName } from '../../src/exports/file-name.ts';

it.each([
  ['orders.csv', 'orders-customers.csv'],
  ['orders 2011.csv.gz', 'orders 2011-customers.csv'],
  ['../../etc/passwd', 'etc passwd-customers.csv'],
  ['a:b*c?"<>|.csv', 'a b c-customers.csv'],
  ['.hidden', 'hidden-customers.csv'],
  ['gnp\u202evsc.exe', 'gnp vsc.exe-customers.csv'],
  ['.csv', 'tessera-customers.csv'],
  ['', 'tessera-customers.csv'],
  ['😀'.repeat(200), `${'😀'.repeat(80)}-customers.csv`],
])('a list made from %j is saved as %j', (source, expected) => {
  expect(fileName(source, 'customers', 'csv')).toBe(expected);
});
