// @vitest-environment jsdom
import { File as NodeFile } from 'node:buffer';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { countRecords } from '../../src/files/scan.ts';
import type { Mend } from '../../src/files/types.ts';
import { Aside } from '../../src/tables/aside.ts';
import { AsideDesk } from '../../src/tables/aside-desk.svelte.ts';
import { beforeRaw } from '../../src/tables/ledger.ts';
import LedgerPanel from '../../src/tables/LedgerPanel.svelte';
import { planColumns, type Raw } from '../../src/tables/raw.ts';
import { dataset } from '../support/datasets.ts';

const good = Array.from({ length: 60 }, (_, i) => `${i},A${i % 7},note ${i} is quiet,${i}.5`);
const lines = [...good, '60,A1,one, two,6.5', '61,A2,one,7.5,x', '62,A3,"open,8.5'];
const headers = ['order', 'customer', 'note', 'amount'];
let desk: AsideDesk;
let ledger: ReturnType<typeof dataset>['ledger'];
let app: ReturnType<typeof mount> | null = null;
const mended: (readonly Mend[])[] = [];
const undone: Mend[] = [];
const saved: { name: string; text: Promise<string> }[] = [];

beforeAll(() => {
  // what jsdom lacks of the platform
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
    },
  });
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});

beforeEach(async () => {
  const { source: shape } = dataset({});
  const dialect = { ...shape.dialect, header: false };
  const body = new NodeFile([lines.join('\n')], 'orders.csv') as unknown as File; // jsdom's own has no stream
  const columns = headers.length;
  const input = { text: body, offset: 0, marks: dialect, columns, above: 1, blankAbove: 0 };
  const count = await countRecords(input);
  const sample = good.map((line) => line.split(','));
  const source = { ...shape, dialect, body, columns, above: 1, headers, sample, pieces: [] };
  const plan = planColumns(source);
  const profiles = { table: 'raw', rows: count.kept, columns: [], isClose: true };
  const raw = { source, count, profiles, ...plan } as unknown as Raw; // nothing else is asked of it here
  const before = beforeRaw(count, count.kept);
  ledger = {
    ...dataset({}).ledger,
    read: before.read,
    kept: count.kept,
    setAside: before.setAside,
  };
  desk = new AsideDesk(new Aside({} as Database, raw, []), ledger);
  mended.length = undone.length = saved.length = 0;
});
afterEach(async () => {
  if (app) await unmount(app);
  app = null;
  document.body.replaceChildren();
});

function show(mends: readonly Mend[] = []): HTMLElement {
  app = mount(LedgerPanel, {
    target: document.body,
    props: {
      dataset: dataset({ ledger }),
      desk,
      mends,
      onmend: (more: readonly Mend[]) => void mended.push(more),
      onundo: (mend: Mend) => void undone.push(mend),
      onsave: (file: Blob, name: string) => void saved.push({ name, text: file.text() }),
    },
  });
  flushSync();
  return document.body;
}
const button = (words: string) => {
  const all = [...document.querySelectorAll('button')];
  const found = all.find((each) => (each.ariaLabel ?? each.textContent ?? '').trim() === words);
  if (!found) throw new Error(`no button ${words}: ${all.map((each) => each.textContent).join()}`);
  return found;
};
const click = (words: string) => {
  button(words).click();
  flushSync();
};
const cellsOfRow = (row: Element) => [...row.querySelectorAll('td')].map((td) => td.textContent);
const listed = () =>
  [...document.querySelectorAll('[role=region] tbody tr:not([aria-hidden])')].map(cellsOfRow);
const field = (label: string) => {
  const found = document.querySelector<HTMLInputElement>(`form input[aria-label="${label}"]`);
  if (!found) throw new Error(`no field ${label}`);
  return found;
};
const fill = (label: string, value: string) => {
  field(label).value = value;
  field(label).dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
};
const arrive = () =>
  vi.waitFor(() => (flushSync(), expect(listed()[0]?.[2]).not.toBe('Reading …')));

it('lists every row set aside with line, reason and text, and what is proposed', async () => {
  show();
  click('Look at them');
  expect(document.querySelector('dialog')?.open).toBe(true);
  await arrive();
  expect(listed()).toEqual([
    ['62', 'Too many cells', '60,A1,one, two,6.5', 'Proposed'],
    ['63', 'Too many cells', '61,A2,one,7.5,x', ''],
    ['64', 'Quote not closed', '62,A3,"open,8.5', 'Proposed'],
  ]);
});

it('opens at one reason, and another can be chosen', async () => {
  show();
  click('Quote not closed (1)');
  await arrive();
  expect(listed()).toHaveLength(1);
  const select = document.querySelector('select')!;
  expect(select.value).toBe('bad-quote');
  select.selectedIndex = 1;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await arrive();
  expect(listed().map(([line]) => line)).toEqual(['62', '63']);
});

it('shows the picked row cell by cell as proposed, and takes it back with Enter', async () => {
  show();
  click('Look at them');
  await arrive();
  expect(headers.map((name) => field(name).value)).toEqual(['60', 'A1', 'one, two', '6.5']);
  expect(document.querySelector('form')?.textContent).toContain('It can be read.');
  document.querySelector('form')!.requestSubmit();
  expect(mended).toEqual([[{ line: 62, was: '60,A1,one, two,6.5', text: '60,A1,"one, two",6.5' }]]);
});

it('moves through the rows by arrow keys, joins cells, and takes back only what can be read', async () => {
  show();
  click('Look at them');
  await arrive();
  const region = document.querySelector('[role=region][aria-label^="Rows set aside"]')!;
  region.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  flushSync();
  expect(field('note').value).toBe('one');
  expect(field('Cell 5, no column').value).toBe('x');
  expect(button('Take back').disabled).toBe(true);
  click('Join cell 5 to the one above');
  expect(field('amount').value).toBe('7.5,x');
  expect(button('Take back').disabled).toBe(false);
  fill('amount', '7.5');
  fill('note', 'one "x"');
  click('Take back');
  expect(mended).toEqual([[{ line: 63, was: '61,A2,one,7.5,x', text: '61,A2,one "x",7.5' }]]);
  click('As in the file');
  expect(field('Cell 5, no column').value).toBe('x');
});

it('says what is wrong with a text, and does not take it', async () => {
  show();
  click('Quote not closed (1)');
  await arrive();
  const area = document.querySelector('textarea')!;
  area.value = '62,A3,"open';
  area.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
  expect(document.querySelector('form')?.textContent).toContain('a quote is not closed');
  document.querySelector('form')!.requestSubmit();
  expect(mended).toEqual([]);
});

it('takes back all rows as proposed, of the reason that is listed', async () => {
  show();
  click('Too many cells (2)');
  await arrive();
  click('Take back all as proposed');
  await vi.waitFor(() => expect(mended).toHaveLength(1));
  expect(mended[0]!.map(({ line }) => line)).toEqual([62]);
  flushSync();
  expect(document.querySelector('dialog')?.textContent).toContain('1 row taken back as proposed.');
});

it('exports the rows that are listed', async () => {
  show();
  click('Look at them');
  click('Export');
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  expect(saved[0]!.name).toBe('rows-set-aside.csv');
  expect((await saved[0]!.text).split('\r\n')).toHaveLength(5);
});

it('lists the rows that were mended, each with the way back', () => {
  const mend = { line: 62, was: '60,A1,one, two,6.5', text: '60,A1,"one, two",6.5' };
  show([mend]);
  click('Look at them');
  expect(document.querySelector('summary')?.textContent).toBe('1 row mended');
  click('Set line 62 aside again');
  expect(undone).toEqual([mend]);
});

it('offers nothing where no row was set aside', () => {
  ledger = { ...ledger, setAside: [] };
  show();
  expect(() => button('Look at them')).toThrow('no button');
});
