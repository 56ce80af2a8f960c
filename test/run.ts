/**
 * `npm test`: types, unit tests, a build, and the journeys in a real Chromium. Ends with one line for all of them.
 * `npm test -- unit` runs only the suites named: types, unit, build, journeys.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './support/browser.ts';
import { programOf } from './support/program.ts';
import { add, countOf, summaryLine, type Count } from './support/summary.ts';

const scratch = mkdtempSync(join(tmpdir(), 'tessera-test-'));

/** Runs a package's program on our own terminal; gives its exit code. */
function program(name: string, command: string, parameters: readonly string[]): number {
  const path = programOf(name, command);
  return spawnSync(process.execPath, [path, ...parameters], { stdio: 'inherit' }).status ?? 1;
}

const check = (exitCode: number): Count => ({
  passed: exitCode === 0 ? 1 : 0,
  failed: exitCode === 0 ? 0 : 1,
  skipped: 0,
});

function vitest(name: string, parameters: readonly string[]): Count {
  const report = join(scratch, `${name}.json`);
  const exitCode = program('vitest', 'vitest', [
    ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ...parameters,
  ]);
  return countOf(read(report), exitCode);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // vitest died before it could report: counted as a failure
  }
}

function journeys(): Count {
  process.env['TESSERA_BROWSER'] = ensureBrowser();
  return vitest('journeys', ['--config', 'test/journeys.config.ts']);
}

type Suite = { readonly name: string; readonly what: string; readonly run: () => Count };
const suites: readonly Suite[] = [
  {
    name: 'types',
    what: 'types of the components (svelte-check)',
    run: () => check(program('svelte-check', 'svelte-check', ['--fail-on-warnings'])),
  },
  {
    name: 'types',
    what: 'types of the page (tsc)',
    run: () => check(program('typescript', 'tsc', ['-p', '.'])),
  },
  {
    name: 'types',
    what: 'types of the workers (tsc)',
    run: () => check(program('typescript', 'tsc', ['-p', 'workers'])),
  },
  { name: 'unit', what: 'unit tests', run: () => vitest('unit', []) },
  { name: 'build', what: 'build', run: () => check(program('vite', 'vite', ['build'])) },
  { name: 'journeys', what: 'journeys in a browser', run: journeys },
];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`There is no suite called ${unknown.join(', ')}: types, unit, build, journeys.`);
  process.exit(1);
}

let total: Count = { passed: 0, failed: 0, skipped: 0 };
const failed = new Set<string>();
for (const { name, what, run } of suites) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n— ${what}`);
  const count = name === 'journeys' && failed.has('build') ? withoutBuild() : attempt(run);
  total = add(total, count);
  if (count.failed > 0) failed.add(what);
}
rmSync(scratch, { recursive: true, force: true });
if (failed.size > 0) console.log(`\nFailed: ${[...failed].join(', ')}`);
console.log(`\n${summaryLine(total)}`);
process.exitCode = failed.size > 0 ? 1 : 0;

function withoutBuild(): Count {
  console.log('Not run: there is no build.');
  return { passed: 0, failed: 1, skipped: 0 };
}

/** A suite that cannot start is one failure, with its sentence. */
function attempt(run: () => Count): Count {
  try {
    return run();
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
