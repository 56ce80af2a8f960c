import { basename, delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureBrowser, findBrowser, installWords, type Machine } from './browser.ts';

const machine = (
  given: Omit<Partial<Machine>, 'has'> & { readonly files?: readonly string[] },
): Machine => ({
  env: {},
  platform: 'linux',
  home: '/home/ana',
  isRoot: false,
  list: () => [],
  run: () => false,
  ...given,
  has: (path) => (given.files ?? []).includes(path),
});

describe('the browser of the journeys', () => {
  it('is the one that TESSERA_BROWSER names, and an error where that is not there', () => {
    const env = { TESSERA_BROWSER: '/opt/mine' };
    const files = ['/opt/mine', '/usr/bin/chromium'];
    expect(findBrowser(machine({ env, files }))).toBe('/opt/mine');
    expect(() => findBrowser(machine({ env, files: ['/usr/bin/chromium'] }))).toThrow('/opt/mine');
  });

  it.each<[string, Parameters<typeof machine>[0]]>([
    ['/usr/bin/chromium', {}],
    ['/usr/bin/google-chrome', {}],
    ['/home/ana/bin/microsoft-edge', { env: { PATH: `/bin${delimiter}/home/ana/bin` } }],
    ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', { platform: 'darwin' }],
    [
      '/home/ana/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      { platform: 'darwin' },
    ],
  ])('is an installed one: %s', (path, given) => {
    expect(findBrowser(machine({ ...given, files: [path] }))).toBe(path);
  });

  it('is Playwright’s own newest otherwise', () => {
    const file = (version: number) =>
      `/home/ana/.cache/ms-playwright/chromium-${version}/chrome-linux64/chrome`;
    const found = findBrowser(
      machine({
        list: () => [
          'chromium-999',
          'chromium-1255',
          'firefox-2000',
          'chromium_headless_shell-3000',
        ],
        files: [file(999), file(1255)],
      }),
    );
    expect(found).toBe(file(1255));
  });

  it('is installed by Playwright where there is none, by apt where that fails and we are root', () => {
    const tried: string[] = [];
    const files: string[] = [];
    const bare = machine({
      isRoot: true,
      run: (command, parameters) => {
        tried.push([basename(command), ...parameters.map((text) => basename(text))].join(' '));
        if (parameters.includes('install') && command === 'apt-get')
          files.push('/usr/bin/chromium');
        return command === 'apt-get';
      },
    });
    expect(ensureBrowser({ ...bare, has: (path) => files.includes(path) })).toBe(
      '/usr/bin/chromium',
    );
    expect(tried).toEqual([
      `${basename(process.execPath)} cli.js install --no-shell chromium`,
      'apt-get update',
      'apt-get install -y --no-install-recommends chromium',
    ]);
  });

  it('that cannot be had is one sentence, and no one but root asks apt', () => {
    const tried: string[] = [];
    const run = (command: string) => (tried.push(basename(command)), false);
    expect(() => ensureBrowser(machine({ run }))).toThrow(installWords);
    expect(tried).toEqual([basename(process.execPath)]);
  });
});
