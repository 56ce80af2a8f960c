import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { random } from '../../../src/lib/random.ts';
import { findBrowser, installWords } from '../../support/browser.ts';
import { GONE, type Found, type Said, type Site, type State } from './model.ts';

export type Kills = {
  readonly kills: number;
  /** Something reported as saved that was not there, or was in an older state, after a kill. */
  readonly lost: readonly string[];
  /** Something that was there in part. */
  readonly torn: readonly string[];
  /** Starts at which the store or a project could not be opened. */
  readonly unopenable: readonly string[];
  readonly acknowledged: number;
  /** What was under way when the browser was killed. */
  readonly during: Readonly<Record<string, number>>;
};

export type KillOptions = {
  readonly kills: number;
  readonly seed: number;
  readonly onkill?: (done: number) => void;
};

const START_MS = 30_000;

/**
 * Starts a browser on one profile again and again, lets a page work on projects, and kills the whole process group
 * (SIGKILL) at a random moment. The log of what had been reported as saved is kept here, outside the browser.
 */
export async function killAgainAndAgain({ kills, seed, onkill }: KillOptions): Promise<Kills> {
  const scratch = mkdtempSync(join(tmpdir(), 'tessera-crash-'));
  const dist = join(scratch, 'dist');
  await buildPage(dist);
  const log = new Log();
  const site = await serveAndListen(dist, (said) => log.hear(said));
  const draw = random(seed);
  try {
    for (let round = 0; round <= kills; round++) {
      const browser = launch(join(scratch, 'profile'), `${site.url}?seed=${seed + round}`);
      try {
        await log.started(START_MS);
        if (round === kills) break; // the last start only looks
        await pause(20 + draw() * 1800);
      } finally {
        await kill(browser);
      }
      log.killed();
      onkill?.(round + 1);
    }
  } finally {
    await site.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
  return { kills, ...log.result() };
}

/** What was intended and acknowledged, by project. */
class Log {
  readonly #acknowledged = new Map<string, State>();
  readonly #pending = new Map<string, State[]>();
  readonly #bad = { lost: [] as string[], torn: [] as string[], unopenable: [] as string[] };
  readonly #during: Record<string, number> = {};
  #now: Site | 'between' = 'between';
  #count = 0;
  #found: () => void = () => {};
  #deaf = true;

  /** Resolves when the page has told what it found; a browser or store that does not open is counted. */
  async started(patienceMs: number): Promise<void> {
    this.#deaf = false;
    const found = new Promise<true>((resolve) => (this.#found = () => resolve(true)));
    const opened = await Promise.race([found, pause(patienceMs).then(() => false)]);
    if (!opened) this.#bad.unopenable.push('nothing was heard after the start');
  }

  hear(said: Said): void {
    if (this.#deaf) return;
    if (said.say === 'found') this.#check(said.projects);
    else if (said.say === 'broken') {
      this.#bad.unopenable.push(said.why);
      this.#found();
    } else if (said.say === 'will') {
      this.#now = said.what;
      const pending = this.#pending.get(said.token) ?? [];
      this.#pending.set(said.token, [...pending, said.state]);
    } else if (said.say === 'done') {
      const state = this.#pending.get(said.token)?.at(-1) ?? GONE;
      this.#acknowledged.set(said.token, state);
      this.#pending.delete(said.token);
      this.#count++;
    } else this.#now = 'between';
  }

  killed(): void {
    this.#deaf = true;
    this.#during[this.#now] = (this.#during[this.#now] ?? 0) + 1;
    this.#now = 'between';
  }

  result(): Omit<Kills, 'kills'> {
    return { ...this.#bad, acknowledged: this.#count, during: this.#during };
  }

  #check(projects: readonly Found[]): void {
    const states = new Map(projects.map(({ token, state }) => [token, state]));
    for (const { token, state, whole } of projects)
      if (!whole) this.#bad.torn.push(`${token}: ${state}`);
    for (const token of new Set([
      ...this.#acknowledged.keys(),
      ...this.#pending.keys(),
      ...states.keys(),
    ])) {
      const state = states.get(token) ?? GONE;
      const before = this.#acknowledged.get(token) ?? GONE;
      const allowed = [before, ...(this.#pending.get(token) ?? [])];
      if (!allowed.includes(state))
        this.#bad.lost.push(`${token}: ${state}, not ${allowed.join(' or ')}`);
      this.#acknowledged.set(token, state);
    }
    this.#pending.clear();
    this.#found();
  }
}

/** The page that works on projects, without the app around it. */
export async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./', import.meta.url)),
    base: './',
    logLevel: 'error',
    plugins: [svelte({ configFile: false })],
    worker: { format: 'es' },
    build: { target: 'es2023', outDir, emptyOutDir: true },
  });
}

type Listening = { readonly url: string; close(): Promise<void> };

/** Serves it, and hears what it says. */
export async function serveAndListen(
  folder: string,
  hear: (said: Said) => void,
): Promise<Listening> {
  const types: Record<string, string> = { html: 'text/html', js: 'text/javascript' };
  const server = createServer((request, response) => {
    const answer = async () => {
      const { pathname } = new URL(request.url ?? '/', 'http://host');
      if (pathname === '/say') {
        const parts: Buffer[] = [];
        for await (const part of request) parts.push(part as Buffer); // a request is a stream of buffers
        hear(JSON.parse(Buffer.concat(parts).toString()) as Said); // as page.ts says it
        return response.end();
      }
      const name = pathname === '/' ? 'index.html' : pathname.slice(1);
      const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      response.setHeader('Content-Type', type);
      return response.end(await readFile(join(folder, name)));
    };
    answer().catch(() => response.writeHead(404).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP: never a string
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A browser of our own, leader of its process group. */
function launch(profile: string, url: string): ChildProcess {
  const path = findBrowser();
  if (!path) throw new Error(installWords);
  const quiet = '--disable-background-networking --disable-component-update --disable-sync';
  const first = '--no-first-run --no-default-browser-check --disable-gpu --headless=new';
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const flags = [...`${quiet} ${first}`.split(' '), ...root, `--user-data-dir=${profile}`];
  return spawn(path, [...flags, url], { detached: true, stdio: 'ignore' });
}

async function kill(browser: ChildProcess): Promise<void> {
  if (browser.pid === undefined || browser.exitCode !== null) return;
  const gone = once(browser, 'exit');
  process.kill(-browser.pid, 'SIGKILL'); // the group that we started, nothing else
  await gone;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
