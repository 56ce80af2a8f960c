import { expect, it } from 'vitest';
import { EngineDied, EngineKilled, failure, gaveUp, isDeadly } from '../../src/db/failure.ts';

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

it.each([
  named('RuntimeError', 'memory access out of bounds'),
  named('RuntimeError', 'unreachable'),
  named('RuntimeError', 'table index is out of bounds'),
  named('RangeError', 'Maximum call stack size exceeded'),
  new Error('malloc of size 268435456 failed'),
  new Error('INTERNAL Error: Attempted to access index 3 within vector of size 3'),
  new Error(
    'FATAL Error: Failed: database has been invalidated because of a previous fatal error.',
  ),
  new Error('{"exception_type":"INTERNAL","exception_message":"…"}'),
])('knows a death: %s', (cause) => {
  expect(isDeadly(cause)).toBe(true);
  expect(failure(cause, 'SELECT 1')).toBeInstanceOf(EngineKilled);
});

it.each([
  new Error('Binder Error: Referenced column "unreachable" not found'),
  new Error("Conversion Error: Could not convert string 'INTERNAL Error' to INT32"),
  new Error('Out of Memory Error: failed to allocate data of size 16.0 MiB (1.0 GiB/1.0 GiB used)'),
  'unreachable',
  undefined,
])('does not take an ordinary error for one: %s', (cause) => {
  expect(isDeadly(cause)).toBe(false);
});

it.each([
  ['Out of Memory Error: could not allocate block', 'out-of-memory'],
  ["Conversion Error: 'Out of Memory Error' is no number", 'query-failed'],
  ["Invalid Error: NotReadableError: Failed to execute 'readAsArrayBuffer'", 'file-changed'],
  ['Parser Error: syntax error', 'query-failed'],
])('%s is %s', (said, code) => {
  expect(failure(new Error(said), 'SELECT 1')).toMatchObject({ code });
});

it('gives up with the sentence that fits', () => {
  expect(gaveUp(new EngineDied('memory access out of bounds')).code).toBe('out-of-memory');
  expect(gaveUp(new EngineDied('the worker is gone')).code).toBe('engine-unavailable');
});
