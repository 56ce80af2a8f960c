import { createSocket } from 'node:dgram';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcp, type AddressInfo } from 'node:net';

/** Whoever waits outside for a secret: servers on loopback that note each thing that reaches them. */
export type Attacker = {
  /** Ports for the script that attacks. Names end in `.evil.test`, which the browser is told to find here. */
  readonly ports: { readonly http: number; readonly tcp: number; readonly udp: number };
  /** Names of the routes on which something arrived. */
  readonly arrived: ReadonlySet<string>;
  close(): Promise<void>;
};

/** What a hostile server would answer: anything that helps the request along. */
const open = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Timing-Allow-Origin': '*',
};
const kinds: readonly (readonly [RegExp, string, string])[] = [
  [/\.js/, 'text/javascript', 'self.hit = 1;'],
  [/\.css/, 'text/css', 'p { color: red }'],
  [/\.svg/, 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  [/\.vtt/, 'text/vtt', 'WEBVTT\n\n'],
  [/\.events/, 'text/event-stream', 'data: x\n\n'],
  [/\.json/, 'application/json', '{}'],
];

/** Opens HTTP with WebSocket, raw TCP (for connections opened ahead of time) and UDP (posing as STUN). */
export async function attacker(): Promise<Attacker> {
  const arrived = new Set<string>();
  const note = (request: IncomingMessage): void => {
    const route = /^\/r\/([a-z0-9-]+)/.exec(request.url ?? '')?.[1];
    if (route) arrived.add(route);
    else if (/favicon/.test(request.url ?? '')) return;
    else arrived.add(`unknown ${request.url}`);
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    note(request);
    const [, type, body] = kinds.find(([ending]) => ending.test(request.url ?? '')) ?? [
      null,
      'text/html',
      '<!doctype html><title>evil</title>',
    ];
    response.writeHead(200, { ...open, 'Content-Type': type }).end(body);
  };
  const http = createHttp(answer);
  http.on('upgrade', (request, socket) => {
    note(request);
    socket.on('error', () => {});
    socket.end('HTTP/1.1 400 no\r\n\r\n');
  });
  const tcp = createTcp((socket) => {
    arrived.add('preconnect');
    socket.on('error', () => {});
    socket.destroy();
  });
  const udp = createSocket('udp4');
  udp.on('message', () => arrived.add('webrtc'));
  await Promise.all([
    new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve)),
  ]);
  const port = (server: { address(): AddressInfo | string | null }): number =>
    (server.address() as AddressInfo).port; // listening on a port: never a string
  return {
    ports: { http: port(http), tcp: port(tcp), udp: udp.address().port },
    arrived,
    async close() {
      http.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => http.close(resolve)),
        new Promise((resolve) => tcp.close(resolve)),
        new Promise<void>((resolve) => udp.close(resolve)),
      ]);
    },
  };
}
