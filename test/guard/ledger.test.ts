import { describe, expect, it } from 'vitest';
import { canary } from '../../src/guard/canary.ts';
import { Ledger } from '../../src/guard/ledger.svelte.ts';

describe('the ledger', () => {
  it('counts each blocked address by rule, newest first, and leaves canaries out', () => {
    const ledger = new Ledger();
    ledger.block('connect-src', 'https://a.test/');
    ledger.block('img-src', 'https://b.test/');
    ledger.block('connect-src', 'https://a.test/');
    ledger.block('connect-src', canary('fetch'));
    expect(ledger.blocked).toEqual([
      { directive: 'connect-src', target: 'https://a.test/', count: 2 },
      { directive: 'img-src', target: 'https://b.test/', count: 1 },
    ]);
    expect(ledger.blocks).toBe(3);
  });

  it('stays small however much is tried', () => {
    const ledger = new Ledger();
    for (let i = 0; i < 500; i++) ledger.block('connect-src', `https://evil.test/${i}`);
    expect(ledger.blocked).toHaveLength(100);
    expect(ledger.blocked[0]?.target).toBe('https://evil.test/499');
  });

  it('says 0 bytes only while the log names no other host', () => {
    const ledger = new Ledger();
    expect(ledger.sent).toBe(0);
    ledger.elsewhere = ['evil.test'];
    expect(ledger.sent).toBeNull();
  });

  it('notes what was opened', () => {
    const ledger = new Ledger();
    ledger.open('orders.csv', 12);
    expect(ledger.opened).toMatchObject([{ name: 'orders.csv', bytes: 12 }]);
  });
});
