import { fold } from '../../lib/fold.ts';

/** A place that is known by its name or its two letters. */
export type KnownPlace = {
  readonly code: string;
  readonly name: string;
  /** Degrees, about its middle. */
  readonly latitude: number;
  readonly longitude: number;
};

/** Countries (ISO 3166-1), states of the USA and of Brazil: letters, names, degrees; public facts, rounded. */
const sets = [
  `
AD|Andorra|42.5|1.6;AE|United Arab Emirates,UAE|23.4|53.8;AF|Afghanistan|33.9|67.7;AL|Albania|41.2|20.2;AM|Armenia|40.1|45;
AO|Angola|-11.2|17.9;AR|Argentina|-38.4|-63.6;AT|Austria|47.5|14.6;AU|Australia|-25.3|133.8;AZ|Azerbaijan|40.1|47.6;
BA|Bosnia and Herzegovina,Bosnia|43.9|17.7;BB|Barbados|13.2|-59.5;BD|Bangladesh|23.7|90.4;BE|Belgium|50.5|4.5;BF|Burkina Faso|12.2|-1.6;
BG|Bulgaria|42.7|25.5;BH|Bahrain|26|50.6;BI|Burundi|-3.4|29.9;BJ|Benin|9.3|2.3;BM|Bermuda|32.3|-64.8;BN|Brunei|4.5|114.7;
BO|Bolivia|-16.3|-63.6;BR|Brazil|-14.2|-51.9;BS|Bahamas|25|-77.4;BT|Bhutan|27.5|90.4;BW|Botswana|-22.3|24.7;BY|Belarus|53.7|28;
BZ|Belize|17.2|-88.5;CA|Canada|56.1|-106.3;CD|Congo (Kinshasa),Democratic Republic of the Congo,DR Congo|-4|21.8;
CF|Central African Republic|6.6|20.9;CG|Congo|-0.2|15.8;CH|Switzerland|46.8|8.2;CI|Ivory Coast,Cote d’Ivoire|7.5|-5.5;CL|Chile|-35.7|-71.5;
CM|Cameroon|7.4|12.4;CN|China|35.9|104.2;CO|Colombia|4.6|-74.3;CR|Costa Rica|9.7|-83.8;CU|Cuba|21.5|-77.8;CV|Cape Verde,Cabo Verde|16|-24;
CY|Cyprus|35.1|33.4;CZ|Czechia,Czech Republic|49.8|15.5;DE|Germany|51.2|10.5;DJ|Djibouti|11.8|42.6;DK|Denmark|56.3|9.5;
DO|Dominican Republic|18.7|-70.2;DZ|Algeria|28|1.7;EC|Ecuador|-1.8|-78.2;EE|Estonia|58.6|25;EG|Egypt|26.8|30.8;ER|Eritrea|15.2|39.8;
ES|Spain|40.5|-3.7;ET|Ethiopia|9.1|40.5;FI|Finland|61.9|25.7;FJ|Fiji|-16.6|179.4;FO|Faroe Islands|61.9|-6.9;FR|France|46.2|2.2;
GA|Gabon|-0.8|11.6;GB|United Kingdom,UK,Great Britain,Britain|55.4|-3.4;GE|Georgia|42.3|43.4;GG|Guernsey|49.5|-2.6;GH|Ghana|7.9|-1;
GI|Gibraltar|36.1|-5.3;GL|Greenland|71.7|-42.6;GM|Gambia|13.4|-15.3;GN|Guinea|9.9|-9.7;GR|Greece|39.1|21.8;GT|Guatemala|15.8|-90.2;
GY|Guyana|4.9|-58.9;HK|Hong Kong|22.4|114.1;HN|Honduras|15.2|-86.2;HR|Croatia|45.1|15.2;HT|Haiti|19|-72.3;HU|Hungary|47.2|19.5;
ID|Indonesia|-0.8|113.9;IE|Ireland,Eire,Republic of Ireland|53.4|-8.2;IL|Israel|31|34.9;IM|Isle of Man|54.2|-4.5;IN|India|20.6|79;
IQ|Iraq|33.2|43.7;IR|Iran|32.4|53.7;IS|Iceland|65|-19;IT|Italy|41.9|12.6;JE|Jersey,Channel Islands|49.2|-2.1;JM|Jamaica|18.1|-77.3;
JO|Jordan|30.6|36.2;JP|Japan|36.2|138.3;KE|Kenya|0|37.9;KG|Kyrgyzstan|41.2|74.8;KH|Cambodia|12.6|105;
KR|South Korea,Korea,Republic of Korea|35.9|127.8;KW|Kuwait|29.3|47.5;KZ|Kazakhstan|48|66.9;LA|Laos|19.9|102.5;LB|Lebanon|33.9|35.9;
LI|Liechtenstein|47.2|9.6;LK|Sri Lanka|7.9|80.8;LR|Liberia|6.4|-9.4;LS|Lesotho|-29.6|28.2;LT|Lithuania|55.2|23.9;LU|Luxembourg|49.8|6.1;
LV|Latvia|56.9|24.6;LY|Libya|26.3|17.2;MA|Morocco|31.8|-7.1;MC|Monaco|43.7|7.4;MD|Moldova|47.4|28.4;ME|Montenegro|42.7|19.4;
MG|Madagascar|-18.8|46.9;MK|North Macedonia,Macedonia|41.6|21.7;ML|Mali|17.6|-4;MM|Myanmar,Burma|21.9|96;MN|Mongolia|46.9|103.8;
MR|Mauritania|21|-10.9;MT|Malta|35.9|14.4;MU|Mauritius|-20.3|57.6;MV|Maldives|3.2|73.2;MW|Malawi|-13.3|34.3;MX|Mexico|23.6|-102.6;
MY|Malaysia|4.2|102;MZ|Mozambique|-18.7|35.5;NA|Namibia|-23|18.5;NE|Niger|17.6|8.1;NG|Nigeria|9.1|8.7;NI|Nicaragua|12.9|-85.2;
NL|Netherlands,Holland,The Netherlands|52.1|5.3;NO|Norway|60.5|8.5;NP|Nepal|28.4|84.1;NZ|New Zealand|-40.9|174.9;OM|Oman|21.5|55.9;
PA|Panama|8.5|-80.8;PE|Peru|-9.2|-75;PG|Papua New Guinea|-6.3|144;PH|Philippines|12.9|121.8;PK|Pakistan|30.4|69.3;PL|Poland|51.9|19.1;
PR|Puerto Rico|18.2|-66.6;PT|Portugal|39.4|-8.2;PY|Paraguay|-23.4|-58.4;QA|Qatar|25.4|51.2;RO|Romania|45.9|25;RS|Serbia|44|21;
RU|Russia,Russian Federation|61.5|105.3;RW|Rwanda|-1.9|29.9;SA|Saudi Arabia|23.9|45.1;SC|Seychelles|-4.7|55.5;SD|Sudan|12.9|30.2;
SE|Sweden|60.1|18.6;SG|Singapore|1.4|103.8;SI|Slovenia|46.2|15;SK|Slovakia|48.7|19.7;SL|Sierra Leone|8.5|-11.8;SM|San Marino|43.9|12.5;
SN|Senegal|14.5|-14.5;SO|Somalia|5.2|46.2;SR|Suriname|3.9|-56;SS|South Sudan|7.3|30.3;SV|El Salvador|13.8|-88.9;SY|Syria|34.8|39;
SZ|Eswatini,Swaziland|-26.5|31.5;TD|Chad|15.5|18.7;TG|Togo|8.6|0.8;TH|Thailand|15.9|101;TJ|Tajikistan|38.9|71.3;TM|Turkmenistan|39|59.6;
TN|Tunisia|33.9|9.5;TR|Turkey,Türkiye|39|35.2;TT|Trinidad and Tobago|10.7|-61.2;TW|Taiwan|23.7|121;TZ|Tanzania|-6.4|34.9;
UA|Ukraine|48.4|31.2;UG|Uganda|1.4|32.3;US|United States,USA,United States of America|39.8|-98.6;UY|Uruguay|-32.5|-55.8;
UZ|Uzbekistan|41.4|64.6;VA|Vatican City,Vatican|41.9|12.4;VE|Venezuela|6.4|-66.6;VN|Vietnam,Viet Nam|14.1|108.3;XK|Kosovo|42.6|20.9;
YE|Yemen|15.6|48.5;ZA|South Africa,RSA|-30.6|22.9;ZM|Zambia|-13.1|27.8;ZW|Zimbabwe|-19|29.2;`,
  `
AK|Alaska|64.2|-152.5;AL|Alabama|32.8|-86.8;AR|Arkansas|34.8|-92.2;AZ|Arizona|34.3|-111.7;CA|California|37.2|-119.5;CO|Colorado|39|-105.5;
CT|Connecticut|41.6|-72.7;DC|District of Columbia|38.9|-77;DE|Delaware|39|-75.5;FL|Florida|28.6|-82.4;GA|Georgia|32.6|-83.4;
HI|Hawaii|20.3|-156.4;IA|Iowa|42|-93.5;ID|Idaho|44.4|-114.6;IL|Illinois|40|-89.2;IN|Indiana|39.9|-86.3;KS|Kansas|38.5|-98.4;
KY|Kentucky|37.5|-85.3;LA|Louisiana|31|-92;MA|Massachusetts|42.3|-71.8;MD|Maryland|39|-76.8;ME|Maine|45.4|-69.2;MI|Michigan|44.3|-85.4;
MN|Minnesota|46.3|-94.3;MO|Missouri|38.4|-92.5;MS|Mississippi|32.7|-89.7;MT|Montana|47|-109.6;NC|North Carolina|35.6|-79.4;
ND|North Dakota|47.5|-100.3;NE|Nebraska|41.5|-99.8;NH|New Hampshire|43.7|-71.6;NJ|New Jersey|40.2|-74.7;NM|New Mexico|34.4|-106.1;
NV|Nevada|39.3|-116.6;NY|New York|42.9|-75.6;OH|Ohio|40.3|-82.8;OK|Oklahoma|35.6|-97.5;OR|Oregon|43.9|-120.6;PA|Pennsylvania|40.9|-77.8;
RI|Rhode Island|41.6|-71.5;SC|South Carolina|33.9|-80.9;SD|South Dakota|44.4|-100.2;TN|Tennessee|35.9|-86.4;TX|Texas|31.5|-99.3;
UT|Utah|39.3|-111.7;VA|Virginia|37.5|-78.8;VT|Vermont|44.1|-72.7;WA|Washington|47.4|-120.5;WI|Wisconsin|44.6|-90;WV|West Virginia|38.6|-80.6;
WY|Wyoming|43|-107.6;`,
  `
AC|Acre|-9|-70.5;AL|Alagoas|-9.6|-36.8;AM|Amazonas|-4.2|-64.7;AP|Amapá|1.4|-51.8;BA|Bahia|-12.5|-41.7;CE|Ceará|-5.1|-39.6;
DF|Distrito Federal|-15.8|-47.8;ES|Espírito Santo|-19.6|-40.7;GO|Goiás|-16|-49.6;MA|Maranhão|-5.1|-45.3;MG|Minas Gerais|-18.5|-44.7;
MS|Mato Grosso do Sul|-20.3|-54.8;MT|Mato Grosso|-12.9|-55.9;PA|Pará|-4|-53.1;PB|Paraíba|-7.1|-36.8;PE|Pernambuco|-8.3|-37.9;
PI|Piauí|-7.4|-42.9;PR|Paraná|-24.6|-51.6;RJ|Rio de Janeiro|-22.2|-42.7;RN|Rio Grande do Norte|-5.8|-36.7;RO|Rondônia|-10.9|-62.8;
RR|Roraima|2.1|-61.4;RS|Rio Grande do Sul|-29.8|-53.3;SC|Santa Catarina|-27.2|-50.5;SE|Sergipe|-10.6|-37.4;SP|São Paulo|-22.3|-48.8;
TO|Tocantins|-10.2|-48.3;`,
].map(read);

/** By everything that a place is called. */
function read(text: string): ReadonlyMap<string, KnownPlace> {
  const found = new Map<string, KnownPlace>();
  for (const line of text.split(';')) {
    const [code = '', names = '', latitude, longitude] = line.trim().split('|');
    const called = names.split(',');
    const place = {
      ...{ code, name: called[0] ?? '' },
      ...{ latitude: Number(latitude), longitude: Number(longitude) },
    };
    if (code) for (const word of [code, ...called]) found.set(fold(word), place);
  }
  return found;
}

/**
 * Where words lie that are names of places: each word's place, or null; from the one set that knows most of them. Null where it knows less than
 * that share of them, or none.
 */
export function knownPlaces(
  words: readonly string[],
  least: number,
): readonly (KnownPlace | null)[] | null {
  const readings = sets.map((set) => words.map((word) => set.get(fold(word)) ?? null));
  const knownIn = (reading: readonly unknown[]) => reading.filter((place) => place !== null).length;
  const best = readings.reduce((a, b) => (knownIn(b) > knownIn(a) ? b : a));
  return knownIn(best) > 0 && knownIn(best) >= least * words.length ? best : null;
}
