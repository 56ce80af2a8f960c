import { random } from '../../src/lib/random.ts';

/** 4,000 customers of 1,000 towns, four each, of which twelve have 4 more for each place before the 13th: what was counted can be told by heart. */
export function manyValues(): string {
  const next = random(7);
  const lines = ['customer_id,town,age,income,visits,spend'];
  const towns: string[] = [];
  for (let town = 0; town < 1000; town++) {
    const extra = town < 12 ? 12 - town : 0;
    for (let i = 0; i < 4 + extra; i++) towns.push(`Town ${String(town).padStart(4, '0')}`);
  }
  towns.forEach((town, row) => {
    const kind = row % 5;
    const near = (middle: number, wide: number) => (middle + wide * (next() - 0.5)).toFixed(2);
    lines.push(
      [
        ...[
          `K${row}`,
          town,
          near(25 + 10 * kind, 12),
          near(20_000 + 9_000 * ((kind * 3) % 5), 9_000),
        ],
        ...[near(2 + 6 * ((kind * 2) % 5), 5), near(50 + 80 * kind, 90)],
      ].join(','),
    );
  });
  return lines.join('\n') + '\n';
}
