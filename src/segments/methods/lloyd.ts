import type { Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';

const CHUNK = 1 << 15;

/** Lloyd's rounds from given means. Distances are ‖c‖²/2 − x·c, four means at a time: about one multiply-add a value. */
export class Lloyd {
  readonly k: number;
  readonly labels: Int32Array<ArrayBuffer>;
  readonly counts: Int32Array;
  /** [k × cols] */
  readonly means: Float64Array;
  inertia = Infinity;
  capped = false;
  readonly #x: Matrix;
  readonly #sums: Float64Array;
  /** [cols × wide], `wide` the next multiple of four: one load of x serves four means. */
  readonly #across: Float64Array;
  readonly #half: Float64Array;
  readonly #wide: number;

  constructor(x: Matrix, means: Float64Array) {
    this.#x = x;
    this.k = x.cols > 0 ? means.length / x.cols : 1;
    this.means = Float64Array.from(means);
    this.labels = new Int32Array(x.rows).fill(-1);
    this.counts = new Int32Array(this.k);
    this.#sums = new Float64Array(means.length);
    this.#wide = Math.ceil(this.k / 4) * 4;
    this.#across = new Float64Array(x.cols * this.#wide);
    this.#half = new Float64Array(this.#wide);
  }

  /** Rounds until no row moves, or the means together move no farther than √`still`, or the cap. */
  async settle(maxRounds: number, still: number, job: Job): Promise<void> {
    this.capped = true;
    for (let round = 0; round < maxRounds && this.capped; round++) {
      if ((await this.#round(job)) === 0) this.capped = false;
      else if (this.#average() < still) {
        this.capped = false;
        await this.#round(job); // labels must belong to the last means
      }
    }
    if (this.capped) await this.#round(job);
    this.inertia = this.#measure();
  }

  async #round(job: Job): Promise<number> {
    this.#spread();
    this.counts.fill(0);
    this.#sums.fill(0);
    let moved = 0;
    for (let from = 0; from < this.#x.rows; from += CHUNK) {
      moved += this.#assign(from, Math.min(from + CHUNK, this.#x.rows));
      await job.breathe();
    }
    return moved;
  }

  #spread(): void {
    const { cols } = this.#x;
    this.#half.fill(Infinity); // places beyond k never win
    for (let m = 0; m < this.k; m++) {
      let norm = 0;
      for (let c = 0; c < cols; c++) {
        const value = this.means[m * cols + c]!;
        this.#across[c * this.#wide + m] = value;
        norm += value * value;
      }
      this.#half[m] = norm / 2;
    }
  }

  /** Rows `from` to `to` go to their nearest mean and are added to its sum; returns how many moved. Ties: the first mean. */
  #assign(from: number, to: number): number {
    const { cols, data } = this.#x;
    const { labels, counts } = this;
    const [sums, across, half, wide] = [this.#sums, this.#across, this.#half, this.#wide];
    let moved = 0;
    for (let r = from, p = from * cols; r < to; r++, p += cols) {
      let best = Infinity;
      let nearest = 0;
      for (let m = 0; m < wide; m += 4) {
        let d0 = half[m]!;
        let d1 = half[m + 1]!;
        let d2 = half[m + 2]!;
        let d3 = half[m + 3]!;
        for (let c = 0, q = m; c < cols; c++, q += wide) {
          const value = data[p + c]!;
          d0 -= value * across[q]!;
          d1 -= value * across[q + 1]!;
          d2 -= value * across[q + 2]!;
          d3 -= value * across[q + 3]!;
        }
        if (d0 < best) ((best = d0), (nearest = m));
        if (d1 < best) ((best = d1), (nearest = m + 1));
        if (d2 < best) ((best = d2), (nearest = m + 2));
        if (d3 < best) ((best = d3), (nearest = m + 3));
      }
      if (nearest !== labels[r]) ((labels[r] = nearest), moved++);
      counts[nearest]!++;
      for (let c = 0, s = nearest * cols; c < cols; c++) sums[s + c]! += data[p + c]!;
    }
    return moved;
  }

  /** Moves each mean to the middle of its rows; returns the sum of squared moves. */
  #average(): number {
    const { cols } = this.#x;
    this.#refill();
    let moved = 0;
    for (let m = 0; m < this.k; m++) {
      if (this.counts[m] === 0) continue;
      for (let c = 0, q = m * cols; c < cols; c++, q++) {
        const mean = this.#sums[q]! / this.counts[m]!;
        moved += (mean - this.means[q]!) * (mean - this.means[q]!);
        this.means[q] = mean;
      }
    }
    return moved;
  }

  /** A mean that lost its rows takes over the row that lies farthest from its own (as scikit-learn does); none if all lie on theirs. */
  #refill(): void {
    if (!this.counts.includes(0)) return;
    const { cols, data } = this.#x;
    const far = Float64Array.from(this.labels, (m, r) =>
      this.counts[m]! > 1 ? this.#distance(r, m) : 0,
    );
    for (let m = 0; m < this.k; m++) {
      if (this.counts[m]! > 0) continue;
      let row = -1;
      for (let r = 0; r < far.length; r++)
        if (far[r]! > (row < 0 ? 1e-12 : far[row]!) && this.counts[this.labels[r]!]! > 1) row = r;
      if (row < 0) return;
      const old = this.labels[row]!;
      far[row] = 0;
      this.labels[row] = m;
      this.counts[m] = 1;
      this.counts[old]!--;
      for (let c = 0; c < cols; c++) {
        this.#sums[m * cols + c] = data[row * cols + c]!;
        this.#sums[old * cols + c]! -= data[row * cols + c]!;
      }
    }
  }

  #distance(r: number, m: number): number {
    const { cols, data } = this.#x;
    let sum = 0;
    for (let c = 0; c < cols; c++) {
      const d = data[r * cols + c]! - this.means[m * cols + c]!;
      sum += d * d;
    }
    return sum;
  }

  #measure(): number {
    let sum = 0;
    for (let r = 0; r < this.labels.length; r++) sum += this.#distance(r, this.labels[r]!);
    return sum;
  }
}
