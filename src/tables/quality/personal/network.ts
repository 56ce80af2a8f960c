/** Four numbers up to 255 without leading zeros. */
export function isIpv4(text: string): boolean {
  const parts = text.length > 15 ? [] : text.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  );
}

/** Groups of up to four hex digits, at most one :: for a run of zeros, an IPv4 address at the end allowed (RFC 4291). */
export function isIpv6(text: string): boolean {
  if (text.length > 45 || !text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const size = groups.length + (last.includes('.') ? 1 : 0);
  const isGroup = (group: string, i: number) =>
    /^[0-9a-f]{1,4}$/i.test(group) ||
    (i === groups.length - 1 && !text.endsWith(':') && isIpv4(group));
  return groups.every(isGroup) && (halves.length === 2 ? size <= 7 : size === 8);
}

/** Six bytes, in pairs with : or -, or in three groups with dots. */
export const isMac = (text: string): boolean =>
  /^(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})$/i.test(
    text,
  );
