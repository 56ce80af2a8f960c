/**
 * `npm test`: types and a build beside each other, unit tests, and the journeys in a real Chromium. Ends with one line for all of
 * them. `npm test -- unit` runs only the suites named: types, unit, build, journeys.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './support/browser.ts';
import { programOf } from './support/program.ts';
import { add, countOf, summaryLine, type Count } from './support/summary.ts';

const scratch = mkdtempSync(join(tmpdir(), 'tessera-test-'));

type Ended = { readonly exitCode: number; readonly said: string };

/** Runs a package's program; what it says goes to our own terminal, or is kept where others run beside it. */
function program(
  name: string,
  command: string,
  parameters: readonly string[],
  output: 'shown' | 'kept' = 'kept',
): Promise<Ended> {
  const path = programOf(name, command);
  const stdio = output === 'shown' ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, [path, ...parameters], { stdio: ['ignore', stdio, stdio] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => void (said += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, said }));
  });
}

/** A program that only says whether all is well. */
const check = (name: string, command: string, parameters: readonly string[]) => async () => {
  const { exitCode, said } = await program(name, command, parameters);
  const passed = exitCode === 0 ? 1 : 0;
  return { said, count: { passed, failed: 1 - passed, skipped: 0 } };
};

async function vitest(name: string, parameters: readonly string[]): Promise<Result> {
  const report = join(scratch, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { exitCode } = await program(
    'vitest',
    'vitest',
    ['run', ...reporters, ...parameters],
    'shown',
  );
  return { said: '', count: countOf(read(report), exitCode) };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // vitest died before it could report: counted as a failure
  }
}

function journeys(): Promise<Result> {
  process.env['TESSERA_BROWSER'] = ensureBrowser();
  return vitest('journeys', ['--config', 'test/journeys.config.ts']);
}

type Result = { readonly count: Count; readonly said: string };
type Suite = { readonly name: string; readonly what: string; readonly run: () => Promise<Result> };

/** One step after the other; what is in one step runs beside each other. */
const steps: readonly (readonly Suite[])[] = [
  [
    {
      name: 'types',
      what: 'types of the components (svelte-check)',
      run: check('svelte-check', 'svelte-check', ['--fail-on-warnings']),
    },
    {
      name: 'types',
      what: 'types of the page (tsc)',
      run: check('typescript', 'tsc', ['-p', '.']),
    },
    {
      name: 'types',
      what: 'types of the workers (tsc)',
      run: check('typescript', 'tsc', ['-p', 'workers']),
    },
    { name: 'build', what: 'build', run: check('vite', 'vite', ['build']) },
  ],
  [{ name: 'unit', what: 'unit tests', run: () => vitest('unit', []) }],
  [{ name: 'journeys', what: 'journeys in a browser', run: journeys }],
];

const chosen = process.argv.slice(2);
const names = new Set(steps.flat().map(({ name }) => name));
const unknown = chosen.filter((name) => !names.has(name));
if (unknown.length > 0) {
  console.error(`There is no suite called ${unknown.join(', ')}: ${[...names].join(', ')}.`);
  process.exit(1);
}

let total: Count = { passed: 0, failed: 0, skipped: 0 };
const failed = new Set<string>();
for (const step of steps) {
  const wanted = step.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  await Promise.all(wanted.map(runSuite));
}
rmSync(scratch, { recursive: true, force: true });
if (failed.size > 0) console.log(`\nFailed: ${[...failed].join(', ')}`);
console.log(`\n${summaryLine(total)}`);
process.exitCode = failed.size > 0 ? 1 : 0;

async function runSuite({ name, what, run }: Suite): Promise<void> {
  const start = performance.now();
  console.log(`\n— ${what}`);
  const { count, said } =
    name === 'journeys' && failed.has('build')
      ? oneFailure('There is no build.')
      : await attempt(run);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`\n${said}— ${what}: ${seconds} s`);
  total = add(total, count);
  if (count.failed > 0) failed.add(what);
}

const oneFailure = (said: string): Result => ({
  count: { passed: 0, failed: 1, skipped: 0 },
  said: `${said}\n`,
});

/** A suite that cannot start is one failure, with its sentence. */
async function attempt(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    return oneFailure(error instanceof Error ? error.message : String(error));
  }
}
