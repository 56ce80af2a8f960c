import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { kernels } from '../../workers/kernels/kernel-plugin.ts';
import { launch } from './browser.ts';
import { serve } from './serve.ts';

/** A module's functions, run in a worker of a real Chromium that is cross-origin isolated, with a crew of threads: where kernels really run. */
export type Lab = {
  readonly browser: string;
  /** Threads of the crew, the caller's among them. */
  readonly threads: number;
  /** What is written here can be fetched by the module under `/NAME`. */
  readonly folder: string;
  /** Calls export `name` of the module with the crew and these values; the answer must be plain data. */
  call<T>(name: string, ...values: unknown[]): Promise<T>;
  /** Bytes that the page and its workers hold after a collection, as the browser counts them. */
  held(): Promise<number>;
  /** Begins again on a fresh page with a crew of so many; how many it then has. */
  restart(threads: number): Promise<number>;
  close(): Promise<void>;
};

/** `held` collects when it is asked; else the browser waits for a good moment, 15 s and more. */
const collectAtOnce = '--enable-blink-features=ForceEagerMeasureMemory';

const file = (path: string) =>
  JSON.stringify(fileURLToPath(new URL(`../../${path}`, import.meta.url)));

const page = `
import benchUrl from './bench.worker.ts?worker&url';
import crewUrl from ${file('workers/crew.worker.ts').replace(/"$/, '?worker&url"')};
const start = (url) => new Worker(new URL(url, document.baseURI), { type: 'module' });
const open = (threads) => {
  const bench = start(benchUrl);
  const ports = Array.from({ length: threads - 1 }, () => {
    const { port1, port2 } = new MessageChannel();
    start(crewUrl).postMessage({ crew: port2 }, [port2]);
    return port1;
  });
  bench.postMessage({ ports }, ports);
  return bench;
};
let bench;
globalThis.lab = {
  open(threads) {
    bench = open(threads);
    return new Promise((resolve, reject) => {
      bench.onmessage = ({ data }) => resolve(data);
      bench.onerror = (event) => reject(new Error(event.message || 'the worker did not load'));
    });
  },
  call(name, values) {
    return new Promise((resolve, reject) => {
      bench.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.value));
      bench.onerror = (event) => reject(new Error(event.message));
      bench.postMessage({ name, values });
    });
  },
};`;

const worker = (module: string) => `
import * as functions from ${JSON.stringify(module)};
import { crewOf } from ${file('workers/kernels/crew.ts')};
let crew;
onmessage = async ({ data }) => {
  if (data.ports) return postMessage((crew = crewOf(data.ports)).threads);
  try {
    postMessage({ value: await functions[data.name](crew, ...data.values) });
  } catch (error) {
    postMessage({ error: String(error?.stack ?? error) });
  }
};`;

/** `module` is the path of a file whose exports take the crew first. Close it in a \`finally\`. */
export async function openLab(
  module: string,
  {
    threads = 2,
    flags = [],
  }: { readonly threads?: number; readonly flags?: readonly string[] } = {},
): Promise<Lab> {
  const scratch = mkdtempSync(join(tmpdir(), 'tessera-lab-'));
  const folder = join(scratch, 'dist');
  writeFileSync(join(scratch, 'index.html'), '<script type="module" src="./page.ts"></script>');
  writeFileSync(join(scratch, 'page.ts'), page);
  writeFileSync(join(scratch, 'bench.worker.ts'), worker(module));
  await build({
    configFile: false,
    root: scratch,
    base: './',
    logLevel: 'error',
    plugins: [kernels()],
    worker: { format: 'es' },
    build: { target: 'es2023', outDir: folder },
  });
  const isolated = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
  const site = await serve(folder, { headers: isolated });
  const browser = await launch({ args: [collectAtOnce, ...flags] });
  const tab = await browser.newPage();
  tab.on('pageerror', (error) => console.error(error));
  tab.on('console', (message) => console.log(message.text()));
  const start = async (crew: number): Promise<number> => {
    await tab.goto(site.url);
    return tab.evaluate<number>(`lab.open(${crew})`);
  };
  return {
    browser: browser.version(),
    threads: await start(threads),
    restart: start,
    folder,
    call: (name, ...values) =>
      tab.evaluate(`lab.call(${JSON.stringify(name)}, ${JSON.stringify(values)})`),
    held: () =>
      tab.evaluate('performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes)'),
    async close() {
      await browser.close();
      await site.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
