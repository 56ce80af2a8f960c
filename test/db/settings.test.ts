import { expect, it } from 'vitest';
import { lockDown, memoryLimit } from '../../src/db/settings.ts';

it('takes a quarter of the device, within bounds, and guesses where the browser keeps silent', () => {
  const gb = [0.25, 2, 4, 8, 32].map((device) => memoryLimit(device) / 2 ** 30);
  expect(gb).toEqual([0.5, 0.5, 1, 2, 2]);
  expect(memoryLimit(undefined) / 2 ** 30).toBe(1.5);
});

it('locks last: a setting after the lock could not be made', () => {
  const statements = lockDown(2 ** 30).map(({ text }) => text);
  expect(statements.at(-1)).toBe('SET lock_configuration = true');
  expect(statements.findIndex((text) => text.includes('allowed_directories'))).toBeLessThan(
    statements.findIndex((text) => text.includes('enable_external_access')),
  );
});
