import { expect, it } from 'vitest';
import { Naming } from '../../src/lib/naming.svelte.ts';

it('customers are called by their id, or by their place while ids are hidden', () => {
  const naming = new Naming();
  const customers = ['ana@example.com', 'C2'];
  expect(naming.of(customers, 0)).toBe('ana@example.com');
  naming.hidden = true;
  expect(naming.of(customers, 0)).toBe('No. 1');
  expect(naming.of(customers, 1233)).toBe('No. 1,234');
  naming.hidden = false;
  expect(naming.of(customers, 5)).toBe('');
});
