import { Linked } from '../insight/cross/linked.svelte.ts';
import { useSession } from './session.svelte.ts';

/** The linked views of the open project; made by the first place that shows them. */
export function useLinked(): Linked {
  const session = useSession();
  const { features, tables, segments, selection, engine } = session;
  session.linked ??= new Linked({ features, tables, segments, selection, query: engine.query });
  return session.linked;
}
