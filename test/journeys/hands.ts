import { readFile } from 'node:fs/promises';
import { beforeEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { replay, saved, type GivenFile } from '../support/app.ts';
import { oneApp, openShop } from '../support/one-app.ts';

const app = oneApp();
let page: Page;
let shop: GivenFile;
beforeEach(async () => {
  ({ page } = app);
  shop = await openShop(page);
});

const inspector = () => page.getByRole('complementary', { name: 'Inspector' });
const list = () => page.locator('table', { hasText: 'All customers' });
const lines = () => list().locator('tbody tr').allInnerTexts();
const done = (label: string | RegExp) => page.getByRole('button', { name: label }).waitFor();

async function idle(): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('.jobs progress'));
}

/** Opens the segment with this letter and the verb in its menu. */
async function menu(letter: string, verb: string): Promise<void> {
  const tile = page.locator('.tile', { hasText: new RegExp(`^${letter}$`) });
  const line = list().locator('tbody tr', { has: tile });
  const button = line.locator('.name button');
  if ((await button.getAttribute('aria-pressed')) === 'false') await button.click();
  await inspector()
    .getByRole('button', { name: `Change segment ${letter}` })
    .click();
  await inspector().getByRole('button', { name: verb, exact: true }).click();
}

const save = async (button: string) => (await saved(page, button)).toString();

it('segments are merged and split with a reason; both are undone, and the recipe does them again', async () => {
  const before = await lines();
  await menu('A', 'Merge with others');
  const merging = page.getByRole('dialog', { name: 'Merge A with others' });
  await merging.getByRole('checkbox').first().check();
  await merging.getByLabel(/^Why/).fill('The same to us');
  await merging.getByRole('button', { name: /^Merge A and \w into/ }).click();
  await done(/^Undo: Merge A and/);
  await idle();
  expect(await lines()).toHaveLength(before.length - 1);
  await menu('A', 'Split');
  const splitting = page.getByRole('dialog', { name: 'Split A' });
  await splitting.getByRole('button', { name: 'Split A into 2 parts' }).click();
  await done('Undo: Split A into 2 parts');
  await idle();
  expect(await lines()).toHaveLength(before.length);
  await page.getByRole('button', { name: 'Changes by hand' }).click();
  const changes = page.getByRole('dialog', { name: 'Changes by hand' });
  await changes.getByText('The same to us').waitFor();
  await changes.getByText(/A is parted into A \(\d+\) and \w \(\d+\)\./).waitFor();
  await page.keyboard.press('Escape');
  const customers = await save('Customers as CSV');
  const recipe = await save('Recipe as JSON');
  await page.getByRole('button', { name: /^Undo: Split/ }).click();
  await idle();
  await page.getByRole('button', { name: /^Undo: Merge/ }).click();
  await idle();
  expect(await lines()).toEqual(before);
  await replay(page, recipe, shop);
  expect(await save('Customers as CSV')).toBe(customers);
});

it('what is drawn around becomes a segment under its own name, and stays one in another run', async () => {
  await page.getByRole('button', { name: 'Draw around customers' }).click();
  const box = (await page.getByRole('application').boundingBox())!;
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.02, 0.12));
  await page.mouse.down();
  for (const [x, y] of [
    [0.5, 0.12],
    [0.5, 0.9],
    [0.02, 0.9],
  ] as const)
    await page.mouse.move(...at(x, y), { steps: 5 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Make a segment' }).click();
  const dialog = page.getByRole('dialog', { name: /^Make a segment of/ });
  await dialog.getByLabel('Name').fill('The left half');
  await dialog.getByRole('button', { name: /^Hold \d+ customers? in/ }).click();
  const line = list().locator('tbody tr', { hasText: 'The left half' });
  await line.waitFor();
  const own = (await line.innerText()).replace(/\s+/g, ' ').split(' The left half ')[0];
  await idle();
  await page.getByRole('button', { name: 'Group differently' }).click();
  const how = page.getByRole('dialog', { name: 'How to group' });
  await how.getByRole('radio', { name: 'The field’s names RFM', exact: true }).check();
  await how.getByRole('button', { name: /^Group [\d,]+ customers$/ }).click();
  await done('Undo: The field’s names (RFM)');
  await idle();
  expect((await line.innerText()).replace(/\s+/g, ' ').split(' The left half ')[0]).toBe(own);
});

it('a segment has a colour, a note and an approval, which tells when its customers changed', async () => {
  await page.locator('tbody .name button').first().click();
  await inspector().getByRole('tab', { name: 'Notes' }).click();
  await inspector()
    .getByRole('textbox', { name: 'Note' })
    .fill('Ask Ana before the spring mailing');
  await inspector().getByRole('button', { name: 'Colour 7' }).click();
  await done(/^Undo: Recolour/);
  await inspector().getByLabel('Your name').fill('Ana');
  await inspector().getByRole('button', { name: 'Approve' }).click();
  await inspector()
    .getByText(/^Approved by Ana on \w+ \d+, \d{4}/)
    .waitFor();
  expect(await inspector().getByText('have changed since').count()).toBe(0);
  await inspector().getByRole('tab', { name: 'Who' }).click();
  await inspector().getByRole('button', { name: /^C0/ }).first().click();
  await inspector().getByRole('button', { name: 'Exclude' }).click();
  await page
    .getByRole('dialog', { name: 'Exclude 1 customer' })
    .getByRole('button', { name: 'Exclude 1 customer' })
    .click();
  await page.getByRole('button', { name: 'In no segment' }).first().waitFor();
  await inspector()
    .getByRole('button', { name: /^Back to/ })
    .click();
  await inspector().getByRole('tab', { name: 'Notes' }).click();
  await inspector().getByText('have changed since').waitFor();
  expect(await inspector().getByRole('textbox', { name: 'Note' }).inputValue()).toMatch(/^Ask Ana/);
  const kept = JSON.parse(await save('Recipe as JSON')) as {
    settings: { segments: { remarks: object[] } };
  };
  expect(kept.settings.segments.remarks).toMatchObject([
    { colour: 6, note: 'Ask Ana before the spring mailing', approved: { by: 'Ana' } },
  ]);
});

it('an edit that finds nobody says so, and can be taken out', async () => {
  await menu('C', 'Dissolve');
  await page.getByRole('button', { name: 'Dissolve C' }).click();
  await done('Undo: Dissolve C');
  await idle();
  await page.getByRole('spinbutton').first().fill('2');
  await page.keyboard.press('Enter');
  await page.getByText('1 of them found nobody or no segment to change').waitFor();
  await page.getByRole('button', { name: 'Changes by hand' }).click();
  const changes = page.getByRole('dialog', { name: 'Changes by hand' });
  await changes.getByText('Skipped. There is no segment C now.').waitFor();
  await changes.getByRole('button', { name: 'Take out: Dissolve C' }).click();
  await changes.getByText('None.').waitFor();
});

it('a segment and a selection are compared with anybody, and the figures can be saved', async () => {
  await menu('A', 'Compare');
  const dialog = page.getByRole('dialog', { name: 'Compare customers' });
  await dialog.getByText(/^Most apart by .+ against .+\(.+ to .+\)\./).waitFor();
  await dialog.getByRole('table', { name: /^Segment A against everyone else: \d+ of/ }).waitFor();
  await dialog.getByLabel('Other side').selectOption('segment B');
  await dialog.getByRole('table', { name: /^Segment A against segment B: \d+ of/ }).waitFor();
  await dialog.getByRole('button', { name: 'Change sides' }).click();
  await dialog.getByRole('table', { name: /^Segment B against segment A: \d+ of/ }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toMatch(/cliffs_delta.*\r\n\w+,/);
  await dialog.getByLabel('Other side').selectOption('segment B');
  await dialog.getByText('Both sides are the same customers.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('compare customers');
  await page.keyboard.press('Enter');
  await dialog.getByText(/^Most apart by/).waitFor();
});

it('the segments are checked, and a finding leads to what may be done about it', async () => {
  await menu('C', 'Dissolve');
  await page.getByRole('button', { name: 'Dissolve C' }).click();
  await done('Undo: Dissolve C');
  await idle();
  await page.getByRole('spinbutton').first().fill('2');
  await page.keyboard.press('Enter');
  await page.getByText('1 of them found nobody or no segment to change').waitFor();
  await page.getByRole('button', { name: 'More about these segments' }).click();
  await page.getByRole('button', { name: 'Check them' }).click();
  const dialog = page.getByRole('dialog', { name: 'Check of the segments' });
  await dialog.getByText('1 change by hand found nobody or no segment to change.').waitFor();
  await dialog.getByRole('button', { name: 'See the changes' }).click();
  await page.getByRole('dialog', { name: 'Changes by hand' }).waitFor();
});

it('versions are kept under a name, compared with who moved, and brought back byte for byte', async () => {
  const more = async (verb: string) => {
    await page.getByRole('button', { name: 'More about these segments' }).click();
    await page.getByRole('button', { name: verb, exact: true }).click();
  };
  const before = await save('Customers as CSV');
  await more('Versions');
  const dialog = page.getByRole('dialog', { name: 'Versions' });
  await dialog.getByLabel('Name of this version').fill('Before Ana');
  await dialog.getByRole('button', { name: 'Save version' }).click();
  await dialog.getByText(/^0 of 90 customers \(0\.0 %\) are under another letter/).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await menu('C', 'Dissolve');
  await page.getByRole('button', { name: 'Dissolve C' }).click();
  await done('Undo: Dissolve C');
  await idle();
  await more('Versions');
  await dialog.getByRole('button', { name: 'Compare with now' }).click();
  await dialog.getByText(/^[1-9]\d* of 90 customers/).waitFor();
  await dialog.getByRole('img', { name: /^Who moved: \d+ of 90 customers keep/ }).waitFor();
  await dialog.getByRole('button', { name: 'Bring back' }).click();
  await page.getByText('every customer is in the same segment as when it was saved').waitFor();
  expect(await save('Customers as CSV')).toBe(before);
  await done('Undo: Back to version Before Ana');
  expect(JSON.parse(await save('Recipe as JSON'))).toMatchObject({
    settings: { segments: { versions: [{ name: 'Before Ana', customers: 90 }] } },
  });
});
