const LINES = 60_000;

/**
 * Made-up order lines with a header, the same every time: what the import is warmed up with. About 9 MB: more rows than DuckDB puts into
 * one row group (122,880), so that what happens at its end is warm too.
 */
export function madeUpFile(): File {
  const lines = Array.from({ length: LINES }, (_, i) => {
    const day = String(1 + (i % 28)).padStart(2, '0');
    const name = i % 10 === 0 ? `"A name, quoted ${i % 97}"` : `A plain name ${i % 89}`;
    const amount = `${i % 100}.${10 + (i % 90)}`;
    return `${500_000 + Math.floor(i / 5)},2024-03-${day} ${10 + (i % 12)}:00:00,${amount},${name}\n`;
  });
  const body = lines.join('');
  return new File(['order_id,date,amount,name\n', body, body, body], 'warm-up.csv', {
    lastModified: 0,
  });
}
