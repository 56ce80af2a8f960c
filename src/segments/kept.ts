/** Results kept for the same input, the newest few: going back to one costs no new search. Another input empties it. */
export class Kept<T> {
  readonly #most: number;
  #input: readonly Float32Array[] = [];
  readonly #results = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The result kept under `key` for exactly this input; otherwise makes it. A failure keeps nothing. `input` is kept: the caller may not change it. */
  async get(key: string, input: readonly Float32Array[], make: () => Promise<T>): Promise<T> {
    if (!this.#isSame(input)) {
      this.#results.clear();
      this.#input = input;
    }
    const kept = this.#results.get(key);
    const result = kept ?? (await make());
    if (this.#input !== input && !this.#isSame(input)) return result; // another call came between
    this.#results.delete(key);
    this.#results.set(key, result);
    const [oldest] = this.#results.keys();
    if (this.#results.size > this.#most && oldest !== undefined) this.#results.delete(oldest);
    return result;
  }

  #isSame(input: readonly Float32Array[]): boolean {
    return (
      input.length === this.#input.length &&
      input.every((part, i) => sameBytes(part, this.#input[i]!))
    );
  }
}

function sameBytes(a: Float32Array, b: Float32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
