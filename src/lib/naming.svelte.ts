import { getContext, setContext } from 'svelte';
import { count } from './format.ts';

const key = Symbol('naming');

/** How customers are called on the screen: by their id, or, in front of a room, by their place in the list. */
export class Naming {
  hidden = $state(false);

  of(customers: readonly string[], row: number): string {
    return this.hidden ? `No. ${count(row + 1)}` : (customers[row] ?? '');
  }
}

export const provideNaming = (naming: Naming): Naming => setContext(key, naming);

/** The one that the frame provides; a component that stands alone calls customers by their id. */
export const useNaming = (): Naming => getContext<Naming | undefined>(key) ?? new Naming();
