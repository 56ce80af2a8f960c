/** Every way Tessera itself can fail. A new code does not compile until `words` explains it. */
export type ErrorCode =
  | 'file-empty'
  | 'file-unreadable'
  | 'file-binary'
  | 'file-header-only'
  | 'file-changed'
  | 'format-unsupported'
  | 'archive-unsafe'
  | 'part-missing'
  | 'columns-too-few'
  | 'roles-missing'
  | 'no-customers'
  | 'no-rows'
  | 'people-fields-missing'
  | 'too-few-customers'
  | 'no-features'
  | 'features-missing'
  | 'condition-refused'
  | 'query-failed'
  | 'out-of-memory'
  | 'engine-unavailable'
  | 'matrix-has-gaps'
  | 'recipe-invalid'
  | 'recipe-other-file'
  | 'store-unavailable'
  | 'store-full'
  | 'project-damaged'
  | 'project-missing'
  | 'project-elsewhere'
  | 'stored-file-damaged'
  | 'stored-file-missing'
  | 'backup-invalid'
  | 'backup-damaged'
  | 'backup-locked'
  | 'backup-weak'
  | 'passphrase-wrong'
  | 'worker-died'
  | 'gpu-failed'
  | 'guard-failed'
  | 'unexpected';

export class TesseraError extends Error {
  override readonly name = 'TesseraError';
  readonly code: ErrorCode;

  /** `message` may add the fact that the sentence of the code cannot know: a number, a name, a line. */
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What happened, what is safe, what to do: one entry a code, all in one place so that they can be translated. */
const words: Record<ErrorCode, string> = {
  'file-empty': 'This file holds nothing: 0 rows. Check the export and drop it again.',
  'file-unreadable':
    'This file could not be read. The file itself is untouched. Export it again as CSV and drop it here.',
  'file-binary':
    'This is not a text table. Export it as CSV (comma or semicolon separated) and drop it here.',
  'file-header-only':
    'This file holds column names but no rows. Check the export and drop it again.',
  'file-changed':
    'The file changed on disk while it was open. Nothing was kept from it. Drop it again.',
  'format-unsupported':
    'This kind of file is not read. Export the table as CSV, Excel (.xlsx), Parquet or JSON and drop it here.',
  'archive-unsafe':
    'This file unpacks to far more than a table needs, or is not what it says. It was not opened and nothing was kept from it. Unpack it yourself and drop the table inside.',
  'part-missing': 'The table chosen inside this file is not in it. Pick another one.',
  'columns-too-few':
    'Only one column was found. If the file has more, choose the separator under Assumed.',
  'roles-missing':
    'Tessera could not tell which column identifies a customer. Pick it from the columns.',
  'no-customers':
    'No row has a customer id, so there is no one to group. Pick another customer column.',
  'no-rows':
    'No row can be used: each lacks a date or an amount that can be read. Pick other columns for these roles.',
  'people-fields-missing':
    'No column tells people apart, so nothing was put together. Choose columns with e-mail, phone, name, birth date or address.',
  'too-few-customers':
    'There are too few customers to look for groups. The table below still shows each of them.',
  'no-features':
    'No column tells these customers apart: none can be used, or all are the same for everyone. Give other columns a role under Data.',
  'features-missing':
    'This way of grouping needs measures that these customers do not have. Choose another way, or open a file that has them.',
  'condition-refused':
    'This condition was not run. Nothing was changed. It must be one condition on the columns of the customers.',
  'query-failed': 'The table could not be queried. Your file is untouched; undo the last change.',
  'out-of-memory':
    'This needs more memory than the browser gives a tab. Your file is untouched. Leave out columns you do not need, or use part of the file.',
  'engine-unavailable':
    'The database did not start. Your file is untouched. Reload the page; if it stays, update the browser.',
  'matrix-has-gaps': 'Some customers have no value for a chosen feature. Fill or drop them first.',
  'recipe-invalid': 'This is not a Tessera recipe, or it is damaged. Nothing was changed.',
  'recipe-other-file':
    'This recipe was made with another file. Open that file first, then the recipe.',
  'store-unavailable':
    'This browser gives Tessera no place to keep projects (a private window, or storage is blocked). Work goes on in this tab; export a .tessera file to keep it.',
  'store-full':
    'The browser has no room left for this. What was saved before is whole. Export the project as a .tessera file, then empty the bin or delete what you no longer need.',
  'project-damaged':
    'A part of this project on this device is damaged. Nothing was reset or overwritten. Go on from the whole state that is offered, or open your last .tessera file.',
  'project-missing':
    'This project is no longer on this device. Nothing else was changed. Look in the bin, or open your last .tessera file.',
  'project-elsewhere':
    'Another tab writes this project. Nothing was lost; changes here are not saved. Close that tab, or take over.',
  'stored-file-damaged':
    'A file that this project keeps is damaged on this device, so it was not used. Your decisions are safe. Open the original file again, or your last .tessera file.',
  'stored-file-missing':
    'A file that this project keeps is not on this device any more. Your decisions are safe. Open the original file again, or your last .tessera file.',
  'backup-invalid':
    'This is not a Tessera project file, or a newer Tessera made it. Nothing was changed.',
  'backup-damaged':
    'This project file is damaged or was cut off. Nothing was taken from it. Copy it again from where it came, or use another copy.',
  'backup-locked': 'This project file is locked. Enter its passphrase to open it.',
  'backup-weak':
    'This project file is locked more weakly than Tessera allows, so somebody may have changed it. Nothing was taken from it. Ask for a copy made by Tessera.',
  'passphrase-wrong':
    'The passphrase does not open this file. Nothing was changed. Check capitals and the keyboard, and try again.',
  'worker-died':
    'The calculation stopped and was started again. Your data and settings are safe; run it again.',
  'gpu-failed':
    'The graphics processor stopped answering, so this went on without it: slower, with the same result.',
  'guard-failed':
    'The check that nothing can leave this tab did not pass, so files stay closed. Open the app from a host that sends its headers, or reload once.',
  unexpected:
    'Something went wrong on our side. Your file is untouched; undo the last change or reload.',
};

/** What to show a person. Details stay in `error.message` and `error.cause` for the console. */
export function explain(error: unknown): string {
  return words[error instanceof TesseraError ? error.code : 'unexpected'];
}

/** The fact behind the sentence, where there is one worth showing. */
export function detail(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
