/** Opinions by hand: under each aspect six things that several people say in words of their own, and some that nobody else says. */
interface SaidTheSame {
  readonly aspect: string;
  readonly polarity: 'negative' | 'positive';
  readonly said: readonly string[];
}

export const SAID_THE_SAME: readonly SaidTheSame[] = [
  {
    aspect: 'product',
    polarity: 'negative',
    said: [
      'the app crashes every time I open a report',
      'it crashed again while I was opening a report',
      'opening reports makes the app freeze',
      'my app keeps crashing on reports',
    ],
  },
  {
    aspect: 'product',
    polarity: 'negative',
    said: [
      'the export to Excel is broken',
      'Excel export does not work since yesterday',
      'cannot export anything to Excel',
      'exporting my table to Excel gives an empty file',
    ],
  },
  {
    aspect: 'product',
    polarity: 'negative',
    said: [
      'the battery dies after three hours',
      'battery life is a joke, dead by noon',
      'it drains the battery like nothing else',
      'my battery is dead before lunch',
      'the batteries drain far too fast',
    ],
  },
  {
    aspect: 'product',
    polarity: 'negative',
    said: [
      'search never finds what I am looking for',
      'the search does not find old invoices',
      'searching finds nothing useful',
      'I could not find anything with the search box',
    ],
  },
  {
    aspect: 'product',
    polarity: 'positive',
    said: [
      'love the new dashboard',
      'the new dashboard is great',
      'the dashboard redesign looks fantastic',
      'your new dashboards are a joy to use',
    ],
  },
  {
    aspect: 'product',
    polarity: 'negative',
    said: [
      'cannot log in after the update',
      'since the last update I am locked out of my login',
      'login fails after upgrading',
      'the new version does not let me sign in',
    ],
  },
  {
    aspect: 'sales',
    polarity: 'negative',
    said: [
      'your salesman promised a feature that does not exist',
      'sales promised us features you do not have',
      'we were promised features by the sales rep that are not there',
      'the promised features never came',
    ],
  },
  {
    aspect: 'sales',
    polarity: 'negative',
    said: [
      'the rep never called back',
      'still no callback from sales',
      'they said they would call us back and never did',
      'nobody returned my call about the offer, still no call back',
    ],
  },
  {
    aspect: 'sales',
    polarity: 'negative',
    said: [
      'the sales guy was way too pushy',
      'very aggressive salespeople',
      'felt pressured by the salesman all the time',
      'pushy sales rep',
    ],
  },
  {
    aspect: 'sales',
    polarity: 'positive',
    said: [
      'the demo was excellent',
      'great demo, well prepared',
      'really liked the product demo',
      'thanks for the demonstration, it was great',
    ],
  },
  {
    aspect: 'sales',
    polarity: 'negative',
    said: [
      'they hid the contract terms from us',
      'the contract has terms nobody told us about',
      'nobody mentioned those terms in the contract',
      'contract terms were not what we agreed',
    ],
  },
  {
    aspect: 'sales',
    polarity: 'negative',
    said: [
      'waiting two weeks for a quote',
      'still waiting for our quote',
      'the quote took a month',
      'how long do I have to wait for a simple quote',
    ],
  },
  {
    aspect: 'pricing',
    polarity: 'negative',
    said: [
      'way too expensive',
      'this is overpriced',
      'far too pricey for a small team',
      'your plans are too expensive for what they do',
      'it costs too much',
    ],
  },
  {
    aspect: 'pricing',
    polarity: 'negative',
    said: [
      'I was charged twice this month',
      'you billed me twice',
      'double charge on my card again',
      'got two invoices, charged double',
    ],
  },
  {
    aspect: 'pricing',
    polarity: 'negative',
    said: [
      'there are hidden fees everywhere',
      'hidden fees at checkout',
      'a surprise fee on top of it',
      'nobody told me about the hidden surcharges',
    ],
  },
  {
    aspect: 'pricing',
    polarity: 'negative',
    said: [
      'still waiting for my refund',
      'where is my refund, it has been weeks',
      'they refuse to refund me',
      'no refund after a month of waiting',
    ],
  },
  {
    aspect: 'pricing',
    polarity: 'negative',
    said: [
      'the renewal went up by forty percent',
      'you raised the renewal price again',
      'renewal price increase without warning',
      'my renewal jumped to double',
    ],
  },
  {
    aspect: 'pricing',
    polarity: 'positive',
    said: ['good value for money', 'great value for the money', 'worth every penny', 'well worth the money'],
  },
  {
    aspect: 'service',
    polarity: 'negative',
    said: [
      'they lost my bags',
      'my luggage is missing again',
      'lost luggage and no idea where it is',
      'my suitcase never arrived, they lost it',
      'bag lost on the way to Rome',
    ],
  },
  {
    aspect: 'service',
    polarity: 'negative',
    said: [
      'on hold for two hours',
      'I have been on hold for 45 minutes',
      'still holding after an hour',
      'kept me on hold forever',
    ],
  },
  {
    aspect: 'service',
    polarity: 'negative',
    said: [
      'the agent was so rude',
      'rude staff at the desk',
      'your staff are impolite',
      'never met such a disrespectful employee',
    ],
  },
  {
    aspect: 'service',
    polarity: 'negative',
    said: [
      'nobody answers my emails',
      'no answer to three emails',
      'support does not respond to email',
      'I emailed twice and got no reply',
    ],
  },
  {
    aspect: 'service',
    polarity: 'negative',
    said: [
      'my parcel came damaged',
      'the package arrived broken',
      'box was smashed when it arrived',
      'parcel arrived damaged again',
    ],
  },
  {
    aspect: 'service',
    polarity: 'positive',
    said: [
      'super friendly crew',
      'the staff were kind and friendly',
      'friendly agents on the phone',
      'very polite and kind staff',
    ],
  },
];

export const SAID_ONCE: readonly (Omit<SaidTheSame, 'said'> & { readonly said: string })[] = [
  { aspect: 'product', polarity: 'negative', said: 'the keyboard shortcuts clash with my screen reader' },
  { aspect: 'product', polarity: 'negative', said: 'dark mode hurts my eyes' },
  { aspect: 'product', polarity: 'positive', said: 'the calendar view saves me an hour a day' },
  { aspect: 'product', polarity: 'negative', said: 'no way to undo a deleted comment' },
  { aspect: 'product', polarity: 'positive', said: 'printing labels just works' },
  { aspect: 'product', polarity: 'negative', said: 'Spanish translations are full of mistakes' },
  { aspect: 'sales', polarity: 'positive', said: 'Anna from the booth explained everything patiently' },
  { aspect: 'sales', polarity: 'negative', said: 'the webinar registration form is a maze' },
  { aspect: 'sales', polarity: 'negative', said: 'I was sent a brochure for another country' },
  { aspect: 'sales', polarity: 'positive', said: 'signing took five minutes' },
  { aspect: 'sales', polarity: 'negative', said: 'your competitor sent samples and you did not' },
  { aspect: 'pricing', polarity: 'negative', said: 'no student discount' },
  { aspect: 'pricing', polarity: 'negative', said: 'VAT is missing on the receipt' },
  { aspect: 'pricing', polarity: 'positive', said: 'the free tier is generous' },
  { aspect: 'pricing', polarity: 'negative', said: 'paying by bank transfer is impossible' },
  { aspect: 'pricing', polarity: 'negative', said: 'currency conversion eats my budget' },
  { aspect: 'service', polarity: 'negative', said: 'the chat bot understands nothing' },
  { aspect: 'service', polarity: 'positive', said: 'the technician wore shoe covers' },
  { aspect: 'service', polarity: 'negative', said: 'lounge was full of smoke' },
  { aspect: 'service', polarity: 'negative', said: 'gate changed four times' },
  { aspect: 'service', polarity: 'negative', said: 'opening hours on the door were wrong' },
];
