import { Linked } from '../insight/cross/linked.svelte.ts';
import { useSession, type Session } from './session.svelte.ts';

/** The linked views of the open project; made by the first place that shows them. */
export function useLinked(): Linked {
  const session = useSession();
  return session.linked ?? made(session);
}

/** It outlives the place that made it: what is derived inside a component ends with the component. */
function made(session: Session): Linked {
  const { features, tables, segments, selection, engine } = session;
  $effect.root(() => {
    session.linked = new Linked({
      ...{ features, tables, segments, selection, query: engine.query },
      choose: (label, views) =>
        void session.change('segments', label, { ...segments.settings, views }),
    });
  });
  if (!session.linked) throw new TypeError('the linked views were not made');
  return session.linked;
}
