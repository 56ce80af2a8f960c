import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** What depends on colours alone: in a second theme nothing else can have changed. */
const ofColours = ['color-contrast', 'link-in-text-block'];

type Scope = 'everything' | 'colours';

/**
 * What axe finds wrong on the page as it is now, a line each. It is put into a document once: `@axe-core/playwright` does so at each
 * call, and opens a second page to sum up, which takes longer than the check.
 */
export async function axeFinds(page: Page, scope: Scope = 'everything'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const options: RunOptions = {
    resultTypes: ['violations'],
    ...(scope === 'colours' ? { runOnly: { type: 'rule', values: ofColours } } : {}),
  };
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    (given) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, given), // put there above
    options,
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  );
}
