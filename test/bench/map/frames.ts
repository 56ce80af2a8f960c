/** Animation frames by hand: a peer that draws at the next frame draws when it is told, so no screen's rhythm is counted. */
const queue: FrameRequestCallback[] = [];
let isByHand = false;

export function takeFrames(): void {
  if (isByHand) return;
  isByHand = true;
  globalThis.requestAnimationFrame = (callback) => queue.push(callback);
  globalThis.cancelAnimationFrame = (id) => {
    queue[id - 1] = () => {};
  };
}

/** Runs what waits for the next frame. */
export function frame(): void {
  for (const callback of queue.splice(0)) callback(performance.now());
}

/** Frame after frame until `isDone`; a worker may answer in between. */
export async function framesUntil(isDone: () => boolean): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  while (!isDone()) {
    frame();
    // A message comes back in microseconds; a timer would wait for milliseconds.
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  }
  port1.close();
}
