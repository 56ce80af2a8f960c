import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { openApp, savedPicture, untilSegments, type App } from '../support/app.ts';

/** Before a room: the made-up coffee chain, whose ids look like C0001234. */
describe('the facilitator shows a room its customers, and nobody in particular', () => {
  let app: App;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page = app.page;
  });
  afterAll(async () => {
    expect(app.complaints).toEqual([]);
    await app.close();
  });

  const inspector = () => page.getByRole('complementary', { name: 'Inspector' });
  const map = () => page.getByRole('application');
  const choose = async (about: string, option: string) => {
    await page.getByRole('button', { name: new RegExp(`^${about} `) }).click();
    const list = page.getByRole('listbox', { name: about });
    await list.getByRole('option', { name: option, exact: true }).click();
  };
  const place = async (x: number, y: number) => {
    const box = await map().boundingBox();
    if (!box) throw new Error('there is no map');
    return [box.x + x * box.width, box.y + y * box.height] as const;
  };
  /** All that can be read or is read out: texts, and words for those who do not see. */
  const shown = () =>
    page.evaluate(() =>
      [document.body.innerText]
        .concat(
          [...document.querySelectorAll('[aria-label], [title], input')].map(
            (each) =>
              `${each.getAttribute('aria-label')} ${each.getAttribute('title')} ${(each as HTMLInputElement).value ?? ''}`,
          ),
        )
        .join('\n'),
    );
  const expectNobody = async () => expect(await shown()).not.toMatch(/C00\d{5}/);

  it('a sample opens from the first page, under its own name, and the map fills', async () => {
    await page.getByRole('button', { name: /Coffee chain/ }).click();
    await untilSegments(page);
    await page.getByRole('button', { name: 'Coffee chain', exact: true }).waitFor();
    const words = await map().getAttribute('aria-label');
    expect(words).toMatch(/^Map of 7,\d{3} customers in \d+ segments/);
    await expectNobody();
  });

  it('zoomed to a crowd the labels say what the crowds are; a point says what it is, not who', async () => {
    const before = await map().getByRole('button').allInnerTexts();
    await page.mouse.move(...(await place(0.5, 0.5)));
    await page.mouse.wheel(0, -500);
    await map()
      .getByRole('button', { name: /higher|lower|more|fewer|longer|shorter/ })
      .first()
      .waitFor();
    expect(await map().getByRole('button').allInnerTexts()).not.toEqual(before);
    const tip = page.getByRole('tooltip');
    for (let x = 0.3; x < 0.7 && !(await tip.isVisible()); x += 0.01)
      await page.mouse.move(...(await place(x, 0.5)));
    expect(await tip.innerText()).toMatch(/Recency \d+ days?/);
    await expectNobody();
    await page.getByRole('button', { name: 'Fit the whole map' }).click();
  });

  it('coloured by spend with a legend, and side by side', async () => {
    await choose('Colour', 'Spend');
    await page
      .getByRole('group', { name: 'Legend of the map' })
      .getByText(/^Spend/)
      .waitFor();
    await choose('Side by side', 'By segment');
    const maps = page.getByRole('group', { name: /^Maps side by side/ });
    await maps.waitFor();
    await expectNobody();
    await choose('Side by side', 'One map');
    await choose('Colour', 'Segment');
  });

  it('those drawn around are compared with everyone else', async () => {
    await page.getByRole('button', { name: 'Draw around customers' }).click();
    await page.mouse.move(...(await place(0.3, 0.3)));
    await page.mouse.down();
    for (const [x, y] of [
      [0.6, 0.3],
      [0.6, 0.7],
      [0.3, 0.7],
    ] as const)
      await page.mouse.move(...(await place(x, y)), { steps: 4 });
    await page.mouse.up();
    await page.getByText(/^[\d,]+ selected$/).waitFor();
    await page.getByRole('button', { name: 'What sets them apart' }).click();
    const dialog = page.getByRole('dialog', { name: 'Compare customers' });
    await dialog.getByText(/^Most apart by .+\(.+ to .+\)\./).waitFor();
    await expectNobody();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await page.getByRole('button', { name: 'Point at a customer' }).click();
  });

  it('a segment gets the room’s name, and tells its story without naming a customer', async () => {
    await page.locator('tbody .name button').first().click();
    await inspector()
      .getByRole('button', { name: /^Rename segment/ })
      .click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Our weekenders');
    await page.keyboard.press('Enter');
    await inspector().getByRole('heading', { name: 'Our weekenders' }).waitFor();
    await map()
      .getByRole('button', { name: /Our weekenders/ })
      .waitFor();
    await inspector().getByRole('tab', { name: 'Story' }).click();
    await inspector().getByText('One of those nearest to the middle').waitFor();
    await expectNobody();
  });

  it('who customers are can be hidden: then no place names one, not even where customers are listed', async () => {
    await page.getByRole('button', { name: 'Hide who customers are' }).click();
    await inspector().getByText('One of those nearest to the middle').click();
    await inspector()
      .getByRole('heading', { name: /^Customer No\. [\d,]+$/ })
      .waitFor();
    await expectNobody();
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'Command' }).fill('c0000123');
    await page.getByRole('option', { name: /^Customer No\./ }).waitFor();
    expect(await page.getByRole('listbox').innerText()).not.toMatch(/C00\d{5}/);
    await page.keyboard.press('Escape');
    await inspector()
      .getByRole('button', { name: /^Back to/ })
      .click();
    await inspector().getByRole('tab', { name: 'Who' }).click();
    await inspector().getByRole('heading', { name: 'At the border' }).waitFor();
    await expectNobody();
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('heading', { name: /customers$/ }).waitFor();
    await page.getByText('No. 1', { exact: true }).waitFor();
    await expectNobody();
    await page.getByRole('link', { name: 'Segments' }).click();
  });

  it('a question of the room is answered with a picture and the customers behind it', async () => {
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'Command' }).fill('segments with falling spend');
    await page.getByRole('option', { name: /^Will run/ }).waitFor();
    await page.keyboard.press('Enter');
    const answer = page.getByRole('dialog', { name: 'Answer' });
    await answer.getByRole('heading', { name: /^\d+ of \d+ segments/ }).waitFor();
    await answer.getByRole('table', { name: /^Change of spend/ }).waitFor();
    await expectNobody();
    await page.keyboard.press('Escape');
    await answer.waitFor({ state: 'detached' });
  });

  it('the picture is taken along', async () => {
    const png = await savedPicture(page);
    expect([...png.subarray(1, 4)]).toEqual([80, 78, 71]);
    const svg = (
      await savedPicture(page, (dialog) => dialog.getByRole('button', { name: 'SVG' }).click())
    ).toString();
    expect(svg).toContain('Our weekenders');
    expect(svg).not.toMatch(/C00\d{5}/);
  });
});
