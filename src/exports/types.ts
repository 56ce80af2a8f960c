/**
 * How text is written. `safe`: no cell can become a formula in a spreadsheet, and Excel reads the accents (byte order mark).
 * `exact`: every text as it is, for machines.
 */
export type TextMode = 'safe' | 'exact';
