/** `npm run bench -- NAME …` runs one bench; without a name it says what there is. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { programOf } from '../support/program.ts';

const folder = new URL('./', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => /^[a-z][a-z-]*\.ts$/.test(file) && file !== 'run.ts')
  .map((file) => file.slice(0, -3))
  .sort();

/** First sentence of the comment at the head of a bench. */
function sentence(name: string): string {
  const head = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(new URL(`${name}.ts`, folder), 'utf8'));
  const words = (head?.[1] ?? '')
    .replace(/^\s*\*/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return /^.*?\.(?=\s|$)/.exec(words)?.[0] ?? words;
}

const [name, ...parameters] = process.argv.slice(2);
if (name && names.includes(name)) {
  const file = fileURLToPath(new URL(`${name}.ts`, folder));
  const run = spawnSync(process.execPath, [programOf('tsx'), file, ...parameters], {
    stdio: 'inherit',
  });
  process.exitCode = run.status ?? 1;
} else {
  if (name) console.log(`There is no bench called ${name}.\n`);
  console.log('npm run bench -- NAME\n');
  for (const each of names) console.log(`  ${each.padEnd(12)} ${sentence(each)}`);
  process.exitCode = name ? 1 : 0;
}
