import type { Role } from './types.ts';

/** Roles that say who a person is or what happened beside the buying; they never compete with those of `role-names.ts`. */
export type MoreRole = Extract<
  Role,
  | 'email'
  | 'phone'
  | 'person-name'
  | 'birth-date'
  | 'address'
  | 'campaign'
  | 'coupon'
  | 'event'
  | 'rating'
  | 'comment'
  | 'image'
  | 'line'
>;

export type MoreName = {
  readonly role: MoreRole;
  /** Words that name it: English, German, French, Spanish, Portuguese; accents taken off. */
  readonly words: readonly string[];
  /** Words that name it only where nothing else in the header speaks of something else. */
  readonly hints: readonly string[];
  /** Words that say that the column is about something else. */
  readonly not: readonly string[];
};

const list = (text: string): readonly string[] => text.split(' ');

export const moreNames: readonly MoreName[] = [
  {
    role: 'email',
    words: list('email emails mail emailadresse correo courriel eposta emailaddress'),
    hints: list('e contact kontakt'),
    not: list('opened clicked sent count optin opt consent permission date status'),
  },
  {
    role: 'phone',
    words: list(
      'phone phones telephone telefon telefono telefone tel mobile handy cellphone cell celular movil portable phonenumber rufnummer telefonnummer',
    ),
    hints: list('number nummer contact fax'),
    not: list('service plan type brand model lines usage minutes'),
  },
  {
    role: 'person-name',
    words: list(
      'surname firstname lastname fullname forename givenname familyname vorname nachname familienname prenom apellido apellidos sobrenome nomecompleto',
    ),
    hints: list('name first last given family full middle nom nombre nome contact person customer'),
    not: list(
      'product file user category campaign event store shop city state country region brand company item article department channel type domain page code group course station host column status game movie song artist album',
    ),
  },
  {
    role: 'birth-date',
    words: list(
      'birth birthday birthdate dob dateofbirth geburtsdatum geburtstag geburt naissance nacimiento nascimento',
    ),
    hints: list('born'),
    not: list('place city country ort'),
  },
  {
    role: 'address',
    words: list(
      'address adresse street strasse rue calle rua direccion endereco anschrift hausnummer housenumber zip zipcode postcode postal postleitzahl plz cep',
    ),
    hints: list('line road avenue house'),
    not: list('email mail ip mac web url type count'),
  },
  {
    role: 'campaign',
    words: list('campaign campaigns kampagne kampagnen campagne campana campanha campaignid'),
    hints: list('mailing newsletter flight promotion aktion'),
    not: list('type start end date description name cost budget medium source'),
  },
  {
    role: 'coupon',
    words: list(
      'coupon coupons gutschein gutscheincode voucher cupon cupom promocode couponcode vale',
    ),
    hints: list('promo code upc'),
    not: list('disc discount amount value match used count price type date redeemed'),
  },
  {
    role: 'event',
    words: list('event events ereignis evenement evento eventname eventtype action activity'),
    hints: list('page url step screen'),
    not: list('id date time timestamp count number value'),
  },
  {
    role: 'rating',
    words: list(
      'rating ratings stars bewertung sterne puntuacion avaliacao estrellas estrelas csat nps satisfaction zufriedenheit reviewscore',
    ),
    hints: list('score note nota evaluation'),
    not: list('count number id date credit risk spending range weighting'),
  },
  {
    role: 'comment',
    words: list(
      'comment comments message messages feedback kommentar nachricht mensagem mensaje comentario commentaire freitext remark remarks bemerkung opinion review',
    ),
    hints: list('text body title subject titel betreff titulo'),
    not: list('id date count rating score stars time timestamp length product movie campaign'),
  },
  {
    role: 'image',
    words: list('image images img photo photos picture pictures foto bild imagen imagem thumbnail'),
    hints: list('file path url filename'),
    not: list('count qty quantity number width height size'),
  },
  {
    role: 'line',
    words: list('line lineno linenumber sequence seq position zeile posten positionsnummer ligne'),
    hints: list('item number no nr num id row order sequential'),
    not: list('product sku type amount total price code count quantity address'),
  },
];
