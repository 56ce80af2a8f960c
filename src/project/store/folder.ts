/** Bytes that WebCrypto and files take: never shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A file open for writing in place. Nobody else has it open meanwhile. What is written counts only after `flush`. */
export type Slot = {
  size(): number;
  /** Throws a `QuotaExceededError` where there is no room for all of `bytes`. */
  write(bytes: Bytes, at: number): void;
  /** What is added reads as zeros. */
  truncate(size: number): void;
  /** When it returns, all that was written and the file's name are on the disk. */
  flush(): void;
  close(): void;
};

/** All that the store knows about the disk: OPFS in the browser (`opfs.ts`), a simulated disk in tests. */
export type Folder = {
  names(): Promise<readonly string[]>;
  /** Made where it is missing. */
  folder(name: string): Promise<Folder>;
  /** Made where it is missing; waits a moment where somebody has it open. */
  open(name: string): Promise<Slot>;
  /** As it is now, for reading; null where there is none. */
  file(name: string): Promise<File | null>;
  /** Within this folder; replaces what has the name `to`. All or nothing, but on the disk only after a flush of `to`. */
  move(from: string, to: string): Promise<void>;
  /** With all that is in it; nothing where there is none. */
  remove(name: string): Promise<void>;
};

/** The part of Web Locks that is used, so that tests can have two tabs in one process. */
export type Locks = Pick<LockManager, 'request'>;
