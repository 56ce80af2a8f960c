import { wrap } from 'comlink';
import crewUrl from '../../workers/crew.worker.ts?worker&url';
import engineUrl from '../../workers/engine.worker.ts?worker&url';
import fileUrl from '../../workers/file.worker.ts?worker&url';
import insightUrl from '../../workers/insight.worker.ts?worker&url';
import sampleUrl from '../../workers/sample.worker.ts?worker&url';
import peopleUrl from '../../workers/people.worker.ts?worker&url';
import segmentUrl from '../../workers/segment.worker.ts?worker&url';
import storeUrl from '../../workers/store.worker.ts?worker&url';
import type { FileApi } from '../files/worker-api.ts';
import { askGuard } from '../guard/ask.ts';
import { ownScript } from '../guard/trusted.ts';
import type { Ask, Block } from '../guard/types.ts';
import { TesseraError } from '../lib/errors.ts';
import type { Service } from '../lib/job.ts';
import type { InsightApi } from '../insight/worker-api.ts';
import type { SampleApi } from '../samples/worker-api.ts';
import type { SegmentApi } from '../segments/worker-api.ts';
import type { StoreApi } from '../project/store/worker-api.ts';
import type { PeopleApi } from '../tables/people/worker-api.ts';

/** Hears of every worker that started, with the way for the guard to ask it. */
export type OnStart = (asks: Readonly<Record<string, Ask>>) => void;
export type OnBlock = (block: Omit<Block, 'count'>) => void;

/** More would wait for memory, not for one another. */
const MOST_THREADS = 8;

/** Every thread of this tab. Each starts at first use, again if it died, and each start is told to the guard. */
export class Workers {
  readonly files: Service<FileApi>;
  readonly samples: Service<SampleApi>;
  readonly segments: Service<SegmentApi>;
  readonly insight: Service<InsightApi>;
  readonly people: Service<PeopleApi>;
  readonly store: Service<StoreApi>;
  readonly #start: (name: string, url: string) => Worker;
  #engine: Worker | null = null;
  #crew: readonly Worker[] = [];

  constructor(onstart: OnStart, onblock: OnBlock) {
    this.#start = (name, url) => {
      const worker = start(url);
      onstart({ [name]: asking(worker, onblock) });
      return worker;
    };
    const thread = <Api>(name: string, url: string) =>
      new Thread<Api>(() => this.#start(name, url));
    this.files = thread('the file reader', fileUrl);
    this.samples = thread('the sample maker', sampleUrl);
    this.segments = new Thread(() => this.#withCrew(this.#start('the segment finder', segmentUrl)));
    this.insight = thread('the explainer', insightUrl);
    this.people = thread('the people finder', peopleUrl);
    this.store = thread('the project store', storeUrl);
  }

  /** Those that will see a person's data, before there is any, so that the guard's first check covers them. */
  warm(): void {
    this.#engine = this.#start('the database', engineUrl);
    void this.files.dead;
    void this.segments.dead;
    void this.store.dead;
  }

  /** Lends `worker` the other cores, where memory can be shared. A crew whose worker died is let go: it may be waiting in its memory. */
  #withCrew(worker: Worker): Worker {
    for (const each of this.#crew) each.terminate();
    const others = crossOriginIsolated
      ? Math.min(MOST_THREADS, navigator.hardwareConcurrency) - 1
      : 0;
    const channels = Array.from({ length: others }, () => new MessageChannel());
    this.#crew = channels.map(({ port2 }, i) => {
      const each = this.#start(`calculator ${i + 1}`, crewUrl);
      each.postMessage({ crew: port2 }, [port2]);
      return each;
    });
    const ports = channels.map(({ port1 }) => port1);
    worker.postMessage({ crew: ports }, ports);
    return worker;
  }

  /** The database's worker. It speaks DuckDB's own messages, so `db/` talks to it itself. */
  startEngine = (): Worker => {
    const worker = this.#engine ?? this.#start('the database', engineUrl);
    this.#engine = null;
    return worker;
  };
}

const asking =
  (worker: Worker, onblock: OnBlock): Ask =>
  (signal) => {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ guard: port2 }, [port2]);
    return askGuard(port1, signal, onblock);
  };

const start = (url: string): Worker =>
  // Trusted Types: a worker may only start from an address that the one policy has checked. The type library knows strings only.
  new Worker(ownScript(new URL(url, document.baseURI)) as unknown as string, { type: 'module' });

/** Starts at first use; if it died, again at the next. */
class Thread<Api> implements Service<Api> {
  readonly #start: () => Worker;
  #running: Service<Api> | null = null;

  constructor(startWorker: () => Worker) {
    this.#start = startWorker;
  }

  get api(): Api {
    return this.#live().api;
  }

  get dead(): AbortSignal {
    return this.#live().dead;
  }

  #live(): Service<Api> {
    if (!this.#running || this.#running.dead.aborted) this.#running = serviceOf(this.#start());
    return this.#running;
  }
}

function serviceOf<Api>(worker: Worker): Service<Api> {
  const dead = new AbortController();
  worker.onerror = (event) => {
    worker.terminate();
    dead.abort(new TesseraError('worker-died', event.message || 'the worker did not load'));
  };
  return { api: wrap<Api>(worker) as Api, dead: dead.signal }; // comlink's Remote<Api> is Api: every method is async already
}
