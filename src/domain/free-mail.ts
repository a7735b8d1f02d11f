const YAHOO =
  'com co.uk fr de it es ca co.in in co.id com.br com.ar com.mx com.au co.nz co.jp com.sg com.ph com.vn com.tr ie se gr pl ro';
const HOTMAIL = 'com co.uk fr de it es nl be ca co.jp com.br com.ar se';
const OUTLOOK = 'com fr de it es ie at jp co.id com.br com.au com.tr pt';
const LIVE = 'com co.uk fr de it nl be ca com.au com.mx com.pt se no dk';
const GMX = 'com net de at ch fr us';

/** One domain for each ending. */
const ofProvider = (name: string, endings: string): string[] =>
  endings.split(' ').map((ending) => `${name}.${ending}`);

/**
 * Mail domains anybody can have an address at: they say nothing about the company an author works for and never link.
 * The large public providers, with their domains of each country.
 */
export const FREE_MAIL_DOMAINS: ReadonlySet<string> = new Set([
  ...ofProvider('yahoo', YAHOO),
  ...ofProvider('hotmail', HOTMAIL),
  ...ofProvider('outlook', OUTLOOK),
  ...ofProvider('live', LIVE),
  ...ofProvider('gmx', GMX),
  ...'gmail.com googlemail.com ymail.com rocketmail.com myyahoo.com msn.com passport.com windowslive.com'.split(
    ' ',
  ),
  ...'icloud.com me.com mac.com aol.com aol.de aol.co.uk aim.com verizon.net comcast.net att.net sbcglobal.net'.split(
    ' ',
  ),
  ...'bellsouth.net cox.net charter.net earthlink.net juno.com netzero.net optonline.net rogers.com shaw.ca'.split(
    ' ',
  ),
  ...'sympatico.ca bell.net telus.net proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de'.split(
    ' ',
  ),
  ...'tuta.io tuta.com keemail.me hey.com fastmail.com fastmail.fm zoho.com zohomail.com zohomail.eu mail.com'.split(
    ' ',
  ),
  ...'email.com usa.com hushmail.com mailbox.org posteo.de posteo.net riseup.net disroot.org startmail.com'.split(
    ' ',
  ),
  ...'runbox.com duck.com mozmail.com simplelogin.com anonaddy.com addy.io privaterelay.appleid.com'.split(
    ' ',
  ),
  ...'web.de freenet.de t-online.de arcor.de email.de mail.de online.de vodafone.de kabelmail.de'.split(' '),
  ...'bluewin.ch hispeed.ch sunrise.ch chello.at aon.at orange.fr wanadoo.fr free.fr laposte.net sfr.fr'.split(
    ' ',
  ),
  ...'neuf.fr bbox.fr numericable.fr libero.it virgilio.it tiscali.it alice.it tin.it tim.it email.it'.split(
    ' ',
  ),
  ...'telefonica.net terra.es sapo.pt mail.pt ziggo.nl kpnmail.nl planet.nl xs4all.nl hetnet.nl home.nl'.split(
    ' ',
  ),
  ...'telenet.be skynet.be proximus.be btinternet.com btopenworld.com sky.com talktalk.net virginmedia.com'.split(
    ' ',
  ),
  ...'ntlworld.com blueyonder.co.uk eircom.net telia.com online.no mail.dk stofanet.dk seznam.cz email.cz'.split(
    ' ',
  ),
  ...'centrum.cz post.cz volny.cz azet.sk zoznam.sk wp.pl o2.pl onet.pl interia.pl op.pl tlen.pl gazeta.pl'.split(
    ' ',
  ),
  ...'freemail.hu citromail.hu abv.bg mail.bg mail.ru bk.ru inbox.ru list.ru yandex.ru yandex.com ya.ru'.split(
    ' ',
  ),
  ...'rambler.ru ukr.net i.ua meta.ua inbox.lv inbox.lt uol.com.br bol.com.br terra.com.br ig.com.br'.split(
    ' ',
  ),
  ...'globo.com qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com'.split(
    ' ',
  ),
  ...'naver.com daum.net hanmail.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp rediffmail.com'.split(
    ' ',
  ),
  ...'bigpond.com optusnet.com.au xtra.co.nz walla.co.il walla.com mailinator.com guerrillamail.com'.split(
    ' ',
  ),
  ...'10minutemail.com temp-mail.org yopmail.com trashmail.com'.split(' '),
]);

/** Whether the domain, or one it is under, is a free-mail provider's. Expects lower case. */
export function isFreeMail(domain: string): boolean {
  const parts = domain.split('.');
  return parts.some((_, from) => FREE_MAIL_DOMAINS.has(parts.slice(from).join('.')));
}
