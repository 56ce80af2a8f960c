/**
 * Tries all 51 ways out of the built app, served with headers and served by its service worker, against servers that listen:
 * none may arrive. A control run without any policy proves that the servers would have heard them.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { attacker } from '../support/attacker.ts';
import { routes, type AttackRoute, type Target } from '../support/attack/routes.ts';
import { findBrowser, installWords } from '../support/browser.ts';
import { serve } from '../support/serve.ts';

/** How the app is served. `control` is a bare page with no policy at all. */
export type Build = 'headers' | 'service worker' | 'control';
export type Exfil = {
  readonly build: Build;
  /** By route: null if nothing arrived, else what the attacker or the browser's net log saw. */
  readonly arrived: ReadonlyMap<string, string>;
  /** What the attacking script was told, by route. */
  readonly said: ReadonlyMap<string, string>;
};

const armed = fileURLToPath(new URL('../support/attack/arm.js', import.meta.url));

/** Long enough for a request to reach loopback; the control run shows that it is. */
const SETTLE_MS = 1500;

/** Runs the routes in a fresh profile against the app in `dist`. The page must be up and, if it is to be, under its worker. */
export async function exfil(
  dist: string,
  build: Build,
  chosen: readonly AttackRoute[] = routes,
): Promise<Exfil> {
  const log = mkdtempSync(join(tmpdir(), 'tessera-exfil-'));
  const netLog = join(log, 'net.json');
  const outside = await attacker();
  const bare = fileURLToPath(new URL('../support/attack/', import.meta.url));
  const site = await serve(build === 'control' ? bare : dist, { headers: build === 'headers' });
  const context = await launch(join(log, 'profile'), netLog);
  const said = new Map<string, string>();
  try {
    const page = await context.newPage();
    await page.addInitScript({ path: armed });
    await open(page, site.url, build);
    const target = ({ name, ending = '' }: AttackRoute): Target => ({
      url: `http://${name}.evil.test:${outside.ports.http}/r/${name}${ending}?secret`,
      tcp: `http://tcp.evil.test:${outside.ports.tcp}/`,
      dns: `http://${dnsCanary}/`,
      stun: `stun:127.0.0.1:${outside.ports.udp}`,
      worker: new URL('__test__/worker.js', site.url).href,
    });
    for (const route of chosen.filter(({ alone }) => !alone))
      said.set(route.name, await attempt(page, route, target(route)));
    await page.waitForTimeout(SETTLE_MS);
    for (const route of chosen.filter(({ alone }) => alone))
      said.set(route.name, await attemptAlone(context, site.url, build, route, target(route)));
    await pause(SETTLE_MS);
  } finally {
    await context.close();
    await Promise.all([site.close(), outside.close()]);
  }
  const arrived = new Map([...outside.arrived].map((name) => [name, 'reached the attacker']));
  for (const [name, words] of inNetLog(netLog, chosen))
    if (!arrived.has(name)) arrived.set(name, words);
  rmSync(log, { recursive: true });
  return { build, arrived, said };
}

/**
 * A browser that helps the attacker: it opens windows unasked and finds `.evil.test` on this machine. A real profile, since a
 * private one neither connects nor looks up names ahead of time.
 */
function launch(profile: string, netLog: string): Promise<BrowserContext> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(installWords);
  return chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    ignoreDefaultArgs: ['--disable-background-networking'], // it would switch off preconnect and DNS prefetch
    args: [
      '--headless=new',
      '--disable-component-update',
      '--host-resolver-rules=MAP *.evil.test 127.0.0.1',
      '--disable-popup-blocking',
      `--log-net-log=${netLog}`,
      '--net-log-capture-mode=Everything',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium has no sandbox as root
    ],
  });
}

/** Its lookup is looked for in the net log. Not a mapped name, since those are never looked up; not a real one either. */
const dnsCanary = 'dns-canary.tessera.invalid';

async function open(page: Page, url: string, build: Build): Promise<void> {
  await page.goto(url, { waitUntil: 'load' });
  if (build === 'service worker')
    await page.waitForFunction(
      () => navigator.serviceWorker.controller !== null && crossOriginIsolated,
      null,
      { timeout: 120_000 },
    );
  await page.waitForTimeout(500); // the app's own start, and a reload that may be under way
}

async function attempt(page: Page, route: AttackRoute, target: Target): Promise<string> {
  const tried = page.evaluate(route.run, target).then(
    (answer) => (typeof answer === 'string' ? answer : 'no error'),
    (error: unknown) =>
      String(error)
        .split('\n')[0]!
        .replace(/^.*?Error: /, ''),
  );
  const words = await Promise.race([tried, page.waitForTimeout(1000).then(() => 'no answer')]);
  if (/attack is not defined|did not start/.test(words))
    throw new Error(`the harness is broken, not the route ${route.name}: ${words}`);
  return words;
}

async function attemptAlone(
  context: BrowserContext,
  url: string,
  build: Build,
  route: AttackRoute,
  target: Target,
): Promise<string> {
  const page = await context.newPage();
  await page.addInitScript({ path: armed });
  await open(page, url, build);
  const words = await attempt(page, route, target);
  if (route.name === 'manifest') {
    // The browser only asks for one when someone wants to install the app.
    const devtools = await context.newCDPSession(page);
    await devtools.send('Page.getAppManifest').catch(() => {});
  }
  return words; // the page stays open while what it sent may arrive
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

type NetEvent = { readonly type: number; readonly params?: Record<string, unknown> };
type NetLog = {
  readonly constants: { readonly logEventTypes: Record<string, number> };
  readonly events: readonly NetEvent[];
};

/** Third sensor: what the browser itself noted of lookups and requests that no server of ours could hear. */
function inNetLog(path: string, chosen: readonly AttackRoute[]): Map<string, string> {
  const { constants, events } = JSON.parse(readFileSync(path, 'utf8')) as NetLog; // Chromium's own format
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, id]) => [id, name]));
  const found = new Map<string, string>();
  for (const { type, params } of events) {
    const name = names.get(type) ?? '';
    const text = JSON.stringify(params ?? {});
    if (/HOST_RESOLVER|DNS/.test(name) && text.includes(dnsCanary))
      found.set('dns-prefetch', `net log: ${name}`);
    if (!/HOST_RESOLVER_MANAGER_REQUEST|URL_REQUEST_START_JOB|SOCKET|CONNECT_JOB/.test(name))
      continue;
    for (const route of chosen)
      if (text.includes(`//${route.name}.evil.test`) || text.includes(`"${route.name}.evil.test`))
        found.set(route.name, `net log: ${name}`);
  }
  return found;
}

function table(results: readonly Exfil[]): string {
  const mark = ({ arrived }: Exfil, name: string): string => (arrived.has(name) ? 'ARRIVED' : '-');
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => cell.padEnd(i === 0 ? 28 : 16)).join('');
  return [
    line(['route', ...results.map(({ build }) => build)]),
    ...routes.map(({ name }) => line([name, ...results.map((result) => mark(result, name))])),
  ].join('\n');
}

const own = fileURLToPath(import.meta.url);
if (process.argv[1] === own) {
  const dist = process.argv[2] ?? build();
  const results: Exfil[] = [];
  for (const kind of ['control', 'headers', 'service worker'] as const)
    results.push(await exfil(dist, kind));
  console.log(table(results));
  for (const { build: kind, said } of results.slice(1))
    if (process.env['EXFIL_SAID']) console.log(kind, Object.fromEntries(said));
  for (const { build: kind, arrived } of results)
    for (const [name, words] of arrived)
      if (kind !== 'control') console.log(`${kind}: ${name} ${words}`);
  console.log();
  const counts = results.map(({ build: kind, arrived }) => {
    console.log(`${kind}: ${arrived.size} of ${routes.length} routes arrived`);
    return arrived.size;
  });
  const worst = Math.max(...counts.slice(1));
  const deaf = (counts[0] ?? 0) < 45;
  if (deaf) console.log('The control run heard too little: the sensors are broken.');
  const pass = worst === 0 && !deaf;
  console.log(
    `exfil: ${worst} of ${routes.length} routes arrived (goal 0) ${pass ? 'PASS' : 'MISS'}`,
  );
  process.exitCode = pass ? 0 : 1;
}

/** Builds the app into a folder that goes away with the bench. */
function build(): string {
  const dist = mkdtempSync(join(tmpdir(), 'tessera-dist-'));
  process.on('exit', () => rmSync(dist, { recursive: true, force: true }));
  const vite = join(dirname(createRequire(own).resolve('vite/package.json')), 'bin/vite.js');
  const run = spawnSync(
    process.execPath,
    [vite, 'build', '--outDir', dist, '--emptyOutDir', '--logLevel', 'error'],
    { stdio: 'inherit' },
  );
  if (run.status !== 0) throw new Error('the app does not build');
  return dist;
}
