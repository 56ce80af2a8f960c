import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const find = createRequire(import.meta.url);

/** Path of a program that a package brings, to be run by Node itself: no shell, so it is the same on every system. */
export function programOf(name: string, command: string = name): string {
  const manifest = find.resolve(`${name}/package.json`);
  const { bin } = find(manifest) as { bin: string | Record<string, string> }; // npm's own format
  const file = typeof bin === 'string' ? bin : bin[command];
  if (!file) throw new Error(`${name} has no program ${command}`);
  return join(dirname(manifest), file);
}
