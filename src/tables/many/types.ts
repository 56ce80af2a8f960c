import type { Column, Finding, Role, SourceKind } from '../types.ts';
import type { Assigned } from '../roles.ts';
import type { TableKind } from '../types.ts';

/** One of several tables, as imported, and what it is taken for. */
export type TypedTable = {
  /** `t1`, `t2`, …: what settings and joins call it. */
  readonly id: string;
  /** Its name in the database: `raw_t1`. */
  readonly table: string;
  /** As the person knows it: `olist_customers_dataset.csv`. */
  readonly name: string;
  /** What tells it from the others, in short: `customers`. Safe to make column names from, different for each table. */
  readonly label: string;
  readonly kind: SourceKind;
  /** 0 to 1, of the kind, with the reason in words. */
  readonly confidence: number;
  readonly reason: string;
  readonly rows: number;
  /** With the roles that fit a table of this kind. */
  readonly columns: readonly Column[];
};

/** The columns of one table that a join compares, in order. */
export type JoinKey = { readonly table: string; readonly columns: readonly string[] };

export type JoinKind = 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';

/** How many rows of the other side a row meets that meets any. */
export type FanOut = { readonly most: number; readonly mean: number };

/** What comparing the values of two keys found. A row whose key is empty in any part meets nothing and is no orphan. */
export type Measured = {
  readonly kind: JoinKind;
  /** Share of the left rows that find a partner, of all left rows; and of the right rows that are found. */
  readonly coverage: number;
  readonly coverageBack: number;
  /** Right rows that a left row meets, and left rows that a right row meets. */
  readonly fanOut: FanOut;
  readonly fanOutBack: FanOut;
  /** Rows with a key that finds no partner. */
  readonly orphans: number;
  readonly orphansBack: number;
  /** Rows without a key. */
  readonly empty: number;
  readonly emptyBack: number;
  /** Share of the left rows with a key that find a partner. */
  readonly fit: number;
  readonly fitBack: number;
  /** Different keys on each side, and how many both have. */
  readonly keys: number;
  readonly keysBack: number;
  readonly shared: number;
  /** 1: every key was compared; else one of so many, chosen by the hash of the key. */
  readonly oneIn: number;
};

/** Two tables that fit together. Where one side has each key once, it is the right one. */
export type Join = Measured & {
  readonly left: JoinKey;
  readonly right: JoinKey;
  /** 0 to 1, with the reason in words. */
  readonly confidence: number;
  readonly reason: string;
  /** A person connected these columns. */
  readonly isGiven: boolean;
  /** Keys are compared without regard to capitals and blanks: only where a person said so. */
  readonly folded: boolean;
  /** What comparing them so would find, where that is much more; null: it would not. */
  readonly offer: Offer | null;
};

export type Offer = Pick<Measured, 'kind' | 'coverage' | 'coverageBack'>;

/** What a person decided about several tables; what is absent was found by Tessera. */
export type ManySettings = {
  readonly tables?: readonly {
    readonly id: string;
    readonly kind?: SourceKind;
    readonly roles?: readonly { readonly column: string; readonly role: Role }[];
  }[];
  /** `use: false` leaves a suggested join out; `use: true` takes one that Tessera would not, or connects columns anew. */
  readonly joins?: readonly {
    readonly left: JoinKey;
    readonly right: JoinKey;
    readonly use: boolean;
    /** Keys that differ in capitals and blanks only are the same. */
    readonly folded?: boolean;
  }[];
  /** The table whose rows are those of the result. */
  readonly spine?: string;
};

/** A table brought in: each row of the spine meets one row of it at most. */
export type Step = {
  readonly join: Join;
  /** The table that is already there, and the columns of the two that are compared. */
  readonly from: JoinKey;
  readonly to: JoinKey;
  /** The right table has some keys more than once: the first row of each is taken. */
  readonly firstOnly: boolean;
};

export type AssembledColumn = Assigned & {
  /** Unique in the result. */
  readonly name: string;
  readonly origin: { readonly table: string; readonly column: string };
};

/** How the tables become one. Plain data. */
export type Assembly = {
  /** Id of the table whose rows are the rows of the result: none is lost, none comes twice. */
  readonly spine: string;
  readonly spineReason: string;
  readonly steps: readonly Step[];
  /** Columns of the spine first, in its order, then those of each step. */
  readonly columns: readonly AssembledColumn[];
  readonly kind: TableKind;
  readonly kindReason: string;
  /** Ids of tables that take no part in the assembly. They stay as they are for later stages. */
  readonly apart: readonly { readonly table: string; readonly reason: string }[];
};

export type Project = {
  readonly tables: readonly TypedTable[];
  readonly joins: readonly Join[];
  readonly assembly: Assembly;
  readonly warnings: readonly Finding[];
};
