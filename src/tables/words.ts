/** The words of a name: camelCase, snake_case, spaces and punctuation split; lower case, accents taken off. */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}#]+/u)
    .filter(Boolean);
}

const idWords = new Set(
  'id ids no nr num number nummer code codigo key uid uuid guid sku ean upc isbn asin zip plz postcode postal phone telefon telephone tel iban invoice rechnung rechnungsnummer kundennummer kundennr kdnr artikelnummer artikelnr bestellnummer auftragsnummer belegnummer customerid userid clientid orderid productid hash # ref reference prefix'.split(
    ' ',
  ),
);

/** Whether a column of digits with this name holds ids, which stay text, rather than quantities. */
export function isIdName(name: string): boolean {
  const words = wordsOf(name);
  const measures = words.some((word) =>
    /^(of|count|anzahl|nb|nombre|total|sum|date|time|timestamp|datum|fecha|amount|value|betrag|price|since)$/.test(
      word,
    ),
  );
  return !measures && words.some((word) => idWords.has(word));
}
