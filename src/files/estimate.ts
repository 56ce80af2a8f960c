import type { Probe } from './probe.ts';
import { tableBytes, type CellKind } from './table-bytes.ts';

/** What will be made of a file, as far as its sample tells. */
export type Expected = {
  /** In the order of the file. */
  readonly columns: readonly { readonly name: string; readonly kind: CellKind }[];
  /** Columns of the clean table; `from`: the column of the file that it copies, null where none is. */
  readonly clean: readonly { readonly kind: CellKind; readonly from: number | null }[];
  /** The column of the file without which a row is set aside: the customer. */
  readonly needs: number | null;
  readonly kind: 'orders' | 'customers';
};

/** What this tab may use. */
export type Device = {
  /** `memoryLimit(navigator.deviceMemory)`. */
  readonly limitBytes: number;
  /** What the database holds already and will go on holding: `Engine.memory()`. */
  readonly heldBytes: number;
  /** How fast this device reads records into a table; `MEASURED_RATE` until an import told. */
  readonly bytesPerSecond: number;
};

/** What loading takes, in bytes and seconds. Of what part of the file: see `share` of `estimate`. */
export type Estimate = {
  readonly rows: Probe['rows'];
  /** Each with its bytes in the raw table. */
  readonly columns: readonly {
    readonly name: string;
    readonly kind: CellKind;
    readonly bytes: number;
  }[];
  readonly rawBytes: number;
  readonly cleanBytes: number;
  /** The most at any time: while records are read, or while the customers are measured. */
  readonly peakBytes: number;
  readonly seconds: number;
  readonly limitBytes: number;
  /** 'tight': within a tenth of the limit, where the estimate cannot tell. */
  readonly verdict: 'fits' | 'tight' | 'too-big';
};

/** Bytes a second from file to typed table, measured in Chromium on two cores of 2.1 GHz without the warm-up. */
export const MEASURED_RATE = 30e6;
/** Profile, clean table and measures take about as long again. */
const AFTER = 1;
/** What the database needs while it reads: two buffers of 16 MB and what they become. */
const READING = 48e6;
/** Measuring customers groups all order lines at once: 185 to 310 bytes a line were needed on four files. */
const MEASURING = 260;
const TIGHT = 0.9;

/**
 * What loading `share` of the records takes, with the columns in `kept` (all unless told). Columns that are left out are parsed but
 * not kept; records that are left out are read but not kept. Pure. O(columns).
 */
export function estimate(
  seen: Probe,
  expected: Expected,
  device: Device,
  part: { readonly share: number; readonly kept: readonly string[] | null } = {
    share: 1,
    kept: null,
  },
): Estimate {
  const { share, kept } = part;
  const isKept = (i: number) => kept === null || kept.includes(expected.columns[i]?.name ?? '');
  const scale = (rows: number) => Math.round(share * rows);
  const rows = {
    about: scale(seen.rows.about),
    low: scale(seen.rows.low),
    high: scale(seen.rows.high),
  };
  const textOf = (i: number | null) => (i === null ? 0 : (seen.columns[i]?.textBytes ?? 0));
  const columns = expected.columns.map(({ name, kind }, i) => ({
    name,
    kind,
    bytes: tableBytes(rows.about, [{ kind, textBytes: textOf(i) }]),
  }));
  const rawBytes =
    columns.reduce((sum, { bytes }, i) => sum + (isKept(i) ? bytes : 0), 0) +
    tableBytes(rows.about, [
      { kind: 'number', textBytes: 0 }, // line
      { kind: 'text', textBytes: 0 }, // unreadable
    ]);
  const filled = expected.needs === null ? 1 : (seen.columns[expected.needs]?.filled ?? 1);
  const clean = expected.clean
    .filter(({ from }) => expected.kind === 'orders' || from === null || isKept(from))
    .map(({ kind, from }) => ({
      kind,
      textBytes: from !== null && isKept(from) ? textOf(from) : 0,
    }));
  const cleanRows = Math.round(rows.about * filled);
  const cleanBytes = tableBytes(cleanRows, clean);
  const measuring = expected.kind === 'orders' ? MEASURING * cleanRows : READING;
  const peakBytes = device.heldBytes + rawBytes + Math.max(READING, cleanBytes + measuring);
  const { limitBytes } = device;
  const verdict =
    peakBytes <= TIGHT * limitBytes ? 'fits' : peakBytes <= limitBytes ? 'tight' : 'too-big';
  const seconds = (seen.bytes / device.bytesPerSecond) * (1 + AFTER * share);
  return { rows, columns, rawBytes, cleanBytes, peakBytes, seconds, limitBytes, verdict };
}
