import { oneOf, said, type Rule } from './kind-rule.ts';

/** Tables about what happens beside the buying. Asked in this order. */
export const besideRules: readonly Rule[] = [
  {
    kind: 'images',
    confidence: 0.85,
    when(facts) {
      const image = facts.playing('image');
      const isPicture =
        facts.isUnique(image) && !facts.playing('customer') && !facts.playing('order');
      return image && isPicture && facts.columns.length <= 6
        ? `${said(image)} names a picture in each row.`
        : null;
    },
  },
  {
    kind: 'reviews',
    confidence: 0.85,
    when(facts) {
      const [rating, comment] = [facts.playing('rating'), facts.playing('comment')];
      const told = oneOf(
        facts,
        'review reviews rating ratings feedback ticket tickets message messages bewertung avis avaliacao',
      );
      if (facts.playing('quantity') || (facts.playing('amount') && !told)) return null;
      if (rating && comment) return `${said(rating)} gives points and ${said(comment)} says why.`;
      const found = rating ?? comment;
      return found && told ? `${said(found)} holds what people think or wrote.` : null;
    },
  },
  {
    kind: 'redemptions',
    confidence: 0.8,
    when(facts) {
      const [customer, coupon] = [facts.playing('customer'), facts.playing('coupon')];
      return customer && coupon && !facts.playing('order') && !facts.playing('quantity')
        ? `${said(coupon)} names a coupon and ${said(customer)} who used it.`
        : null;
    },
  },
  {
    kind: 'contacts',
    confidence: 0.8,
    when(facts) {
      const [customer, campaign] = [facts.playing('customer'), facts.playing('campaign')];
      const buys = facts.playing('order') ?? facts.playing('amount') ?? facts.playing('quantity');
      return customer &&
        campaign &&
        !buys &&
        !(facts.isUnique(customer) && facts.columns.length > 4)
        ? `${said(campaign)} names a campaign and ${said(customer)} who was in it.`
        : null;
    },
  },
  {
    kind: 'campaigns',
    confidence: 0.8,
    when(facts) {
      const offer = facts.playing('campaign') ?? facts.playing('coupon');
      if (facts.playing('customer') || facts.playing('order')) return null;
      if (offer) return `${said(offer)} names what was offered, and no column names a customer.`;
      return ['promotions', 'promotion', 'offers', 'angebote'].some((word) =>
        facts.label.includes(word),
      )
        ? 'The file’s name speaks of promotions, and no column names a customer.'
        : null;
    },
  },
  {
    kind: 'payments',
    confidence: 0.8,
    when(facts) {
      const order = facts.playing('order');
      const pays = oneOf(
        facts,
        'payment payments installments zahlung zahlungsart paiement pago pagamento',
      );
      return order && pays && !facts.playing('product') && !facts.playing('customer')
        ? `${said(order)} names orders and other columns tell how they were paid.`
        : null;
    },
  },
];
