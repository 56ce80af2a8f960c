import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openApp, untilSegments } from '../support/app.ts';

const data = new URL('../../../shared/data/online-retail/online_retail.csv.gz', import.meta.url);

/** Real data, where it is: half a million order lines with all their gaps and returns. */
it.skipIf(!existsSync(data))(
  'Online Retail: every line is accounted for to the last digit, opened as .gz and as plain text alike',
  async () => {
    const app = await openApp({ viewport: { width: 1440, height: 900 } });
    try {
      const folder = await mkdtemp(join(tmpdir(), 'tessera-retail-'));
      const plain = join(folder, 'online_retail.csv');
      await writeFile(plain, gunzipSync(await readFile(data)));
      for (const path of [data.pathname, plain]) {
        await app.page.getByTestId('file').setInputFiles(path);
        await app.page.waitForURL(/#\/data/);
        await app.page.waitForURL(/#\/segments/, { timeout: 150_000 });
        await untilSegments(app.page);
        await app.page.getByRole('link', { name: 'Data', exact: true }).click();
        const ledger = await app.page.getByRole('region', { name: 'Row ledger' }).innerText();
        for (const fact of ['541,909', '135,080', '4,372', '9,747,747.934', '406,829'])
          expect(ledger).toContain(fact);
        await app.page.getByText('25,900 values').first().waitFor(); // counted exactly after the segments are there
        const page = await app.page.locator('main').innerText();
        for (const fact of ['25,900', '10,624', '38 values']) expect(page).toContain(fact);
      }
      expect(app.complaints).toEqual([]);
    } finally {
      await app.close();
    }
  },
  400_000,
);
