/** What stands beside a document. Times are ISO, given by the caller: the store has no clock. */
export type Meta = {
  readonly id: string;
  readonly name: string;
  readonly changedAt: string;
  /** When it was put in the bin; null where it is not there. */
  readonly removedAt: string | null;
  /** When a copy was last made with `exportFile`. */
  readonly backedUpAt: string | null;
  /** SHA-256 of every stored file that the document names, lower-case hex. */
  readonly blobs: readonly string[];
  /** The steps that undo goes back over, opaque to the store; '' or absent: none. In no copy and no `.tessera` file. */
  readonly undo?: string;
};

/** What a person changes at once; what is not named stays. */
export type Change = Partial<Omit<Meta, 'id'>> & {
  /** Opaque to the store. */
  readonly document?: string;
};

/** A document and the stored files that it names: what is saved together. */
export type Draft = {
  readonly document: string;
  readonly blobs: readonly string[];
  readonly undo?: string;
};

export type NewProject = {
  readonly name: string;
  readonly document: string;
  readonly blobs: readonly string[];
  readonly at: string;
};

/** A project's id and the number of the state that was written: the next save must name it. */
export type SavedState = { readonly id: string; readonly generation: number };

/**
 * What could not be read. `newest`: the state saved last is lost and the one before it is whole; `spare`: the state saved
 * last is whole; `unknown`: the head is damaged too, so it may be either.
 */
export type Damage = {
  readonly slot: 'a' | 'b';
  readonly lost: 'newest' | 'spare' | 'unknown';
};

export type Reading = {
  readonly generation: number;
  readonly meta: Meta;
  readonly document: string;
  readonly damage: Damage | null;
};

/** One line of the list. */
export type ProjectItem =
  | (Meta & {
      readonly state: 'whole' | 'older';
      readonly generation: number;
      /** Of the document and the stored files together. */
      readonly bytes: number;
    })
  /** `name` is what it seems to be called; null where even that is lost. */
  | { readonly state: 'unreadable'; readonly id: string; readonly name: string | null };

/** Bytes of the browser's disk that this origin uses and may use; null where the browser does not tell. */
export type Usage = { readonly used: number | null; readonly quota: number | null };

/** Days that a removed project stays in the bin. */
export const BIN_DAYS = 30;
