import { unsafe } from './limits.ts';

/** What is told of a document as it goes by; names come without their prefix. */
export type XmlListener = {
  readonly open: (name: string, attributes: string) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
};

const LONGEST_TAG = 1_000_000;
const named: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/** Text with its references replaced: the five of XML and numbers; others stay as they stand. */
export const decodeXml = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi, reference)
    : text;

function reference(whole: string, hex?: string, decimal?: string, name?: string): string {
  if (name) return named[name.toLowerCase()] ?? whole;
  const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** The value of an attribute in the text of a tag, prefix or not; null where it is absent. */
export function attribute(attributes: string, name: string): string | null {
  for (let at = attributes.indexOf(`${name}=`); at >= 0;) {
    const before = attributes[at - 1];
    const quote = attributes[at + name.length + 1];
    if ((before === undefined || /[\s:]/.test(before)) && (quote === '"' || quote === "'")) {
      const from = at + name.length + 2;
      const to = attributes.indexOf(quote, from);
      return to < 0 ? null : decodeXml(attributes.slice(from, to));
    }
    at = attributes.indexOf(`${name}=`, at + 1);
  }
  return null;
}

/**
 * Reads XML piece by piece, as far as Office writes it. A document type (the way to make entities explode) is refused with
 * archive-unsafe. What is cut off in the middle ends without a word: whoever unpacks has checked the size and the checksum.
 */
export class XmlScanner {
  readonly #listener: XmlListener;
  #rest = '';

  constructor(listener: XmlListener) {
    this.#listener = listener;
  }

  push(piece: string): void {
    const text = this.#rest + piece;
    let at = 0;
    for (;;) {
      const from = text.indexOf('<', at);
      if (from < 0) break;
      const to = tagEnd(text, from);
      if (to < 0) break;
      if (from > at) this.#listener.text(decodeXml(text.slice(at, from)));
      this.#tag(text, from, to);
      at = to;
    }
    if (text.indexOf('<', at) < 0) at = this.#looseText(text, at);
    this.#rest = text.slice(at);
    if (this.#rest.length > LONGEST_TAG) throw unsafe('One of its tags is longer than 1 MB.');
  }

  /** Text whose end is not in sight, but for a reference that may be cut off; returns the place behind what was told. */
  #looseText(text: string, from: number): number {
    const cut = text.lastIndexOf('&');
    const to = cut >= from && cut > text.length - 12 ? cut : text.length;
    if (to > from) this.#listener.text(decodeXml(text.slice(from, to)));
    return to;
  }

  #tag(text: string, from: number, to: number): void {
    const second = text[from + 1];
    if (second === '?') return;
    if (second === '!') {
      if (text.startsWith('<![CDATA[', from)) this.#listener.text(text.slice(from + 9, to - 3));
      else if (!text.startsWith('<!--', from))
        throw unsafe('Its XML declares a document type, which Office files never do.');
      return;
    }
    const closing = second === '/';
    const empty = text[to - 2] === '/';
    let end = from + (closing ? 2 : 1);
    let start = end;
    for (; end < to - 1; end++) {
      const code = text.charCodeAt(end);
      if (code === 58) start = end + 1;
      else if (code <= 32 || code === 47) break;
    }
    const name = text.slice(start, end);
    if (closing) return this.#listener.close(name);
    this.#listener.open(name, text.slice(end, to - (empty ? 2 : 1)));
    if (empty) this.#listener.close(name);
  }
}

/** The place behind the tag that starts at `from`; -1 where it does not end yet. */
function tagEnd(text: string, from: number): number {
  if (text[from + 1] === '!') {
    if (from + 9 > text.length) return -1;
    const mark = text.startsWith('<!--', from) ? '-->' : text[from + 2] === '[' ? ']]>' : '>';
    const end = text.indexOf(mark, from + (mark === '-->' ? 4 : 2));
    return end < 0 ? -1 : end + mark.length;
  }
  let end = text.indexOf('>', from);
  // A > inside an attribute ends no tag
  for (; end >= 0; end = text.indexOf('>', end + 1)) {
    let quote = '';
    for (let i = from; i < end; i++) {
      const unit = text[i]!;
      if (quote === '' ? unit === '"' || unit === "'" : unit === quote) quote = quote ? '' : unit;
    }
    if (quote === '') return end + 1;
  }
  return -1;
}
