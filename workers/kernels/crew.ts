import { CLOSED, functionsOf, instantiate, TURN, work } from './control.ts';

/** The threads that work together in a room, the caller's among them. */
export type Crew = {
  readonly threads: number;
  /** Calls the other threads into a room; each comes when it is free. */
  enter(module: WebAssembly.Module, memory: WebAssembly.Memory): void;
};

/** The caller alone. */
export const solo: Crew = { threads: 1, enter: () => {} };

type Call = { readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory };

/** The caller and one thread behind each port (see `serve`). Alone where memory cannot be shared. */
export function crewOf(ports: readonly MessagePort[]): Crew {
  if (ports.length === 0 || !globalThis.crossOriginIsolated) return solo;
  return {
    threads: ports.length + 1,
    enter: (module, memory) => {
      for (const port of ports) port.postMessage({ module, memory } satisfies Call);
    },
  };
}

/** The other end: works in each room that it is called into until that closes. */
export function serve(port: MessagePort): void {
  port.onmessage = ({ data: { module, memory } }: MessageEvent<Call>) => {
    const slots = new Int32Array(memory.buffer, 0, 16);
    const exports = instantiate(module, memory);
    const names = functionsOf(module);
    for (let seen = 0; ;) {
      Atomics.wait(slots, TURN, seen);
      if (Atomics.load(slots, CLOSED)) return;
      seen = Atomics.load(slots, TURN);
      work(slots, seen, exports, names);
    }
  };
}
