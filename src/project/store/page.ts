import type { Locks } from './folder.ts';
import type { Channel, TurnMessage } from './turn.ts';

/** What the page's browser offers around the store; tests have their own. */
export type Page = {
  /** ISO. */
  readonly now: () => string;
  /** This tab, unlike any other. */
  readonly tab: string;
  readonly locks: Locks;
  readonly channel: (project: string) => Channel;
  /** Whether the browser keeps what is stored until a person deletes it; null where it does not tell. */
  readonly persisted: () => Promise<boolean | null>;
  /** Asks for that; a browser may say no without asking anybody. */
  readonly persist: () => Promise<boolean | null>;
};

export function browserPage(): Page {
  const storage = typeof navigator.storage === 'undefined' ? null : navigator.storage;
  return {
    now: () => new Date().toISOString(),
    tab: crypto.randomUUID(),
    locks: navigator.locks,
    channel: broadcast,
    persisted: async () => (await storage?.persisted()) ?? null,
    persist: async () => (await storage?.persist()) ?? null,
  };
}

function broadcast(project: string): Channel {
  const channel = new BroadcastChannel(`tessera-project-${project}`);
  return {
    post: (message) => channel.postMessage(message),
    hear(listen) {
      channel.onmessage = (event: MessageEvent<TurnMessage>) => listen(event.data);
      return () => channel.close();
    },
  };
}
