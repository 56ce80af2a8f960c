import { wrap } from 'comlink';
import engineUrl from '../../workers/engine.worker.ts?worker&url';
import fileUrl from '../../workers/file.worker.ts?worker&url';
import sampleUrl from '../../workers/sample.worker.ts?worker&url';
import segmentUrl from '../../workers/segment.worker.ts?worker&url';
import type { FileApi } from '../files/worker-api.ts';
import { askGuard } from '../guard/ask.ts';
import { ownScript } from '../guard/trusted.ts';
import type { Ask, Block } from '../guard/types.ts';
import { TesseraError } from '../lib/errors.ts';
import type { Service } from '../lib/job.ts';
import type { SampleApi } from '../samples/worker-api.ts';
import type { SegmentApi } from '../segments/worker-api.ts';

/** Every thread of this tab. Each starts once, is asked by the guard, and is started again if it dies. */
export class Workers {
  readonly #files = new Thread<FileApi>(fileUrl);
  readonly #samples = new Thread<SampleApi>(sampleUrl);
  readonly #segments = new Thread<SegmentApi>(segmentUrl);
  #engine: Worker | null = null;

  readonly files: Service<FileApi> = this.#files;
  readonly samples: Service<SampleApi> = this.#samples;
  readonly segments: Service<SegmentApi> = this.#segments;

  /** The database's worker. It speaks DuckDB's own messages, so `db/` talks to it itself. The first is the one that the guard asked. */
  startEngine = (): Worker => {
    const worker = this.#engine ?? start(engineUrl);
    this.#engine = null;
    return worker;
  };

  /** For the guard: how to ask each of them, by the name a person knows it by. */
  asks(onblock: (block: Omit<Block, 'count'>) => void): Readonly<Record<string, Ask>> {
    this.#engine ??= start(engineUrl);
    const engine = this.#engine;
    return {
      'the database': asking(engine, onblock),
      'the file reader': asking(this.#files.worker, onblock),
      'the sample maker': asking(this.#samples.worker, onblock),
      'the segment finder': asking(this.#segments.worker, onblock),
    };
  }
}

const asking =
  (worker: Worker, onblock: (block: Omit<Block, 'count'>) => void): Ask =>
  (signal) => {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ guard: port2 }, [port2]);
    return askGuard(port1, signal, onblock);
  };

const start = (url: string): Worker =>
  // Trusted Types: a worker may only start from an address that the one policy has checked. The type library knows strings only.
  new Worker(ownScript(new URL(url, document.baseURI)) as unknown as string, { type: 'module' });

type Running<Api> = Service<Api> & { readonly worker: Worker };

/** Starts at first use; if it died, again at the next. */
class Thread<Api> implements Service<Api> {
  readonly #url: string;
  #running: Running<Api> | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  get api(): Api {
    return this.#live().api;
  }

  get dead(): AbortSignal {
    return this.#live().dead;
  }

  get worker(): Worker {
    return this.#live().worker;
  }

  #live(): Running<Api> {
    if (!this.#running || this.#running.dead.aborted) this.#running = launch<Api>(this.#url);
    return this.#running;
  }
}

function launch<Api>(url: string): Running<Api> {
  const worker = start(url);
  const dead = new AbortController();
  worker.onerror = (event) => {
    worker.terminate();
    dead.abort(new TesseraError('worker-died', event.message || 'the worker did not load'));
  };
  return { worker, api: wrap<Api>(worker) as Api, dead: dead.signal }; // comlink's Remote<Api> is Api: every method is async already
}
