/**
 * The one source of truth for what the browser is told to forbid. Everything that sends or prints a header reads it here:
 * `vite dev` and `vite preview`, the service worker, `dist/_headers`, the snippets in the README, the `<meta>` in index.html.
 */

type Directives = Readonly<Record<string, string>>;

/** What a `<meta>` may say too. */
const everywhere: Directives = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'form-action': "'none'",
  'frame-src': "'none'",
  'base-uri': "'none'",
  'object-src': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'tessera-worker',
};

/** A `<meta>` may not say these, so seeing them in a violation proves that the header arrived. */
const headerOnly: Directives = {
  'frame-ancestors': "'none'",
  // Forms for the sake of Enter (a sandbox without them swallows `submit`): form-action sends them nowhere.
  sandbox: 'allow-scripts allow-same-origin allow-forms allow-downloads allow-modals',
};

const line = (directives: Directives): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** The last resort for a host without headers and a browser without service workers. It does not reach workers. */
export const metaPolicy = line(everywhere);

/**
 * `report-to` names an endpoint that nobody defines: no report is ever sent, but the browser then tells the page itself of
 * a block (ReportingObserver), which is the only way to see in Chromium 156 that this header is in force.
 */
export const connectionAllowlist = '(response-origin);report-to=page';

const closed =
  'accelerometer autoplay browsing-topics camera captured-surface-control compute-pressure deferred-fetch deferred-fetch-minimal digital-credentials-create digital-credentials-get display-capture encrypted-media gamepad geolocation gyroscope hid identity-credentials-get idle-detection interest-cohort language-model local-fonts local-network loopback-network magnetometer microphone midi on-device-speech-recognition otp-credentials payment picture-in-picture private-state-token-issuance private-state-token-redemption publickey-credentials-create publickey-credentials-get screen-wake-lock serial speaker-selection storage-access sync-xhr usb window-management xr-spatial-tracking';
const own = 'clipboard-read clipboard-write cross-origin-isolated fullscreen';
const permissions = [
  ...closed.split(' ').map((feature) => `${feature}=()`),
  ...own.split(' ').map((feature) => `${feature}=(self)`),
].join(', ');

export type Headers = Readonly<Record<string, string>>;

/** The full set, for every response: pages, workers, wasm and errors alike. */
export const policyHeaders: Headers = {
  'Content-Security-Policy': line({ ...everywhere, ...headerOnly }),
  'Connection-Allowlist': connectionAllowlist,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'Permissions-Policy': permissions,
  'Strict-Transport-Security': 'max-age=31536000',
};

/** For `vite dev` only: its client adds `<style>` elements, starts workers from plain strings and sends hot updates in place. */
export const devHeaders: Headers = {
  ...policyHeaders,
  'Content-Security-Policy': line({
    ...Object.fromEntries(
      Object.entries({ ...everywhere, ...headerOnly }).filter(
        ([name]) => !name.includes('trusted'),
      ),
    ),
    'script-src': "'self' 'wasm-unsafe-eval' 'unsafe-inline'",
    'style-src': "'self' 'unsafe-inline'",
  }),
};

/** True if a violation was raised by the header and not by the `<meta>`. */
export const isHeaderPolicy = (policy: string): boolean => policy.includes('frame-ancestors');

/** True if this allowlist names the response's own origin and nothing else, WebRTC closed. */
export const isOwnAllowlist = (header: string | null): boolean =>
  /^\s*\(\s*response-origin\s*\)\s*(;|$)/.test(header ?? '') &&
  !/webrtc\s*=\s*"?allow/.test(header ?? '');
