import type { Outcome } from '../../lib/job.ts';
import type { Packed } from './tessera-file.ts';
import type {
  Change,
  Draft,
  NewProject,
  ProjectItem,
  Reading,
  SavedState,
  Usage,
} from './types.ts';

export type ExportOptions = {
  /** With the files that the project keeps, or only its decisions. */
  readonly data: boolean;
  /** Locks the file; null leaves it open to everyone. */
  readonly passphrase: string | null;
};

/** A project as it is saved, or what could not be saved; `project` keeps the files that `loose` names, null where nothing is stored. */
export type ExportSource =
  | { readonly saved: string }
  | {
      readonly loose: Draft;
      readonly project: string | null;
      readonly name: string;
      readonly at: string;
    };

export type ImportOptions = {
  readonly passphrase: string | null;
  /** When it is opened: the new project's time. */
  readonly at: string;
};

/** What the store's worker can do. What it writes is on the disk when the promise resolves. */
export type StoreApi = {
  /** Newest change first; those in the bin too. */
  list(port: MessagePort): Promise<Outcome<readonly ProjectItem[]>>;
  create(project: NewProject, port: MessagePort): Promise<Outcome<SavedState>>;
  /** Throws `project-damaged`, with what is known of it, where no state is whole. */
  read(id: string, port: MessagePort): Promise<Outcome<Reading>>;
  /**
   * Saves, renames, removes to the bin, restores: all are a change. `after` is the state that it was made on, null for
   * whatever is newest; gives the number of the new one.
   */
  change(
    id: string,
    after: number | null,
    change: Change,
    port: MessagePort,
  ): Promise<Outcome<number>>;
  /** Accepts the older whole state: the damaged slot is put aside, not thrown away. */
  mend(id: string, port: MessagePort): Promise<Outcome<null>>;
  duplicate(id: string, name: string, at: string, port: MessagePort): Promise<Outcome<SavedState>>;
  /** For ever. False where files stay behind because another project cannot be read and may need them. */
  purge(id: string, port: MessagePort): Promise<Outcome<boolean>>;
  /** Keeps a file and gives its SHA-256. It stays while this tab has `project` open, named by a document or not. */
  putBlob(project: string, file: Blob, port: MessagePort): Promise<Outcome<string>>;
  getBlob(project: string, sha256: string, port: MessagePort): Promise<Outcome<File>>;
  /** The project is closed: files that only undo could need may go. */
  letGo(project: string, port: MessagePort): Promise<Outcome<null>>;
  /** Empties the bin of what is older than 30 days at `now`, and removes files that nobody names. */
  sweep(now: string, port: MessagePort): Promise<Outcome<null>>;
  usage(port: MessagePort): Promise<Outcome<Usage>>;
  exportFile(
    source: ExportSource,
    options: ExportOptions,
    port: MessagePort,
  ): Promise<Outcome<Blob>>;
  importFile(file: Blob, options: ImportOptions, port: MessagePort): Promise<Outcome<SavedState>>;
  /** What a file holds, for a browser that has no place for a project. */
  readFile(file: Blob, passphrase: string | null, port: MessagePort): Promise<Outcome<Packed>>;
};
