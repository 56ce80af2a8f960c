/**
 * Every file of the collections of odd files through open and import, on the engine that ships: each ends as is written down in
 * corpus/expected.ts, its ledger adds up, every letter of it is in a cell or set aside, and none takes over 10 seconds.
 * `npm run bench -- import-corpus PATTERN` reads only the paths that match.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine, printTable, seconds } from '../support/figures.ts';
import { testEngine } from '../support/engine.ts';
import type { Engine } from '../../src/db/query.ts';
import { expectedOf } from './corpus/expected.ts';
import { differsFromExpected } from './corpus/oracles.ts';
import { readFile, type End } from './corpus/read.ts';

const root = fileURLToPath(new URL('../../../shared/data/bad-input/', import.meta.url));
const only = new RegExp(process.argv[2] ?? '.');

type Judged = {
  readonly path: string;
  readonly end: End;
  readonly ms: number;
  readonly wrong: string | null;
};

if (existsSync(root)) process.exitCode = report(await judgeAll());
else
  console.log('import-corpus: the collections of odd files are not here, nothing was tried MISS');
process.exit();

async function judgeAll(): Promise<readonly Judged[]> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile() && only.test(path))
    .sort();
  const judged: Judged[] = [];
  let engine = await started();
  for (const path of paths) {
    const { deaths } = engine;
    const bytes = new Uint8Array(readFileSync(join(root, path)));
    const start = performance.now();
    let end = await readFile(engine, new File([bytes], basename(path), { lastModified: 0 }));
    const ms = performance.now() - start;
    if (engine.deaths > deaths) end = { kind: 'failed', how: 'crash', words: 'the engine died' };
    if (end.kind === 'failed') {
      engine.close();
      engine = await started();
    }
    judged.push({ path, end, ms, wrong: wrongWith(path, end) });
  }
  engine.close();
  return judged;
}

/** An engine that has started, which is no part of the time of a file. */
async function started(): Promise<Engine> {
  const { engine } = testEngine();
  await engine.start();
  return engine;
}

/** What is wrong with the end of a file, or null. */
function wrongWith(path: string, end: End): string | null {
  const expected = expectedOf(path);
  if (end.kind === 'failed') return `${end.how}: ${end.words}`;
  if (end.kind === 'refused') {
    if (expected.end === 'either') return null;
    const said = `refused with ${end.code}: ${end.words}`;
    return expected.end === 'refused' && expected.codes.includes(end.code) ? null : said;
  }
  if (end.wrong) return end.wrong;
  if (expected.end === 'refused')
    return `a table of ${end.rows} rows instead of a refusal (${expected.why})`;
  return differsFromExpected(root, path, end);
}

function report(judged: readonly Judged[]): number {
  const tables = judged.filter(({ end }) => end.kind === 'table');
  const number = (is: (it: Judged) => boolean) => judged.filter(is).length;
  const crashes = number(({ end }) => end.kind === 'failed' && end.how === 'crash');
  const hangs = number(({ end }) => end.kind === 'failed' && end.how === 'hang');
  const lost = tables.filter(({ end }) => end.kind === 'table' && end.wrong !== null).length;
  const right = number(({ wrong }) => wrong === null);
  const reasons = new Map<string, number>();
  for (const { end } of judged)
    if (end.kind === 'refused') reasons.set(end.code, (reasons.get(end.code) ?? 0) + 1);
  const slowest = judged.reduce((a, b) => (b.ms > a.ms ? b : a));
  console.log(`${machine()}\n`);
  printTable([
    ['tried', String(judged.length)],
    ['ended as a table', String(tables.length)],
    [
      '  with rows set aside',
      String(tables.filter(({ end }) => end.kind === 'table' && end.setAside.length > 0).length),
    ],
    ['refused with a reason', String(number(({ end }) => end.kind === 'refused'))],
    ...[...reasons].sort().map(([code, n]) => [`  ${code}`, String(n)]),
    ['crashes', String(crashes)],
    ['hangs', String(hangs)],
    ['wrong', String(judged.length - right)],
    ['slowest', seconds(slowest.ms)],
  ]);
  for (const { path, wrong } of judged)
    if (wrong) console.log(`  wrong: ${path}: ${wrong.slice(0, 300)}`);
  const passed = right === judged.length && crashes + hangs + lost === 0;
  console.log(
    `\nimport-corpus: ${right} of ${judged.length} right (goal ${judged.length} of ${judged.length}, ${crashes} crashes, ${hangs} hangs, ${lost} silent losses) ${passed ? 'PASS' : 'MISS'}`,
  );
  return passed ? 0 : 1;
}
