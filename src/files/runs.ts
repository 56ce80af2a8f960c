/** The delimiter that stands for runs of blanks. */
export const RUNS = '  ';
