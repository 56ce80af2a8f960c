import { detail, TesseraError, type ErrorCode } from '../../lib/errors.ts';
import type { Told } from './facts.ts';

/** The order lines are asked of the database, which only the page has; answers are computed in a worker, which asks the page over a port. */
type Question = {
  readonly number: number;
  readonly name: keyof Told;
  readonly given: readonly unknown[];
};
type Reply = { readonly number: number } & (
  { readonly value: unknown } | { readonly code: ErrorCode; readonly words: string }
);

/** On the page: answers what is asked over the port that is returned, until it is closed. */
export function telling(facts: Told): { readonly port: MessagePort; close(): void } {
  const { port1: here, port2: port } = new MessageChannel();
  here.onmessage = async ({ data: { number, name, given } }: MessageEvent<Question>) => {
    let reply: Reply;
    try {
      const ask = facts[name].bind(facts) as (...given: readonly unknown[]) => Promise<unknown>; // `asking` passes what it takes
      reply = { number, value: await ask(...given) };
    } catch (error) {
      const code = error instanceof TesseraError ? error.code : 'unexpected';
      reply = { number, code, words: detail(error) };
    }
    here.postMessage(reply, buffersIn(reply));
  };
  return { port, close: () => here.close() };
}

/** The columns of an answer were made for it, so they change hands; of millions a copy would hold the page. */
const buffersIn = (reply: Reply): ArrayBuffer[] =>
  'value' in reply
    ? [reply.value, ...Object.values(reply.value ?? {})].flatMap((it) =>
        ArrayBuffer.isView(it) && it.buffer instanceof ArrayBuffer ? [it.buffer] : [],
      )
    : [];

/** In the worker: the same facts, from the other side of the port. */
export function toldBy(port: MessagePort): Told {
  const open = new Map<number, (reply: Reply) => void>();
  let asked = 0;
  port.onmessage = ({ data }: MessageEvent<Reply>) => {
    open.get(data.number)?.(data);
    open.delete(data.number);
  };
  const ask = <T>(name: keyof Told, given: readonly unknown[]): Promise<T> =>
    new Promise((resolve, reject) => {
      const number = asked++;
      open.set(number, (reply) =>
        'value' in reply
          ? resolve(reply.value as T) // as the fact of that name returns it
          : reject(new TesseraError(reply.code, reply.words)),
      );
      port.postMessage({ number, name, given } satisfies Question);
    });
  return {
    flows: (...given) => ask('flows', given),
    having: (...given) => ask('having', given),
    bought: (...given) => ask('bought', given),
    elsewhere: (...given) => ask('elsewhere', given),
    byValue: (...given) => ask('byValue', given),
    byPart: (...given) => ask('byPart', given),
  };
}
