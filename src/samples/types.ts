import type { CsvBytes } from './csv-bytes.ts';

/** The companies that can be made. */
export type SchemeId = 'coffee' | 'fashion' | 'phone';

/** The tables that a company can have; `truth…` hold what was planted, the others what a company would export. */
export type TableId =
  | 'customers'
  | 'transactions'
  | 'products'
  | 'browsing'
  | 'campaigns'
  | 'contacts'
  | 'redemptions'
  | 'reviews'
  | 'truth'
  | 'truth-offers'
  | 'truth-reviews';

/** Everything that decides the bytes of every table. */
export type SampleSpec = {
  readonly scheme: SchemeId;
  /** 0 to 1,000,000. */
  readonly customers: number;
  /** Whole number; only its lowest 32 bits count. */
  readonly seed: number;
  /** First and last day, yyyy-mm-dd, both included; at most `MOST_DAYS` days. */
  readonly from: string;
  readonly to: string;
};

/** How one table is written. Each customer's rows depend on nothing but the spec and that customer. */
export type TableWriter = {
  readonly columns: readonly string[];
  /** Rows that belong to no customer: products, campaigns. */
  readonly shared?: (out: CsvBytes) => void;
  /** Rows of customer `index`, 0 to customers − 1. */
  readonly customer?: (index: number, out: CsvBytes) => void;
};

/** The tables of one company, in the order in which a person would look at them. */
export type SampleTables = ReadonlyMap<TableId, TableWriter>;

/** A company as offered to a person. */
export type Sample = {
  readonly id: SchemeId;
  readonly name: string;
  readonly sentence: string;
  /** The table that is opened, and what its file is called. */
  readonly table: TableId;
  readonly file: string;
  readonly spec: SampleSpec;
};
