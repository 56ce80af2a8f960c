/** What is said between the page that works on projects and the process that kills its browser. */
export type Said =
  /** After a start: everything that is on the disk. */
  | { readonly say: 'found'; readonly projects: readonly Found[] }
  /** About to do this; `state` is how `token` will look when it is done. */
  | { readonly say: 'will'; readonly what: Site; readonly token: string; readonly state: State }
  /** Reported to the person as saved: all that was intended for `token` up to now. */
  | { readonly say: 'done'; readonly token: string }
  /** Nothing is under way. */
  | { readonly say: 'idle' }
  | { readonly say: 'broken'; readonly why: string };

export type Site =
  'import' | 'edit' | 'rename' | 'delete' | 'restore' | 'purge' | 'undo' | 'export' | 'keep a file';

/** A project in one line, or that it is gone. */
export type State = string;
export const GONE: State = 'gone';

export type Found = {
  readonly token: string;
  readonly state: State;
  /** Read with both slots, every byte of its document and files as they were made. */
  readonly whole: boolean;
};

export type Content = { readonly token: string; readonly edit: number; readonly filling: string };

/** A document that shows by itself whether it is whole. From 2 kB to 400 kB. */
export function documentOf(token: string, edit: number): string {
  const filling = `${token}.${edit} `.repeat(((edit * 7919) % 20_000) + 100);
  return JSON.stringify({ token, edit, filling } satisfies Content);
}

/** `edit` of a document that is exactly what `documentOf` made; null for any other. */
export function editOf(document: string): { token: string; edit: number } | null {
  try {
    const { token, edit } = JSON.parse(document) as Content; // compared as a whole below
    return documentOf(token, edit) === document ? { token, edit } : null;
  } catch {
    return null;
  }
}

export const stateOf = (it: {
  readonly name: string;
  readonly edit: number;
  readonly removed: boolean;
  readonly blobs: readonly string[];
}): State =>
  JSON.stringify([it.name, it.edit, it.removed, it.blobs.map((blob) => blob.slice(0, 8))]);
