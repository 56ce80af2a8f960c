import { Naming } from '../lib/naming.svelte.ts';
import { keep, kept } from './on-device.ts';

const key = 'tessera-names';

/** Ids are shown until a person hides them; the choice stays on this device, so that a reload in front of a room shows none. */
export function restoredNaming(): Naming {
  const naming = new Naming();
  naming.hidden = kept(key) === 'hidden';
  return naming;
}

export function toggleNames(naming: Naming): void {
  naming.hidden = !naming.hidden;
  keep(key, naming.hidden ? 'hidden' : 'shown');
}
