import { existsSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';

export type Memory = { readonly bytes: number; readonly what: string };

/**
 * Peak memory of the tab while `work` runs. On Linux: the proportional set size of all renderer processes (page, workers
 * and engine live in one), from /proc every 50 ms. Elsewhere: what the page itself measures when the work is done.
 */
export async function peakMemory(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<Memory> {
  if (!existsSync('/proc/self/smaps_rollup')) {
    await work();
    return { bytes: await ownMeasure(page), what: 'measureUserAgentSpecificMemory() at the end' };
  }
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  let peak = 0;
  const look = setInterval(
    () =>
      (peak = Math.max(
        peak,
        renderers.map(pss).reduce((a, b) => a + b, 0),
      )),
    50,
  );
  try {
    await work();
  } finally {
    clearInterval(look);
    await session.detach();
  }
  return { bytes: peak, what: `peak PSS of ${renderers.length} renderer processes` };
}

/** Proportional set size of a process in bytes; 0 once it is gone. */
function pss(processId: number): number {
  try {
    const text = readFileSync(`/proc/${processId}/smaps_rollup`, 'utf8');
    return 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
  } catch {
    return 0; // it ended between two looks
  }
}

async function ownMeasure(page: Page): Promise<number> {
  const { bytes } = (await page.evaluate('performance.measureUserAgentSpecificMemory()')) as {
    bytes: number; // Chromium only, so not in the type library
  };
  return bytes;
}
