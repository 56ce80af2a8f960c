import { bucketsOf, checkDimension, countList, isListed, type Dimension } from './dimension.ts';
import { boundsOf, CUT, freeBit, IN, passesOf, verdictsOf, type Filter } from './filter.ts';
import type { Standing } from './standing.ts';

/**
 * Linked views over the same customers: each view counts by bin those whom the filters of all *other* views let through.
 *
 * A bit of `failed` for each filter says whom it leaves out: one byte a customer while there are at most eight. A filter that moves asks only
 * the customers of bins that it entered, left or cuts (`bucketsOf`), and each whose answer changes is added to or taken from the
 * views that see it: all others where no other filter fails, the one view whose filter alone fails, or none. The bins of a customer
 * stand side by side (`#flat`), so that one of them costs one look into memory, whatever the number of views.
 * Cost of a step: O(customers in the bins that changed × views); above a quarter of all of them one pass in their order.
 */
export class Crossfilter {
  readonly rows: number;
  readonly #views = new Map<string, Standing>();
  /** Bits of sets of customers that filter and are counted by nobody: a lasso. */
  readonly #masks = new Map<string, number>();
  #failed: Uint8Array | Uint32Array;
  /** [customers × views of one bin each], places in `#counts`. */
  #flat: Uint16Array | Uint32Array = new Uint16Array();
  #counts = new Int32Array();
  /** Whether views came or went since the last two were laid out. */
  #isStale = false;
  #inside: number;
  /** Room for the customers whose answer changes. */
  readonly #turned: Uint32Array;

  constructor(rows: number) {
    this.rows = rows;
    this.#inside = rows;
    this.#failed = new Uint8Array(rows);
    this.#turned = new Uint32Array(rows);
  }

  /** Customers whom every filter lets through. */
  get inside(): number {
    return this.#inside;
  }

  /** A view joins; whatever is filtered already counts for it. Throws RangeError where codes or values make no sense. */
  add(name: string, dimension: Dimension): void {
    if (this.#views.has(name) || this.#masks.has(name))
      throw new RangeError(`${name} is there already`);
    checkDimension(name, dimension, this.rows);
    const all = new Uint32Array(dimension.bins);
    for (let i = 0; i < dimension.codes.length; i++)
      all[dimension.codes[i]!]! += isListed(dimension) ? (dimension.weights?.[i] ?? 1) : 1;
    const nothing = { buckets: null, bounds: null, verdicts: null, low: 0, high: 0, bit: 0 };
    this.#views.set(name, { dimension, all, base: 0, place: -1, ...nothing });
    this.#isStale = true;
  }

  /** A view leaves, and its filter with it. */
  remove(name: string): void {
    this.filter(name, null);
    this.#views.delete(name);
    this.#isStale = true;
  }

  /** Everyone, by bin. */
  all(name: string): Uint32Array {
    return this.#view(name).all;
  }

  /** Those whom all other filters let through, by bin: a copy, since the next step changes it. */
  counts(name: string): Int32Array {
    this.#arrange();
    const { base, dimension } = this.#view(name);
    return this.#counts.slice(base, base + dimension.bins);
  }

  /** Sets what a view lets through; null: everyone. Gives the number of customers who were asked. */
  filter(name: string, filter: Filter | null): number {
    const view = this.#view(name);
    const { dimension, verdicts: before } = view;
    if (!filter && !before) return 0;
    this.#arrange();
    if (filter && 'low' in filter && !isListed(dimension) && dimension.values)
      view.bounds ??= boundsOf(dimension, dimension.values);
    const next = filter && verdictsOf(dimension.bins, filter, view.bounds);
    const changed: number[] = [];
    for (let bin = 0; bin < dimension.bins; bin++) {
      const [was, is] = [before?.[bin] ?? IN, next?.[bin] ?? IN];
      if (was !== is || is === CUT) changed.push(bin);
    }
    if (view.bit === 0) view.bit = this.#freeBit();
    view.verdicts = next;
    if (filter && 'low' in filter) [view.low, view.high] = [filter.low, filter.high];
    const asked = this.#ask(view, changed, isListed(dimension) && !(before && next)); // who is in no bin is in no bucket
    if (!next) view.bit = 0;
    return asked;
  }

  /** Filters by a set of customers, 1 where in; null: no more. */
  mask(name: string, mask: Uint8Array | null): void {
    if (this.#views.has(name)) throw new RangeError(`${name} is a view`);
    if (mask && mask.length !== this.rows)
      throw new RangeError(`${name} has ${mask.length} customers, not ${this.rows}`);
    const own = this.#masks.get(name);
    if (own === undefined && !mask) return;
    this.#arrange();
    const bit = own ?? this.#freeBit();
    this.#masks.set(name, bit);
    const [failed, turned] = [this.#failed, this.#turned];
    let count = 0;
    for (let r = 0; r < this.rows; r++)
      if ((!mask || mask[r] === 1) === ((failed[r]! & bit) !== 0)) turned[count++] = r;
    this.#turn(count, bit, null);
    if (!mask) this.#masks.delete(name);
  }

  /** [customers], `inside` for those whom every filter lets through, but for those of the views and masks named; the others 1 − `inside`. */
  passing(but: readonly string[] = [], inside: 0 | 1 = 1): Uint8Array<ArrayBuffer> {
    let ignored = 0;
    for (const name of but) ignored |= this.#views.get(name)?.bit ?? this.#masks.get(name) ?? 0;
    const failed = this.#failed;
    const passing = new Uint8Array(this.rows);
    const outside = 1 - inside;
    for (let r = 0; r < this.rows; r++)
      passing[r] = (failed[r]! & ~ignored) === 0 ? inside : outside;
    return passing;
  }

  /** Asks the customers of these bins anew, or everyone, and counts again those whose answer changed. */
  #ask(view: Standing, bins: readonly number[], everyone: boolean): number {
    const { dimension, verdicts, bit } = view;
    const { starts, rows } = (view.buckets ??= bucketsOf(dimension));
    const among = bins.reduce((sum, bin) => sum + starts[bin + 1]! - starts[bin]!, 0);
    const isAll = everyone || 4 * among > rows.length;
    const [failed, turned] = [this.#failed, this.#turned];
    let count = 0;
    if (isAll && !isListed(dimension)) {
      const { codes, values } = dimension;
      const { low, high } = view;
      for (let r = 0; r < codes.length; r++) {
        const verdict = verdicts ? verdicts[codes[r]!]! : IN;
        const lets = verdict === CUT ? values![r]! >= low && values![r]! <= high : verdict === IN;
        if (lets === ((failed[r]! & bit) !== 0)) turned[count++] = r;
      }
    } else {
      const lets = passesOf(dimension, view);
      const ranges = isAll ? [[0, this.rows]] : bins.map((bin) => [starts[bin]!, starts[bin + 1]!]);
      for (const [from, to] of ranges)
        for (let i = from!; i < to!; i++) {
          const r = isAll ? i : rows[i]!;
          if (lets(r) !== ((failed[r]! & bit) !== 0)) continue;
          turned[count++] = r;
          failed[r]! ^= bit; // or who is in two of the bins would turn twice
        }
      for (let i = 0; i < count; i++) failed[turned[i]!]! ^= bit;
    }
    this.#turn(count, bit, view);
    return isAll ? this.rows : among;
  }

  /** The filter of `bit` changes its mind about the first `count` customers of `#turned`. */
  #turn(count: number, bit: number, own: Standing | null): void {
    const [turned, failed, flat, counts] = [this.#turned, this.#failed, this.#flat, this.#counts];
    const views = [...this.#views.values()];
    const width = views.filter(({ place }) => place >= 0).length;
    const listed = views.filter((view) => view.place < 0 && view !== own);
    const place = own?.place ?? -1;
    const ofBit: (Standing | undefined)[] = [];
    for (const view of views) if (view.bit !== 0) ofBit[Math.clz32(view.bit)] = view;
    let inside = this.#inside;
    for (let i = 0; i < count; i++) {
      const r = turned[i]!;
      const before = failed[r]!;
      failed[r] = before ^ bit;
      const step = before & bit ? 1 : -1;
      const rest = before & ~bit;
      if (rest === 0) {
        inside += step;
        const first = r * width;
        for (let at = first; at < first + width; at++) counts[flat[at]!]! += step;
        if (place >= 0) counts[flat[first + place]!]! -= step; // a view does not see its own filter
        for (const { base, dimension } of listed) countList(dimension, counts, base, r, step);
      } else if ((rest & (rest - 1)) === 0) {
        const view = ofBit[Math.clz32(rest)];
        if (!view) continue;
        if (view.place >= 0) counts[flat[r * width + view.place]!]! += step;
        else countList(view.dimension, counts, view.base, r, step);
      }
    }
    this.#inside = inside;
  }

  /** Lays the bins of each customer side by side and counts anew, after a view came or went. O(customers × views). */
  #arrange(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    const views = [...this.#views.values()];
    let [base, width] = [0, 0];
    for (const view of views) {
      view.base = base;
      base += view.dimension.bins;
      view.place = isListed(view.dimension) ? -1 : width++;
    }
    const flat = new (base > 65_536 ? Uint32Array : Uint16Array)(this.rows * width);
    const counts = new Int32Array(base);
    const failed = this.#failed;
    for (const { dimension, base, place, bit } of views)
      if (isListed(dimension)) {
        for (let r = 0; r < this.rows; r++)
          if ((failed[r]! & ~bit) === 0) countList(dimension, counts, base, r, 1);
      } else {
        const { codes } = dimension;
        for (let r = 0, at = place; r < codes.length; r++, at += width) {
          const bin = base + codes[r]!;
          flat[at] = bin;
          if ((failed[r]! & ~bit) === 0) counts[bin]!++;
        }
      }
    [this.#flat, this.#counts] = [flat, counts];
  }

  /** A bit that no filter has; wider room from the ninth on. */
  #freeBit(): number {
    const bit = freeBit([
      ...[...this.#views.values()].map(({ bit }) => bit),
      ...this.#masks.values(),
    ]);
    if (bit > 128 && this.#failed instanceof Uint8Array)
      this.#failed = Uint32Array.from(this.#failed);
    return bit;
  }

  #view(name: string): Standing {
    const view = this.#views.get(name);
    if (!view) throw new RangeError(`there is no view ${name}`);
    return view;
  }
}
