/** Settles as `promise` does, or rejects with the reason of the first of `stops` to abort. `promise` itself goes on. */
export function until<T>(
  promise: Promise<T>,
  ...stops: readonly (AbortSignal | undefined)[]
): Promise<T> {
  const stop = AbortSignal.any(stops.filter((signal) => signal !== undefined));
  return new Promise((resolve, reject) => {
    const give = () => reject(stop.reason);
    if (stop.aborted) give();
    stop.addEventListener('abort', give, { once: true });
    promise.then(resolve, reject).finally(() => stop.removeEventListener('abort', give));
  });
}
