/** Starts the worker that the GPU tests run in, under the app's own policy, and lets the test call its cases. */
import { wrap } from 'comlink';
import { ownScript } from '../../../src/guard/trusted.ts';
import workerUrl from './lab.worker.ts?worker&url';
import type { Lab } from './lab.worker.ts';

const complaints: string[] = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  complaints.push(`${violatedDirective} ${blockedURI}`),
);
const start = (): Worker => {
  const address = ownScript(new URL(workerUrl, document.baseURI)) as unknown as string; // as in src/app/workers.ts
  const worker = new Worker(address, { type: 'module' });
  worker.onerror = ({ message }) => complaints.push(message);
  return worker;
};
const lab = wrap<Lab>(start());

Object.assign(globalThis, {
  /** A case of the lab, in its worker. */
  lab: (name: keyof Lab, options: unknown) =>
    (lab[name] as (it: unknown) => Promise<unknown>)(options),
  complaints,
});
