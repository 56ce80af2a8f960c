import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCanary } from '../../src/guard/canary.ts';
import { netlifyHeaders } from '../../src/guard/hosts.ts';
import { largestFile } from '../../src/guard/policy-plugin.ts';
import { policyHeaders } from '../../src/guard/policy.ts';
import { launch } from '../support/browser.ts';
import { serve, type Site, type SiteOptions } from '../support/serve.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => statSync(join(dist, file)).isFile());
const shipped = files.filter((file) => file !== '_headers');

let browser: Browser;
const ends: (() => Promise<unknown> | void)[] = [];
beforeAll(async () => void (browser = await launch()));
afterAll(async () => {
  await browser.close();
  for (const end of ends) await end();
});

type Visit = { readonly site: Site; readonly page: Page; readonly requests: readonly string[] };

async function visit(
  host: SiteOptions,
  profile: BrowserContextOptions = {},
  folder = dist,
): Promise<Visit> {
  const site = await serve(folder, host);
  ends.push(site.close);
  const context = await browser.newContext(profile);
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  const page = await context.newPage();
  await page.goto(site.url);
  return { site, page, requests };
}

/** The seal's name once the check is over. */
async function seal(page: Page): Promise<string> {
  const button = page.getByRole('button', { name: /Open the ledger/ });
  await button.filter({ hasNotText: 'Checking' }).waitFor({ timeout: 90_000 });
  return (await button.getAttribute('aria-label')) ?? '';
}

const full = '0 B sent: every way out blocked. Open the ledger';
const withoutAllowlist = Object.fromEntries(
  Object.entries(policyHeaders).filter(([name]) => name !== 'Connection-Allowlist'),
);

describe('dist', () => {
  it('holds no file that a common host would refuse', () => {
    const large = files.filter((file) => statSync(join(dist, file)).size > largestFile);
    expect(files.length).toBeGreaterThan(10);
    expect(large).toEqual([]);
  });

  it('holds the headers as Netlify and Cloudflare read them', () => {
    expect(readFileSync(join(dist, '_headers'), 'utf8')).toBe(netlifyHeaders());
  });

  it('lists every file with its hash in the service worker', () => {
    const script = readFileSync(join(dist, 'service.worker.js'), 'utf8');
    for (const file of shipped.filter((name) => name !== 'service.worker.js')) {
      const hash = createHash('sha384')
        .update(readFileSync(join(dist, file)))
        .digest('base64');
      expect(script, file).toContain(`sha384-${hash}`);
    }
  });

  it('needs no policy but ours for HTML from strings, and contains no address of another host in its page', () => {
    const scripts = shipped.filter((file) => file.endsWith('.js'));
    for (const file of scripts)
      expect(readFileSync(join(dist, file), 'utf8'), file).not.toContain('svelte-trusted-html');
    expect(readFileSync(join(dist, 'index.html'), 'utf8')).not.toMatch(
      /(src|href)="(https?:)?\/\//,
    );
  });
});

describe('npm start', () => {
  let server: ChildProcess;
  let address = '';
  beforeAll(async () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const { VITEST: _, ...env } = process.env; // the config leaves the policy out for unit tests
    server = spawn(process.execPath, [vite, 'preview', '--port', '0'], { cwd: root, env });
    address = await new Promise<string>((resolve, reject) => {
      let said = '';
      server.stdout?.on('data', (data: Buffer) => {
        said += stripVTControlCharacters(String(data));
        const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
        if (url) resolve(url);
      });
      server.on('exit', () => reject(new Error(`vite preview ended: ${said}`)));
    });
  });
  afterAll(() => void server.kill());

  it('prints an address on this machine and sends the full policy with every file, and with errors', async () => {
    for (const file of [...shipped, '', 'not-here.js']) {
      const response = await fetch(new URL(file, address));
      await response.body?.cancel();
      for (const [name, value] of Object.entries(policyHeaders))
        expect(response.headers.get(name), `${name} on ${file}`).toBe(value);
    }
  });
});

describe('a host that sends the headers', () => {
  it('serves the app from a sub-path; the check is full and nothing goes elsewhere', async () => {
    const { page, site, requests } = await visit({ headers: true, base: '/team/tessera/' });
    expect(await seal(page)).toBe(full);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const strangers = requests.filter(
      (url) => new URL(url).origin !== site.origin && !isCanary(url),
    );
    expect(strangers.filter((url) => !/^(blob|data):/.test(url))).toEqual([]);
    expect(site.requests.filter((path) => !path.startsWith('/team/tessera/'))).toEqual([]);
  });

  it('without the allowlist is partial, opens files and names the ways left', async () => {
    const { page } = await visit({ headers: withoutAllowlist }, { serviceWorkers: 'block' });
    expect(await seal(page)).toContain('some ways open');
    await page.getByRole('button', { name: /Open the ledger/ }).click();
    for (const words of [
      'WebRTC',
      'preconnect',
      'DNS prefetch',
      'download links',
      'leaving this page',
    ])
      await page.getByRole('listitem').filter({ hasText: words }).waitFor();
  });
});

describe('a host that sends no headers', () => {
  it('is helped by the service worker: one reload, then full, under a sub-path too', async () => {
    const { page, site } = await visit({ headers: false, base: '/pages/tessera/' });
    expect(await seal(page)).toBe(full);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(site.requests.filter((path) => path === '/pages/tessera/').length).toBeLessThanOrEqual(
      2,
    );
  });

  it('works without a network after the first visit, every file under the policy', async () => {
    const { page, site } = await visit({ headers: false });
    expect(await seal(page)).toBe(full);
    await site.close();
    await page.reload();
    expect(await seal(page)).toBe(full);
    const answers = await page.evaluate(
      async ({ names, header }) =>
        Promise.all(
          names.map(async (name) => {
            const response = await fetch(name);
            return [name, response.status, response.headers.get(header)] as const;
          }),
        ),
      {
        names: shipped.filter((name) => name !== 'service.worker.js'),
        header: 'Content-Security-Policy',
      },
    );
    for (const [name, status, policy] of answers) {
      expect(status, name).toBe(200);
      expect(policy, name).toBe(policyHeaders['Content-Security-Policy']);
    }
  });

  it('and no service worker keeps files closed, and says why', async () => {
    const { page } = await visit({ headers: false }, { serviceWorkers: 'block' });
    expect(await seal(page)).toContain('Files closed');
    await page.getByTestId('file').setInputFiles({
      name: 'orders.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('customer,date,amount\n1,2024-01-01,5\n'),
    });
    const alert = page.getByRole('alert').filter({ hasText: 'files stay closed' }).first();
    await alert.waitFor();
    expect(await page.getByText('orders.csv').count()).toBe(0);
  });

  it('and changes a file on the way: nothing of it is installed', async () => {
    const tampered = mkdtempSync(join(tmpdir(), 'tessera-tampered-'));
    ends.push(() => rmSync(tampered, { recursive: true }));
    cpSync(dist, tampered, { recursive: true });
    const script = files.find((file) => /assets\/segment\.worker.*\.js$/.test(file)) ?? '';
    writeFileSync(join(tampered, script), `${readFileSync(join(dist, script), 'utf8')}\n;`);
    const { page } = await visit({ headers: false }, {}, tampered);
    expect(await seal(page)).toContain('Files closed');
    expect(
      await page.evaluate(
        async () => (await navigator.serviceWorker.getRegistration())?.active?.state,
      ),
    ).toBeUndefined();
  });
});

describe('a newer version', () => {
  const ask = (page: Page): Promise<string> =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise<string>((resolve) => (port1.onmessage = (e) => resolve(e.data)));
      registration.waiting.postMessage('take-over', [port2]);
      return answer;
    });

  it('waits while two tabs are open, and takes over when the only one agrees', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'tessera-update-'));
    ends.push(() => rmSync(copy, { recursive: true }));
    cpSync(dist, copy, { recursive: true });
    const { page, site } = await visit({ headers: true }, {}, copy);
    await seal(page);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const script = join(copy, 'service.worker.js');
    writeFileSync(script, `${readFileSync(script, 'utf8')}\n// a newer version`);
    const second = await page.context().newPage();
    await second.goto(site.url);
    expect(await ask(page)).toBe('other-tabs-open');
    await second.close();
    expect(await ask(page)).toBe('taking-over');
  });
});
