import type { Role } from './types.ts';

export type RoleName = {
  readonly role: Role;
  /** Words that name the thing itself: English, German, French, Spanish, Portuguese; accents taken off. */
  readonly words: readonly string[];
  /** Words that name it less surely. */
  readonly hints: readonly string[];
  /** Words that say that the column is about something else. */
  readonly not: readonly string[];
};

const list = (text: string): readonly string[] => text.split(' ');
const timeWords =
  'date time timestamp datetime day month year datum zeit fecha hora data jour heure at';
const aboutSomebody =
  'name city state zip prefix country region segment type age gender sex group status service satisfaction email phone address since tier level score value lifetime count class birth';

/** What columns are called. The order is that of assignment: the surest roles first. */
export const roleNames: readonly RoleName[] = [
  {
    role: 'customer',
    words: list(
      'customer customers cust customerid custid client clients clientid kunde kunden kundin kundennummer kundennr kdnr cliente clientes user userid users member memberid household hh shopper buyer subscriber acheteur comprador comprador kaufer mitglied membre socio usuario utilisateur benutzer patient guest gast donor player visitor cardholder msno',
    ),
    hints: list(
      'id account konto compte cuenta conta person contact loyalty card uid email mail holder party',
    ),
    not: list(`${timeWords} ${aboutSomebody} invoice order product item`),
  },
  {
    role: 'date',
    words: list(
      'date datetime timestamp datum fecha data jour invoicedate orderdate bestelldatum kaufdatum rechnungsdatum zeitstempel zeitpunkt dt',
    ),
    hints: list(
      'time day created at when zeit tag hora ts purchased ordered purchase order invoice transaction',
    ),
    not: list(
      'birth birthday dob delivered delivery shipping shipped ship approved estimated updated modified expires expiry end due limit answer review response lieferdatum geburtsdatum livraison entrega',
    ),
  },
  {
    role: 'order',
    words: list(
      'order orderid invoice invoiceno basket basketid transactionid receipt bestellung bestellnummer bestellnr auftrag auftragsnummer rechnung rechnungsnummer rechnungsnr commande facture pedido factura fatura bon beleg belegnummer belegnr ticket checkout booking encomenda',
    ),
    hints: list(
      'transaction txn trans cart purchase kauf achat compra venta venda session id no number nr num nummer sale',
    ),
    not: list(
      `${timeWords} status amount value total item line sequence quantity type price count qty position priority source channel mode method city customer client product sku review payment ship`,
    ),
  },
  {
    role: 'quantity',
    words: list(
      'quantity qty units menge stuck stuckzahl anzahl quantite qte cantidad quantidade qtd pieces pcs cds',
    ),
    hints: list('count number amount items sold volume bought'),
    not: list('id price value unit cost order orders stock code discount days per'),
  },
  {
    role: 'price',
    words: list('price unitprice preis stuckpreis einzelpreis prix precio preco rate'),
    hints: list('unit cost each'),
    not: list('id total discount amount shipping tax count quantity list range'),
  },
  {
    role: 'amount',
    words: list(
      'amount revenue sales turnover spend spent betrag umsatz gesamtbetrag summe gesamtpreis montant importe valor receita faturamento monto total gross net paid linetotal subtotal dollars gmv',
    ),
    hints: list('value sum price order line sale payment purchase ticket'),
    not: list(
      'id tax shipping freight discount disc count quantity qty avg average mean max min type method installments sequential day days date items score margin profit cost code',
    ),
  },
  {
    role: 'discount',
    words: list(
      'discount disc rabatt nachlass remise descuento desconto rebate markdown reduction',
    ),
    hints: list('coupon promo promotion voucher gutschein bon saving savings off retail'),
    not: list('id code match type name date upc count'),
  },
  {
    role: 'product',
    words: list(
      'product productid sku article artikel artikelnummer artikelnr produkt produit producto produto item stockcode movie track song asin upc ean',
    ),
    hints: list(
      'stock code description name beschreibung bezeichnung titel title descripcion descricao material id',
    ),
    not: list(
      'category type price quantity group count class department line order customer weight cm lenght length photos family brand',
    ),
  },
  {
    role: 'category',
    words: list(
      'category department kategorie warengruppe categorie categoria rubrik rayon departamento productgroup genre genres',
    ),
    hints: list(
      'class group type family brand gruppe division segment abteilung marke marque marca product line',
    ),
    not: list('id customer age count payment order price'),
  },
  {
    role: 'channel',
    words: list('channel kanal canal salechannel vertriebskanal'),
    hints: list(
      'source medium device platform web online origin herkunft quelle shop store method',
    ),
    not: list('id count customer name code'),
  },
  {
    role: 'place',
    words: list(
      'country land pays pais region city stadt ville ciudad cidade state bundesland estado province store filiale branch location shop magasin tienda loja market',
    ),
    hints: list('zip plz postcode postal area ort standort site territory place address outlet'),
    not: list('customer count price order date time type landing'),
  },
];

/** Names of what a customer table would have predicted. */
export const outcomeWords: readonly string[] = list(
  'churn churned target outcome label response responded converted conversion attrition exited cancelled canceled default bought purchased visit abwanderung gekundigt kundigung desabonnement y subscribed income',
);
