import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { programOf } from './program.ts';

/** What is looked at to find a browser: given by tests, taken from this machine otherwise. */
export type Machine = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly isRoot: boolean;
  has(path: string): boolean;
  /** Names in a folder; none where it is missing. */
  list(path: string): readonly string[];
  /** Whether the command ended well. */
  run(command: string, parameters: readonly string[]): boolean;
};

const here: Machine = {
  env: process.env,
  platform: process.platform,
  home: homedir(),
  isRoot: process.getuid?.() === 0,
  has: existsSync,
  list: (path) => (existsSync(path) ? readdirSync(path) : []),
  run: (command, parameters) =>
    spawnSync(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0,
};

/** What to do where no browser can be had. */
export const installWords =
  'No browser was found for the journeys: install Chromium, Chrome or Edge, or set TESSERA_BROWSER to the path of one.';

/** Path of a Chromium: TESSERA_BROWSER, an installed one, or Playwright's own; null where there is none. */
export function findBrowser(machine: Machine = here): string | null {
  const named = machine.env['TESSERA_BROWSER'];
  if (named) {
    if (machine.has(named)) return named;
    throw new Error(`TESSERA_BROWSER is ${named}, and there is no such file.`);
  }
  return [...installed(machine), ...downloaded(machine)].find((path) => machine.has(path)) ?? null;
}

/** The same, but installs one where it can: Playwright's, or apt's as root. Throws `installWords` otherwise. */
export function ensureBrowser(machine: Machine = here): string {
  const found = findBrowser(machine);
  if (found) return found;
  console.log('No browser found; installing one.');
  const playwright = programOf('playwright-core');
  if (machine.run(process.execPath, [playwright, 'install', '--no-shell', 'chromium'])) {
    const own = findBrowser(machine);
    if (own) return own;
  }
  const apt = machine.isRoot && machine.platform === 'linux' && machine.run('apt-get', ['update']);
  if (apt && machine.run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])) {
    const own = findBrowser(machine);
    if (own) return own;
  }
  throw new Error(installWords);
}

function installed({ env, platform, home }: Machine): string[] {
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
      (name) => env[name] ?? [],
    );
    const programs = [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ];
    return programs.flatMap((program) => roots.map((root) => join(root, ...program)));
  }
  if (platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['/Applications', join(home, 'Applications')].map((root) =>
        join(root, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    );
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'msedge',
  ];
  const folders = [
    ...(env['PATH'] ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    '/opt/google/chrome',
  ];
  return names.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
}

function downloaded({ env, platform, home, list }: Machine): string[] {
  const local = env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
  const usual = { win32: local, darwin: join(home, 'Library', 'Caches') } as Partial<
    Record<NodeJS.Platform, string>
  >;
  const cache =
    env['PLAYWRIGHT_BROWSERS_PATH'] ??
    join(usual[platform] ?? join(home, '.cache'), 'ms-playwright');
  const programs = [
    ['chrome-linux64', 'chrome'],
    ['chrome-linux', 'chrome'],
    [
      'chrome-mac-arm64',
      'Google Chrome for Testing.app',
      'Contents',
      'MacOS',
      'Google Chrome for Testing',
    ],
    [
      'chrome-mac-x64',
      'Google Chrome for Testing.app',
      'Contents',
      'MacOS',
      'Google Chrome for Testing',
    ],
    ['chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'],
    ['chrome-win64', 'chrome.exe'],
    ['chrome-win', 'chrome.exe'],
  ];
  const folders = list(cache).filter((name) => /^chromium-\d+$/.test(name));
  return folders
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap((folder) => programs.map((program) => join(cache, folder, ...program)));
}

/** Nothing of the browser's own goes out, so that what a test counts is ours. No sandbox only as root, where Chromium has none. */
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(here.isRoot ? ['--no-sandbox'] : []),
];

/** A real Chromium, headless unless told otherwise. Throws `installWords` where there is none. */
export function launch({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(installWords);
  return chromium.launch({ executablePath, headless: true, ...options, args: [...quiet, ...args] });
}
