const scratch = { a: new Uint8Array(64), b: new Uint8Array(64) };

/**
 * Jaro's similarity with Winkler's bonus for a common start, 0 … 1 (Winkler 1990; bonus 0.1 a letter, up to four, where Jaro is
 * above 0.7). By UTF-16 units. O(length²), names are short.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  const jaro = jaroOf(a, b);
  if (jaro <= 0.7) return jaro;
  let prefix = 0;
  const most = Math.min(4, a.length, b.length);
  while (prefix < most && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + 0.1 * prefix * (1 - jaro);
}

function jaroOf(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  if (a.length === 0 || b.length === 0) return 0;
  if (scratch.a.length < longest) {
    scratch.a = new Uint8Array(2 * longest);
    scratch.b = new Uint8Array(2 * longest);
  }
  const { a: seenA, b: seenB } = scratch;
  seenA.fill(0, 0, a.length);
  seenB.fill(0, 0, b.length);
  const window = Math.max(0, (longest >> 1) - 1);
  let common = 0;
  for (let i = 0; i < a.length; i++) {
    const letter = a.charCodeAt(i);
    const end = Math.min(b.length - 1, i + window);
    for (let j = Math.max(0, i - window); j <= end; j++) {
      if (seenB[j] || b.charCodeAt(j) !== letter) continue;
      seenA[i] = seenB[j] = 1;
      common++;
      break;
    }
  }
  if (common === 0) return 0;
  let moved = 0;
  for (let i = 0, j = 0; i < a.length; i++) {
    if (!seenA[i]) continue;
    while (!seenB[j]) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j++)) moved++;
  }
  return (common / a.length + common / b.length + (common - (moved >> 1)) / common) / 3;
}

/** Whether one letter put in, left out, changed, or swapped with the next makes `b` of `a`. Equal texts too. O(length). */
export function oneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  const shorter = Math.min(a.length, b.length);
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < shorter - start &&
    a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)
  )
    end++;
  const [restA, restB] = [a.length - start - end, b.length - start - end];
  if (restA <= 1 && restB <= 1) return true;
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

const sounds = '01230120022455012623010202'; // a … z

/**
 * American Soundex (Russell 1918, as the US National Archives use it): first letter and three digits, '' without a letter a–z.
 * h and w between two letters of one sound do not part them.
 */
export function soundex(word: string): string {
  let code = '';
  let last = '';
  for (let i = 0; i < word.length && code.length < 4; i++) {
    const place = word.charCodeAt(i) - 97;
    const sound = sounds[place];
    if (sound === undefined) continue;
    if (code === '') code = word[i]!.toUpperCase();
    else if (sound !== '0' && sound !== last) code += sound;
    if (place !== 7 && place !== 22) last = sound; // h, w
  }
  return code === '' ? '' : code.padEnd(4, '0');
}
