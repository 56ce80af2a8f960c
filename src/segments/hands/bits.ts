const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const valueOf = new Int8Array(128).fill(-1);
for (let i = 0; i < digits.length; i++) valueOf[digits.charCodeAt(i)] = i;

/** Whole numbers as text, as few bits each as asked for, six to a letter. */
export class BitText {
  readonly #parts: string[] = [];
  #part = '';
  #held = 0;
  #have = 0;

  /** `value` is below 2^bits, and bits at most 40. */
  put(value: number, bits: number): void {
    this.#held = this.#held * 2 ** bits + value;
    this.#have += bits;
    while (this.#have >= 6) {
      const rest = 2 ** (this.#have - 6);
      this.#part += digits[Math.floor(this.#held / rest)]!;
      this.#held %= rest;
      this.#have -= 6;
    }
    if (this.#part.length > 8192) (this.#parts.push(this.#part), (this.#part = ''));
  }

  text(): string {
    if (this.#have > 0) this.put(0, 6 - this.#have);
    return this.#parts.join('') + this.#part;
  }
}

/** `BitText` the other way. */
export class TextBits {
  readonly #text: string;
  #at = 0;
  #held = 0;
  #have = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next number; −1 where the text is over or is none. */
  take(bits: number): number {
    while (this.#have < bits) {
      const digit = valueOf[this.#text.charCodeAt(this.#at++)] ?? -1; // past the end NaN
      if (digit < 0) return -1;
      this.#held = this.#held * 64 + digit;
      this.#have += 6;
    }
    const rest = 2 ** (this.#have - bits);
    const value = Math.floor(this.#held / rest);
    this.#held %= rest;
    this.#have -= bits;
    return value;
  }

  /** Whether nothing but the filling of the last letter is left. */
  get isOver(): boolean {
    return this.#at === this.#text.length && this.#held === 0;
  }
}
