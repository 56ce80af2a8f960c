// The work of the stage as one piece of the build, loaded with the first file: the empty page needs none of it.
export { Aside } from './aside.ts';
export { badFit } from './bad-fit.ts';
export { buildDataset } from './build.ts';
export { rowsFrom } from './clean.sql.ts';
export { describeColumns } from './columns.ts';
export { fileLine } from './ledger.ts';
export { lineInFile } from '../files/set.ts';
export { describeTables } from './many/describe.ts';
export { orphanRows } from './many/orphan-rows.ts';
export { pinnedMany } from './many/pinned.ts';
export { Preparation } from './prepare.ts';
export { lookCloser } from './profile.ts';
export { readerChoices } from './reader-choices.ts';
export { shownRows } from './rows.ts';
