import { TesseraError } from '../../lib/errors.ts';
import { bytes } from '../../lib/format.ts';

/** Runs what writes `size` bytes; a full disk becomes `store-full` with the figures. The earlier state is whole: nothing here overwrites it. */
export async function withRoom<T>(size: number, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isFull(cause)) throw cause;
    throw new TesseraError('store-full', `${what} needs ${bytes(size)} more than there is.`, {
      cause,
    });
  }
}

const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';
