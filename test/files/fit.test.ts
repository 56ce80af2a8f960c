// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import FitDialog from '../../src/files/FitDialog.svelte';
import { estimate, type Device, type Expected } from '../../src/files/estimate.ts';
import { fitWords, sampleError, sampleWords } from '../../src/files/fit-words.ts';
import {
  customersOf,
  estimatePortion,
  offers,
  withNeeded,
  type Portion,
} from '../../src/files/fit.ts';
import type { Probe } from '../../src/files/probe.ts';
import { random } from '../../src/lib/random.ts';

const names = ['customer', 'date', 'amount', 'note', 'country'];
const expected: Expected = {
  columns: names.map((name, i) => ({
    name,
    kind: (['text', 'date', 'number'] as const)[i] ?? 'text',
  })),
  kind: 'orders',
  needs: 0,
  clean: [
    { kind: 'text', from: 0 },
    { kind: 'date', from: 1 },
    { kind: 'number', from: 2 },
    { kind: 'text', from: null },
    { kind: 'text', from: 4 },
  ],
};
const next = random(4);
const slices = Array.from({ length: 32 }, () =>
  Array.from({ length: 60 }, (_, r) => [
    `C${Math.floor(next() * 4_000)}`,
    '2024-01-01',
    '9.5',
    'a long note',
    r % 4 === 0 ? 'Peru' : 'Spain',
  ]),
);
const seenWith = (rows: number, noteBytes = 200): Probe => ({
  bytes: rows * 250,
  rows: { about: rows, low: rows - 10, high: rows + 10 },
  columns: [7, 10, 4, noteBytes, 5].map((textBytes) => ({ textBytes, filled: 1 })),
  slices,
});
const device: Device = { limitBytes: 2e9, heldBytes: 0, bytesPerSecond: 30e6 };

describe('what is offered', () => {
  it('is nothing where the whole file fits', () => {
    expect(offers(seenWith(100_000), expected, device).suggested).toEqual({});
  });

  it('names the largest saving first, and what each saves adds up to nearly all of the raw table', () => {
    const { columns } = offers(seenWith(3_000_000), expected, device);
    expect(columns[0]).toMatchObject({ name: 'note', used: false });
    expect(columns[0]!.bytes).toBeGreaterThan(200 * 3_000_000);
    expect(columns.map(({ used }) => used)).toContain(true);
  });

  it('leaves out columns without a use first, if that is enough', () => {
    const seen = seenWith(4_000_000);
    const { suggested } = offers(seen, expected, device);
    expect(suggested).toEqual({ columns: ['customer', 'date', 'amount', 'country'] });
    expect(estimate(seen, expected, device).verdict).toBe('too-big');
    expect(estimatePortion({ seen, expected, device }, suggested).verdict).toBe('fits');
  });

  it('else takes whole customers, as many as fit', () => {
    const seen = seenWith(30_000_000, 20);
    const { suggested, customer } = offers(seen, expected, device);
    expect(customer).toBe('customer');
    expect(suggested.sample).toMatchObject({ by: 'customer', column: 'customer', seed: 1 });
    expect(estimatePortion({ seen, expected, device }, suggested).verdict).toBe('fits');
    const more = { sample: { ...suggested.sample!, share: suggested.sample!.share * 1.6 } };
    expect(estimatePortion({ seen, expected, device }, more).verdict).not.toBe('fits');
  });

  it('takes records where there are no customers', () => {
    const { suggested } = offers(seenWith(30_000_000), { ...expected, needs: null }, device);
    expect(suggested.sample).toMatchObject({ by: 'record' });
  });

  it('counts what the database holds already', () => {
    const seen = seenWith(1_000_000);
    expect(estimate(seen, expected, device).verdict).toBe('fits');
    expect(estimate(seen, expected, { ...device, heldBytes: 1.9e9 }).verdict).toBe('too-big');
  });

  it('offers values of columns that have few', () => {
    const { values, dates } = offers(seenWith(9_000), expected, device);
    expect(dates).toEqual(['date']);
    expect(values.find(({ column }) => column === 'country')?.values).toEqual([
      { value: 'Spain', share: 0.75 },
      { value: 'Peru', share: 0.25 },
    ]);
    expect(values.some(({ column }) => column === 'customer')).toBe(false);
  });

  it('keeps the columns that conditions and sample need', () => {
    const sample = { share: 0.1, by: 'customer', column: 'customer', seed: 1 } as const;
    const where = [{ column: 'country', is: ['Peru'] }];
    expect(withNeeded({ columns: ['amount'], where, sample }).columns).toEqual([
      'amount',
      'country',
      'customer',
    ]);
    expect(withNeeded({ where })).toEqual({ where });
  });
});

it('guesses how many customers there are from slices: never far too many', () => {
  expect(customersOf(seenWith(1_000_000), 0) / 4_000).toBeGreaterThan(0.7);
  expect(customersOf(seenWith(1_000_000), 0) / 4_000).toBeLessThan(1.3);
  expect(
    customersOf({ slices: [[['a'], ['b'], ['a'], ['']]], rows: { about: 4, low: 4, high: 4 } }, 0),
  ).toBe(2);
});

it('the error that is stated holds for 95 % of samples', () => {
  const draw = random(9);
  const customers = Array.from({ length: 5_000 }, (_, i) => i < 2_500);
  let within = 0;
  for (let sample = 0; sample < 400; sample++) {
    const drawn = customers.filter(() => draw() < 0.1);
    const share = drawn.filter(Boolean).length / drawn.length;
    if (Math.abs(share - 0.5) <= sampleError(0.1, 500)) within++;
  }
  expect(within / 400).toBeGreaterThan(0.92);
  expect(within / 400).toBeLessThan(0.98);
});

it('says what a choice costs', () => {
  expect(sampleWords({ share: 0.1, by: 'customer', column: 'id', seed: 1 }, 40_000)).toBe(
    '10 % of the customers, with all their orders: shares of customers stay right within ±1.5 %, totals must be multiplied by 10. Rows without a customer are left out.',
  );
  expect(sampleWords({ share: 0.75, by: 'record', seed: 1 }, null)).toContain(
    'totals must be multiplied by 1.3, and customers keep only some of their orders',
  );
  const big = estimate(seenWith(30_000_000), expected, device);
  expect(fitWords(big)).toMatch(
    /^About 30,000,000 rows need about .* GB of memory; this tab may use 2 GB\. They cannot/,
  );
  const exact = { ...seenWith(10), rows: { about: 10, low: 10, high: 10 } };
  expect(fitWords(estimate(exact, expected, device))).toMatch(
    /^10 rows need .* Loading takes about 1 s\.$/,
  );
});

describe('the dialog', () => {
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
  let shown: Record<string, unknown> | undefined;
  afterEach(async () => {
    if (shown) await unmount(shown);
    document.body.replaceChildren();
  });

  function show(portion: Portion, seen = seenWith(30_000_000)) {
    const onchange = vi.fn<(portion: Portion) => void>();
    const onload = vi.fn();
    shown = mount(FitDialog, {
      target: document.body,
      props: {
        name: 'orders.csv',
        whole: estimate(seen, expected, device),
        offers: offers(seen, expected, device),
        portion,
        part: estimatePortion({ seen, expected, device }, portion),
        onchange,
        onload,
        onclose: () => {},
      },
    });
    flushSync();
    return { onchange, onload };
  }
  const button = (words: string) =>
    [...document.querySelectorAll('button')].find((each) => each.textContent?.includes(words))!;
  const labelled = (words: string) =>
    document.querySelector<HTMLSelectElement>(`[aria-label="${words}"]`)!;
  const box = (words: string) =>
    [...document.querySelectorAll('label')]
      .find((each) => each.textContent?.includes(words))!
      .querySelector('input')!;

  it('does not load what does not fit, and chooses what does', () => {
    const { onchange } = show({});
    expect(button('Load what').disabled).toBe(true);
    button('Choose for me').click();
    expect(onchange.mock.calls[0]![0].sample?.by).toBe('customer');
  });

  it('loads a part that fits', () => {
    const { onload } = show({
      sample: { share: 0.02, by: 'customer', column: 'customer', seed: 1 },
    });
    expect(document.body.textContent).toContain('2 % of the customers, with all their orders');
    button('Load what').click();
    expect(onload).toHaveBeenCalledOnce();
  });

  it('changes columns, values, dates and sample, and keeps the rest of the choice', () => {
    const sample = { share: 0.02, by: 'customer', column: 'customer', seed: 7 } as const;
    const { onchange } = show({ columns: ['customer', 'date', 'amount'], sample });
    box('note').click();
    expect(onchange).toHaveBeenLastCalledWith({
      columns: ['customer', 'date', 'amount', 'note'],
      sample,
    });
    const select = labelled('Column to choose values of');
    select.value = 'country';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(onchange.mock.lastCall![0].where).toEqual([{ column: 'country', is: ['Spain'] }]);
    const from = document.querySelector<HTMLInputElement>('input[type="date"]')!;
    from.value = '2024-05-01';
    from.dispatchEvent(new Event('change', { bubbles: true }));
    expect(onchange.mock.lastCall![0].where).toEqual([{ column: 'date', from: '2024-05-01' }]);
    const share = labelled('Share to load');
    share.value = '1';
    share.dispatchEvent(new Event('change', { bubbles: true }));
    expect(onchange.mock.lastCall![0].sample).toBe(undefined);
  });

  it('has a name for every control', () => {
    show({ where: [{ column: 'country', is: ['Peru'] }] });
    for (const control of document.querySelectorAll('input, select'))
      expect(
        control.getAttribute('aria-label') ?? control.closest('label')?.textContent?.trim(),
      ).toBeTruthy();
    expect(box('Peru').disabled).toBe(true); // the last value cannot be taken away
  });
});
