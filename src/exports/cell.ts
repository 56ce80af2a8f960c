/** The shortest decimal that is this float32 again: 9.95, not 9.949999809265137. Never quoted; -5 stays -5. */
export function numberCell(value: number): string {
  if (!Number.isFinite(value)) return '';
  if (Number.isInteger(value)) return String(value);
  const cents = Math.round(value * 100) / 100;
  if (Math.fround(cents) === value) return String(cents);
  for (let digits = 6; digits < 9; digits++) {
    // Six digits of a float32 are exact: shorter ones end in zeros, which Number drops.
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9))); // nine digits always name one float32
}
