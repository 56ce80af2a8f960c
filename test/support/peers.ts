import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const quietly: SpawnSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'] };

/**
 * Path of a Python that can import `packages`, for peers of benches: that of TESSERA_PEERS_VENV, or one in the system's
 * temporary folder, made and filled if need be. Null where it cannot be had.
 */
export function pythonWith(packages: Readonly<Record<string, string>>): string | null {
  const folder = process.env['TESSERA_PEERS_VENV'] ?? join(tmpdir(), 'tessera-peers');
  const windows = process.platform === 'win32';
  const python = join(folder, ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python']));
  const imports = Object.keys(packages).map((name) => `import ${name}`);
  const works = () =>
    spawnSync(python, ['-c', imports.join('\n')], { stdio: 'ignore' }).status === 0;
  if (existsSync(python) && works()) return python;
  console.log(`Making a Python environment for the peers in ${folder}`);
  if (!existsSync(python))
    spawnSync(windows ? 'python' : 'python3', ['-m', 'venv', folder], quietly);
  spawnSync(python, ['-m', 'pip', 'install', '--quiet', ...Object.values(packages)], quietly);
  return existsSync(python) && works() ? python : null;
}
