/** `orders 2011.csv.gz`, `customers`, `csv` → `orders 2011-customers.csv`: safe on every file system, 80 characters of the source at most. */
export function fileName(source: string, what: string, ending: string): string {
  const base = source
    .replace(/\.(csv|tsv|txt|gz)$/i, '')
    .replace(/\.(csv|tsv|txt)$/i, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]/gu, ' ') // control, invisible and turning characters; what file systems refuse
    .replace(/ {2,}/g, ' ')
    .replace(/^[ .]+/, '');
  const short = [...base].slice(0, 80).join('').trimEnd();
  return `${short || 'tessera'}-${what}.${ending}`;
}
