import { plural } from '../lib/format.ts';
import type { CanaryReport, GuardReport, Route, Witness } from './types.ts';

/** What each way out is called in a sentence. */
export const routeWords: Record<Route, string> = {
  fetch: 'requests from script',
  websocket: 'web sockets',
  beacon: 'beacons',
  image: 'pictures',
  style: 'style sheets',
  script: 'scripts',
  frame: 'frames',
  webrtc: 'direct connections to another computer (WebRTC)',
  preconnect: 'opening a connection ahead of time (preconnect)',
  'dns-prefetch': 'looking up a name ahead of time (DNS prefetch)',
  'download-link': 'download links to another address',
  navigation: 'leaving this page for another address',
  popup: 'opening a window at another address',
};

/** Under a CSP header alone: nothing but Connection-Allowlist closes these. Trying them would leave the page, so they are known, not tried. */
const behindAllowlist: readonly Route[] = [
  'preconnect',
  'dns-prefetch',
  'webrtc',
  'download-link',
  'navigation',
];

/**
 * The verdict. `full`: the page and each worker saw all canaries blocked by a header, and the allowlist is in force in all.
 * `partial`: the same, but some ways stay open in this browser. `none`: a canary was not seen blocked, or someone did not answer.
 */
export function judge(page: CanaryReport | null, workers: readonly Witness[]): GuardReport {
  const witnesses: readonly Witness[] = [{ name: 'page', report: page }, ...workers];
  const reports = witnesses.flatMap(({ report }) => report ?? []);
  const silent = witnesses.filter(({ report }) => report === null).map(({ name }) => name);
  const leaking = unique(reports.flatMap(({ open }) => open));
  const blocked = unique(reports.flatMap((report) => report.blocked)).filter(
    (route) => !leaking.includes(route),
  );
  const shut = silent.length > 0 || leaking.length > 0 || !reports.every(({ header }) => header);
  const missing = reports.some(({ allowlist }) => allowlist === 'missing');
  const walled = page?.allowlist === 'seen' && !missing;
  const rest: readonly Route[] = walled
    ? []
    : [
        ...behindAllowlist.filter((route) => !blocked.includes(route)),
        ...(page?.sandboxed ? [] : (['popup'] as const)),
      ];
  const open = [...leaking, ...rest];
  const level = shut ? 'none' : open.length > 0 ? 'partial' : 'full';
  return {
    level,
    blocked:
      level === 'full' ? [...new Set([...blocked, ...behindAllowlist, 'popup' as const])] : blocked,
    open,
    witnesses,
    words: sentence({ level, leaking, rest, silent, missing, witnesses }),
  };
}

type Facts = Pick<GuardReport, 'level' | 'witnesses'> & {
  readonly leaking: readonly Route[];
  readonly rest: readonly Route[];
  readonly silent: readonly string[];
  readonly missing: boolean;
};

function sentence({ level, witnesses, leaking, rest, silent, missing }: Facts): string {
  const where = `this page and its ${plural(witnesses.length - 1, 'worker')}`;
  const tried = witnesses.reduce((sum, { report }) => sum + (report?.blocked.length ?? 0), 0);
  if (level === 'full')
    return `Checked just now: ${where} made ${plural(tried, 'attempt')} to send something out, and the browser blocked each.`;
  if (level === 'partial')
    return `Requests from ${where} are blocked. ${missing ? 'Its host' : 'This browser'} leaves ${plural(rest.length, 'way')} open that a hostile script could use: ${list(rest)}. ${missing ? 'The full set of headers closes them' : 'Chrome and Edge from version 152 close them'}.`;
  if (silent.length > 0)
    return `The check did not finish: no answer from ${silent.join(', ')}. Files stay closed. Reload the page.`;
  if (leaking.length > 0)
    return `The check did not pass: nothing blocks ${list(leaking)}. Files stay closed. Open Tessera from a host that sends its headers, or reload once.`;
  return 'The check did not pass: the policy did not come with the page and with each worker. Files stay closed. Open Tessera from a host that sends its headers, or reload once.';
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
const list = (routes: readonly Route[]): string =>
  routes.map((route) => routeWords[route]).join(', ');
