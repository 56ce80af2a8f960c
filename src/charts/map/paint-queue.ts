const budgetMs = 12;

/** Paintings that wait for their turn, one a frame until `budgetMs` of it is used: many small maps never hold up the page. */
export class PaintQueue {
  readonly #waiting = new Set<() => void>();
  #request = 0;

  /** Returns how to take it back. */
  add(paint: () => void): () => void {
    this.#waiting.add(paint);
    this.#request ||= requestAnimationFrame(this.#work);
    return () => this.#waiting.delete(paint);
  }

  readonly #work = (): void => {
    const until = performance.now() + budgetMs;
    for (const paint of this.#waiting) {
      this.#waiting.delete(paint);
      paint();
      if (performance.now() >= until) break;
    }
    this.#request = this.#waiting.size > 0 ? requestAnimationFrame(this.#work) : 0;
  };
}
