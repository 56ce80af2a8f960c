/** One way to do a job, as the race sees it. */
export type Runner<T> = {
  readonly name: string;
  /** A GPU that is the processor in disguise does not enter. */
  readonly isSoftware: boolean;
  /** Does a small real piece of the job. */
  run(): Promise<T>;
};

export type Race<T> = {
  readonly winner: Runner<T>;
  /** Median milliseconds of those that arrived, in the order given. */
  readonly times: Readonly<Record<string, number>>;
  /** Who did not enter or fell out, and why. */
  readonly out: Readonly<Record<string, string>>;
};

export type RaceOptions<T> = {
  /** Measured rounds, in turn; one more before them warms up and is not counted. */
  readonly rounds: number;
  /** Whether two answers agree. Who disagrees with the first runner falls out. */
  agree(a: T, b: T): boolean;
  /** Milliseconds. */
  now(): number;
};

/**
 * The fastest of several ways on this machine, by a measured race on a small piece of the job. The first runner is the one that is always there,
 * the processor: its answer is right by definition, its error is an error, and it keeps the job in a dead heat.
 */
export async function race<T>(
  [first, ...others]: readonly [Runner<T>, ...Runner<T>[]],
  { rounds, agree, now }: RaceOptions<T>,
): Promise<Race<T>> {
  if (!(rounds >= 1)) throw new RangeError('a race needs a round');
  const out: Record<string, string> = {};
  const truth = await first.run();
  const running: Runner<T>[] = [first];
  for (const runner of others) {
    if (runner.isSoftware) out[runner.name] = 'runs on the processor itself';
    else if (await attempt(runner, (answer) => agree(answer, truth))) running.push(runner);
  }
  const laps = new Map(running.map((runner) => [runner, [] as number[]]));
  for (let round = 0; round < rounds; round++)
    for (const [runner, times] of laps) {
      const began = now();
      if (runner === first) await runner.run();
      else if (!(await attempt(runner, () => true))) {
        laps.delete(runner);
        continue;
      }
      times.push(now() - began);
    }
  const times: Record<string, number> = {};
  let winner = first;
  for (const [runner, own] of laps) {
    times[runner.name] = own.sort((a, b) => a - b)[own.length >> 1] ?? Infinity;
    if (times[runner.name]! < times[winner.name]!) winner = runner;
  }
  return { winner, times, out };

  async function attempt(runner: Runner<T>, accept: (answer: T) => boolean): Promise<boolean> {
    try {
      if (accept(await runner.run())) return true;
      out[runner.name] = 'gave another answer';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error; // the person stopped it
      out[runner.name] = String(error);
    }
    return false;
  }
}
