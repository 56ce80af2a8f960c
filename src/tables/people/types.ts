/** What a column holds about a person. `full-name` and `address` are taken apart. */
export type FieldKind =
  | 'email'
  | 'phone'
  | 'given-name'
  | 'family-name'
  | 'full-name'
  | 'birth-date'
  | 'street'
  | 'postcode'
  | 'city'
  | 'address';

export type PeopleField = {
  /** Id of the table, as in `PeopleTable`. */
  readonly table: string;
  readonly column: string;
  readonly as: FieldKind;
};

/** `t1:17` or `t1:C-0815`: the table's id, and the line of the record or its own id. */
export type RecordKey = string;
export type KeyPair = readonly [RecordKey, RecordKey];

/** ISO 3166 code of the country whose way of writing phone numbers and dates is meant; '' where nobody said. See `countries`. */
export type Country = string;

/** What a person decided, part of the recipe. Pairs that they accepted or refused win over the model. */
export type PeopleSettings = {
  /** Empty: the columns that Tessera takes for a person's. */
  readonly fields: readonly PeopleField[];
  /** Pairs at least this likely are one person, 0.5 … 1. */
  readonly link: number;
  /** Pairs at least this likely, and below `link`, are asked about, 0 … `link`. */
  readonly review: number;
  /** Of phone numbers without a country code, and of dates such as 3/4/1980. */
  readonly country: Country;
  /** Whether ann+shop@… and a.nn@… of hosts that ignore it are ann@…. */
  readonly sameMailbox: boolean;
  readonly seed: number;
  readonly accepted: readonly KeyPair[];
  readonly refused: readonly KeyPair[];
};

export const peopleDefaults: PeopleSettings = {
  fields: [],
  link: 0.95,
  review: 0.5,
  country: '',
  sameMailbox: true,
  seed: 1,
  accepted: [],
  refused: [],
};

/** What two records are compared by, in this order. */
export const comparisons = ['given', 'family', 'email', 'phone', 'birth', 'place'] as const;
export type Comparison = (typeof comparisons)[number];

/** One attribute of all records: `codes` is [count × width], −1 where missing, else a place in `values`. */
export type Coded = {
  readonly width: number;
  readonly codes: Int32Array<ArrayBuffer>;
  readonly values: readonly string[];
};

export type Attribute =
  'given' | 'family' | 'email' | 'phone' | 'birth' | 'street' | 'house' | 'postcode' | 'city';

/** Records as they are compared: normalised, each distinct text once. */
export type Records = { readonly count: number } & Readonly<Record<Attribute, Coded>>;

/** Candidate pairs of records, `first[i] < second[i]`. */
export type Pairs = {
  readonly first: Int32Array<ArrayBuffer>;
  readonly second: Int32Array<ArrayBuffer>;
};

/** A field's part in one pair: its level in words, and its weight in bits (log2 m/u, common values counted less). */
export type Reason = {
  readonly comparison: Comparison;
  readonly words: string;
  readonly weight: number;
};

/** A pair that a person is asked about. `held`: likely enough, but following it would contradict what is known. */
export type ReviewPair = {
  readonly first: number;
  readonly second: number;
  readonly probability: number;
  /** That they are two people of one household. */
  readonly household: number;
  readonly held: boolean;
  readonly reasons: readonly Reason[];
};

/** One line of the table of weights: how often a level is seen in pairs of one person and of two, and what it weighs. */
export type LevelWeight = {
  readonly comparison: Comparison;
  readonly words: string;
  readonly same: number;
  readonly different: number;
  readonly weight: number;
};

export type Blocks = {
  readonly blocks: number;
  /** Blocks with more records than are paired whole. */
  readonly capped: number;
  /** Pairs inside them that were not looked at. */
  readonly leftOut: number;
};

/**
 * Where the weights come from: all pairs; the pairs that plain rules put together, since at first groups of one name were taken for
 * people; or what is expected of one person, against random pairs, since these were no better.
 */
export type Learnt = 'pairs' | 'rules' | 'expected';

export type Resolution = {
  /** Person of each record, numbered from 0 by first record. */
  readonly people: Int32Array<ArrayBuffer>;
  readonly count: number;
  readonly review: readonly ReviewPair[];
  /** All pairs to be asked about; `review` holds the first of them. */
  readonly unsure: number;
  readonly weights: readonly LevelWeight[];
  readonly learnt: Learnt;
  readonly pairs: number;
  readonly linked: number;
  /** Links not followed because they would have contradicted what is known. */
  readonly held: number;
  /** Chains of links that were split by that. */
  readonly split: number;
  /** Accepted pairs that refused ones rule out. */
  readonly conflicts: number;
  readonly rounds: number;
  /** The rounds ended at their cap rather than by standing still. */
  readonly capped: boolean;
  /** The same e-mail, the same phone, or the same name and birth date: what plain rules would have found. */
  readonly baseline: { readonly people: Int32Array<ArrayBuffer>; readonly count: number };
};
