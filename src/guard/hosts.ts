import { policyHeaders } from './policy.ts';

/** The policy as common static hosts want it written. The README's hosting section is exactly `hostingSection()`. */
const entries = Object.entries(policyHeaders);

/** `_headers` for Netlify and Cloudflare Pages, in `dist/`. */
export const netlifyHeaders = (): string =>
  ['/*', ...entries.map(([name, value]) => `  ${name}: ${value}`), ''].join('\n');

export const nginxSnippet = (): string =>
  [
    'location / {',
    '  # an add_header in a location below this one would drop all of these there',
    ...entries.map(([name, value]) => `  add_header ${name} "${value}" always;`),
    '  types { application/wasm wasm; application/manifest+json webmanifest; }',
    '  include mime.types;',
    '}',
  ].join('\n');

export const caddySnippet = (): string =>
  ['header {', ...entries.map(([name, value]) => `  ${name} "${value}"`), '}', 'file_server'].join(
    '\n',
  );

export const apacheSnippet = (): string =>
  [
    '<IfModule mod_headers.c>',
    ...entries.map(([name, value]) => `  Header always set ${name} "${value}"`),
    '</IfModule>',
    'AddType application/wasm .wasm',
    'AddType application/manifest+json .webmanifest',
  ].join('\n');

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

/** The README's section on hosting, printed from the policy so that it cannot fall behind it. */
export const hostingSection = (): string =>
  [
    '## Hosting',
    '',
    '`npm run build` makes `dist/`: plain files for any static host and any sub-path, none above 25 MB. Tessera opens no file until',
    'the page and each worker have tried to send something out and have seen it blocked, so the headers below matter.',
    '',
    '- **Netlify, Cloudflare Pages**: `dist/_headers` is already there. Under a sub-path, put the path before its `/*`.',
    '- **GitHub Pages and other hosts without headers**: nothing to set. On the first visit a service worker fetches the app once,',
    '  reloads the page and adds the headers itself; from then on it works offline too. It needs `https:` (or `localhost`).',
    '- **nginx**',
    '',
    fenced('nginx', nginxSnippet()),
    '',
    '- **Caddy**',
    '',
    fenced('text', caddySnippet()),
    '',
    '- **Apache** (`.htaccess`, with `mod_headers`)',
    '',
    fenced('apache', apacheSnippet()),
    '',
    'The host must deliver the files as they are: the service worker checks each against a hash made at build time and installs',
    'nothing that was changed on the way (injected scripts, "optimised" HTML).',
    '',
  ].join('\n');
