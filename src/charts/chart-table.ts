/** The numbers of a chart as a table, in words where a person reads words. */
export type ChartTable = {
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly (string | number)[])[];
};
