/** Dialling code, the trunk prefix that is dropped behind it, and whether dates start with the month. */
type Country = { readonly dial: string; readonly trunk: string; readonly monthFirst?: true };

/** By ISO 3166 code. Dialling codes and trunk prefixes: ITU E.164 national numbering plans. */
export const countries = {
  AT: { dial: '43', trunk: '0' },
  AU: { dial: '61', trunk: '0' },
  BE: { dial: '32', trunk: '0' },
  BR: { dial: '55', trunk: '0' },
  CA: { dial: '1', trunk: '1' },
  CH: { dial: '41', trunk: '0' },
  CZ: { dial: '420', trunk: '' },
  DE: { dial: '49', trunk: '0' },
  DK: { dial: '45', trunk: '' },
  ES: { dial: '34', trunk: '' },
  FI: { dial: '358', trunk: '0' },
  FR: { dial: '33', trunk: '0' },
  GB: { dial: '44', trunk: '0' },
  IE: { dial: '353', trunk: '0' },
  IN: { dial: '91', trunk: '0' },
  IT: { dial: '39', trunk: '' },
  JP: { dial: '81', trunk: '0' },
  MX: { dial: '52', trunk: '' },
  NL: { dial: '31', trunk: '0' },
  NO: { dial: '47', trunk: '' },
  NZ: { dial: '64', trunk: '0' },
  PL: { dial: '48', trunk: '' },
  PT: { dial: '351', trunk: '' },
  SE: { dial: '46', trunk: '0' },
  TR: { dial: '90', trunk: '0' },
  US: { dial: '1', trunk: '1', monthFirst: true },
  ZA: { dial: '27', trunk: '0' },
} as const satisfies Readonly<Record<string, Country>>;

/** What is known of a country; undefined for '' and for one that is not in the list. */
export const countryOf = (code: string): Country | undefined =>
  Object.hasOwn(countries, code) ? countries[code as keyof typeof countries] : undefined; // hasOwn said so
