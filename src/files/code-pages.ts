import type { Encoding } from './types.ts';

/** Bytes 0x80 to 0xff of the code pages of DOS, which browsers do not know (Unicode's CP437.TXT and CP850.TXT). */
const high = {
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
} as const;

/** The same by byte, in UTF-16 units; null where the browser knows the encoding. */
function unitsOf(encoding: Encoding): Uint16Array | null {
  if (encoding !== 'cp437' && encoding !== 'cp850') return null;
  return Uint16Array.from({ length: 256 }, (_, byte) =>
    byte < 128 ? byte : high[encoding].charCodeAt(byte - 128),
  );
}

const textOf = (bytes: Uint8Array, units: Uint16Array): string =>
  new TextDecoder('utf-16le', { ignoreBOM: true }).decode(
    Uint16Array.from(bytes, (byte) => units[byte]!),
  );

/** A whole text in any encoding that is claimed. Throws TypeError where bytes mean nothing in it and `fatal` is asked for. */
export function decode(bytes: Uint8Array, encoding: Encoding, fatal = false): string {
  const units = unitsOf(encoding);
  if (units) return textOf(bytes, units);
  const decoder = new TextDecoder(encoding, { fatal });
  return decoder.decode(bytes, { stream: true }) + decoder.decode(); // Node 20 reads windows-1252 as Latin-1 in one go
}

/** Bytes in, text out, for any encoding that is claimed. */
export function decoderStream(encoding: Encoding): TransformStream<Uint8Array, string> {
  const units = unitsOf(encoding);
  if (!units)
    return new TextDecoderStream(encoding) as unknown as TransformStream<Uint8Array, string>; // lib.dom asks for BufferSource in
  return new TransformStream<Uint8Array, string>({
    transform: (bytes, controller) => controller.enqueue(textOf(bytes, units)),
  });
}
