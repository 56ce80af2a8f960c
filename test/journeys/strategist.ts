import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { makeBlob } from '../../src/samples/make.ts';
import { specOf } from '../../src/samples/schemes.ts';
import {
  chooseFile,
  openApp,
  saved,
  untilSegments,
  type App,
  type GivenFile,
} from '../support/app.ts';

const retail = new URL('../../../shared/data/online-retail/online_retail.csv.gz', import.meta.url);

/** Where they are, the real orders of every fourth customer (all of them would take half a minute more); else of a made-up fashion shop. */
async function orders(): Promise<GivenFile> {
  if (!existsSync(retail)) {
    const made = await makeBlob(specOf('fashion', { customers: 1500 }), 'transactions');
    return { name: 'fashion.csv', content: new Uint8Array(await made.arrayBuffer()) };
  }
  const [head, ...lines] = gunzipSync(await readFile(retail))
    .toString()
    .split(/\r?\n/);
  const isFourth = (line: string) => Number(/,(\d+)\.0,[^,]*$/.exec(line)?.[1]) % 4 === 0;
  return { name: 'retail.csv', content: [head, ...lines.filter(isFourth)].join('\n') };
}

describe('the strategist defends a segment, changes it by hand, and signs it', () => {
  let app: App;
  let page: Page;
  let first: readonly string[] = [];
  beforeAll(async () => {
    app = await openApp({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page = app.page;
    await chooseFile(page, await orders());
    await untilSegments(page);
    first = await lines();
  });
  afterAll(async () => {
    expect(app.complaints).toEqual([]);
    await app.close();
  });

  const inspector = () => page.getByRole('complementary', { name: 'Inspector' });
  const list = () => page.locator('table', { hasText: 'All customers' });
  const lines = () => list().locator('tbody tr').allInnerTexts();
  const tab = (name: string) => inspector().getByRole('tab', { name }).click();
  const undone = (label: RegExp | string) => page.getByRole('button', { name: label }).waitFor();
  const idle = () => page.waitForFunction(() => !document.querySelector('.jobs progress'));
  const withInterval = /\d+ % \(\d+–\d+\)/;
  const more = async (verb: string) => {
    await page.getByRole('button', { name: 'More about these segments' }).click();
    await page.getByRole('button', { name: verb, exact: true }).click();
  };

  it('the segment in a rule with precision and recall beside guessing, and its drivers with intervals', async () => {
    await list().locator('.name button').first().click();
    const rule = inspector().getByRole('region', { name: 'Rule' });
    await rule.getByText('Precision').waitFor();
    expect((await rule.innerText()).match(new RegExp(withInterval, 'g'))).toHaveLength(2);
    expect(await rule.innerText()).toMatch(/Guessing\s+\d+ %/);
    const drivers = inspector().getByRole('region', { name: 'What sets it apart' });
    expect(await drivers.getByRole('row').count()).toBeGreaterThan(4);
    expect(await drivers.innerText()).toContain('95 % interval');
  });

  it('why one customer at the border is here, and what would move them', async () => {
    await tab('Who');
    const border = inspector().getByRole('region', { name: 'Customers at the border' });
    await border.getByRole('button').first().click();
    await inspector().getByRole('button', { name: 'Why this segment' }).click();
    const why = inspector().getByRole('region', { name: 'Why this customer is in this segment' });
    await why.getByText('What would move it').waitFor();
    expect(await why.getByRole('listitem').first().innerText()).toMatch(/ from .+ to /);
    await inspector()
      .getByRole('button', { name: /^Back to/ })
      .click();
    await border.waitFor();
  });

  it('what goes with being frequent, with its interval and what chance reaches; a surprising subgroup becomes a segment', async () => {
    await page.getByRole('button', { name: 'What goes with being frequent' }).click();
    const dialog = page.getByRole('dialog', { name: 'What goes with an outcome' });
    await dialog.getByText(/^Of the differences in orders [\d.]+ % \(.+\) go with/).waitFor();
    await dialog.getByText(/hold with false discoveries held to 5 %/).waitFor();
    const make = dialog.getByRole('button', { name: /^Make a segment: / }).first();
    const words = (await make.getAttribute('aria-label'))!.replace('Make a segment: ', '');
    await make.click();
    const making = page.getByRole('dialog', { name: /^Make a segment of/ });
    await making.getByText(words, { exact: true }).waitFor();
    await making.getByLabel('Name').fill('Those who surprise');
    await making.getByLabel(/^Why/).fill('They order so often');
    await making.getByRole('button', { name: /^Make \w by a rule$/ }).click();
    await undone(/^Undo: Make \w by a rule/);
    await list().getByRole('button', { name: 'Those who surprise' }).waitFor();
    await idle();
    await page.getByRole('button', { name: 'Changes by hand' }).click();
    const changes = page.getByRole('dialog', { name: 'Changes by hand' });
    expect(await changes.innerText()).toContain(`${words}: `);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Undo: Make/ }).click();
    await expect.poll(lines).toEqual(first);
  });

  it('subgroups inside one segment are parts of it', async () => {
    await list().locator('.name button').first().click();
    await inspector()
      .getByRole('button', { name: /^Change segment/ })
      .click();
    await inspector().getByRole('button', { name: 'Subgroups inside it' }).click();
    const dialog = page.getByRole('dialog', { name: 'What goes with an outcome' });
    await dialog.getByText(/^(\d+ subgroups? found|Nothing was found)/).waitFor();
    await dialog
      .getByRole('button', { name: /^Compare: / })
      .first()
      .click();
    const compare = page.getByRole('dialog', { name: 'Compare customers' });
    await compare.getByText(/^Most apart by .+ against .+\(.+ to .+\)\./).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear selection' }).click();
  });

  it('all are checked; one is split, three customers are moved with a reason, and it is approved', async () => {
    await more('Check them');
    const check = page.getByRole('dialog', { name: 'Check of the segments' });
    await check.getByText(/^(Nothing is|\d+ findings?)/).waitFor();
    await page.keyboard.press('Escape');
    await list().locator('.name button').first().click();
    await inspector()
      .getByRole('button', { name: /^Change segment/ })
      .click();
    await inspector().getByRole('button', { name: 'Split', exact: true }).click();
    await page.getByRole('button', { name: /^Split \w into 2 parts/ }).click();
    await undone(/^Undo: Split/);
    await idle();
    for (let moved = 0; moved < 3; moved++) {
      await tab('Who');
      const border = inspector().getByRole('region', { name: 'Customers at the border' });
      await border.getByRole('button').nth(moved).click();
      await inspector().getByRole('button', { name: 'Move' }).click();
      const moving = page.getByRole('dialog', { name: 'Move 1 customer' });
      await moving.getByLabel('To segment').selectOption({ index: moved });
      await moving.getByLabel(/^Why/).fill('They know us by name');
      await moving.getByRole('button', { name: /^Move 1 customer to/ }).click();
      await moving.waitFor({ state: 'detached' });
      await idle();
      await inspector()
        .getByRole('button', { name: /^Back to/ })
        .click();
    }
    await page.getByRole('button', { name: 'Changes by hand' }).click();
    const changes = page.getByRole('dialog', { name: 'Changes by hand' });
    expect(await changes.getByText('They know us by name').count()).toBe(3);
    await page.keyboard.press('Escape');
    await tab('Notes');
    await inspector().getByLabel('Your name').fill('Ana');
    await inspector().getByRole('button', { name: 'Approve' }).click();
    await inspector()
      .getByText(/^Approved by Ana on/)
      .waitFor();
  });

  it('a version is kept, another k compared with it by who moved, and the version is back', async () => {
    await more('Versions');
    const versions = page.getByRole('dialog', { name: 'Versions' });
    await versions.getByLabel('Name of this version').fill('For the board');
    await versions.getByRole('button', { name: 'Save version' }).click();
    await versions.getByText('For the board').first().waitFor();
    await page.keyboard.press('Escape');
    const kept = await lines();
    await page.getByRole('spinbutton').first().fill('6');
    await page.keyboard.press('Enter');
    await undone(/^Undo: k = 6|^Undo: .*6/);
    await idle();
    await more('Versions');
    await versions.getByRole('button', { name: 'Compare with now' }).click();
    await versions.getByText(/^[1-9][\d,]* of [\d,]+ customers/).waitFor();
    await versions.getByRole('img', { name: /^Who moved: / }).waitFor();
    await versions.getByRole('button', { name: 'Bring back' }).click();
    await page.getByText('every customer is in the same segment as when it was saved').waitFor();
    expect(await lines()).toEqual(kept);
    await inspector()
      .getByText(/^Approved by Ana on/)
      .waitFor();
  });

  it('the project opens the same elsewhere; at home all is undone to where it began', async () => {
    const customers = await saved(page, 'Customers as CSV');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.locator('.bar').getByRole('button').first().click();
    await page.getByRole('button', { name: 'Export as .tessera…' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export', exact: true }).click(),
    ]);
    const elsewhere = await openApp({ viewport: { width: 1440, height: 900 } });
    try {
      const content = await readFile(await download.path());
      await chooseFile(elsewhere.page, { name: 'elsewhere.tessera', content });
      await untilSegments(elsewhere.page);
      expect((await saved(elsewhere.page, 'Customers as CSV')).equals(customers)).toBe(true);
    } finally {
      await elsewhere.close();
    }
    await page.keyboard.press('Escape');
    const undo = page.getByRole('button', { name: /^Undo/ });
    while (await undo.isEnabled()) {
      const label = await undo.getAttribute('aria-label');
      await undo.click();
      await expect.poll(() => undo.getAttribute('aria-label')).not.toBe(label);
      await idle();
    }
    await expect.poll(lines).toEqual(first);
  });
});
