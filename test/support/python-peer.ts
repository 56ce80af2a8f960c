import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pythonWith } from './peers.ts';

/** A Python script that answers a line of JSON for each that it is asked. */
export type Peer = {
  ask<T>(question: Readonly<Record<string, unknown>>): Promise<T>;
  close(): void;
};

/** Starts `script` in an environment with `packages`; null where Python or they cannot be had. `env` may limit its threads. */
export function openPeer(
  script: string,
  packages: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Peer | null {
  const python = pythonWith(packages);
  if (!python) return null;
  const child = spawn(python, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask<T>(question: Readonly<Record<string, unknown>>): Promise<T> {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${script} ended`);
      return JSON.parse(value) as T; // the script's own format, written beside its caller
    },
    close: () => void child.kill(),
  };
}
