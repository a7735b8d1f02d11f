import type {
  AccountLine,
  DigestDocument,
  ItemSection,
  QuoteItem,
  QuoteTexts,
  Sentence,
} from '../domain/digest.ts';
import { digestUrl, mentionUrl } from './evidence.ts';
import { dayLine, footerLines, titleOf } from './footer.ts';
import { COLOURS, Html, heading, html, NOTHING, numberLink, STYLES } from './html-parts.ts';
import { closedHtml, misroutesHtml, openHtml, themesHtml } from './html-story.ts';
import { MAIL_CSS } from './html-style.ts';
import { tilesHtml } from './html-tiles.ts';
import { beforeName } from './period-words.ts';
import { briefly, quoted, SIGN } from './quoted.ts';
import { capitalised, count, cut, threes } from './words.ts';

/** Gmail clips a mail of more than 102 KB and hides its end. */
const MOST_BYTES = 58_000;
/** How much is shown; the next is tried when the mail grows too big. Ordinary days never leave the first. */
const SIZES = [
  { quote: 280, accounts: 12, name: 60, hasTrend: true },
  { quote: 140, accounts: 12, name: 60, hasTrend: true },
  { quote: 60, accounts: 12, name: 40, hasTrend: true },
  { quote: 20, accounts: 5, name: 16, hasTrend: false },
] as const;
const CASE_QUOTE = 120;
const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/** The digest as a mail: a whole HTML document of at most 600 px and 60 KB, without script, image or anything remote. */
export function renderHtml(document: DigestDocument, texts: QuoteTexts): string {
  let markup = '';
  for (const size of SIZES) {
    markup = documentHtml({ document, texts, size }).markup;
    if (Buffer.byteLength(markup) <= MOST_BYTES) break;
  }
  return `<!doctype html>\n${markup}\n`;
}

interface Page {
  readonly document: DigestDocument;
  readonly texts: QuoteTexts;
  readonly size: (typeof SIZES)[number];
}

function documentHtml(page: Page): Html {
  const { document } = page;
  const { frozen, verdict, isEmpty } = document;
  const body = isEmpty ? NOTHING : bodyHtml(page);
  return html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${verdict.subject}</title><style>${new Html(MAIL_CSS)}</style></head><body class="bg" style="margin:0;padding:0;background:#eceff2"><div style="display:none;max-height:0;overflow:hidden">${verdict.preheader}</div><table role="presentation" class="bg" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#eceff2"><tr><td class="o" align="center" style="padding:24px 12px"><table role="presentation" class="c f" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border:1px solid #e1e5ea;border-radius:12px;text-align:left"><tr><td class="w" style="padding:28px 28px;font-family:${new Html(FONT)};font-size:15px;line-height:22px"><div class="m" style="${STYLES.small};${STYLES.muted}">${cut(frozen.workspace, 60)} · ${titleOf(document)}</div><div class="i" style="font-size:15px;line-height:22px;font-weight:600;color:#1b1f24">${dayLine(document)}</div>${verdictHtml(document)}${body}${notHeardHtml(document)}${footHtml(document)}</td></tr></table></td></tr></table></body></html>`;
}

function verdictHtml(document: DigestDocument): Html {
  const [first, ...rest] = document.verdict.sentences;
  const line = ({ text, filter }: Sentence): Html =>
    html`<p class="i" style="margin:6px 0 0;font-size:16px;line-height:24px;color:#1b1f24">${numberLink(text, filter, document)}</p>`;
  return html`<h1 class="h1 i" style="margin:18px 0 0;font-size:24px;line-height:32px;font-weight:700;color:#1b1f24">${first ? numberLink(first.text, first.filter, document) : ''}</h1>${rest.map(line)}`;
}

function bodyHtml(page: Page): Html {
  const { document, texts, size } = page;
  const { total, totalBefore, hasBefore, frozen, tiles } = document;
  const before = hasBefore
    ? html` <span class="m" style="${STYLES.muted}">(${beforeName(frozen)}: ${threes(totalBefore)})</span>`
    : NOTHING;
  const quotes = tiles
    .filter((tile) => tile.quotes.length > 0)
    .map(
      (tile) =>
        html`<tr><td style="padding:0 0 4px">${heading3(capitalised(cut(tile.aspect, 40)))}${briefly(tile.quotes, document).map((item) => quoteHtml(item, page))}</td></tr>`,
    );
  const words = (item: QuoteItem): string =>
    quoted(item, document, texts, Math.min(size.quote, CASE_QUOTE)).words;
  const isDepartment = frozen.definition.department !== undefined;
  const open = openHtml(document, words);
  const inTheirWords =
    quotes.length > 0
      ? html`${heading('In their words')}<table role="presentation" class="two" width="100%" cellpadding="0" cellspacing="0" border="0">${quotes}</table>`
      : NOTHING;
  const parts = [
    ...(isDepartment ? [open] : []),
    html`<p class="i" style="margin:18px 0 12px;${STYLES.small};color:#1b1f24">${numberLink(threes(total), {}, document)}${before}</p>`,
    tilesHtml(document, size),
    themesHtml(document, (item) => quoteHtml(item, page)),
    inTheirWords,
    accountsHtml(page),
    sectionHtml('Needs an answer', document.urgent, page),
    sectionHtml('Might leave', document.churn, page),
    sectionHtml('Wants to buy', document.purchase, page),
    ...(isDepartment ? [] : [open]),
    closedHtml(document, words),
    misroutesHtml(document),
  ];
  return html`${parts}`;
}

function heading3(words: string): Html {
  return html`<h3 class="m" style="margin:8px 0 6px;${STYLES.label}">${words}</h3>`;
}

const EDGE = { negative: 'qneg', neutral: 'qneu', positive: 'qpos' } as const;

function quoteHtml(item: QuoteItem, { document, texts, size }: Page): Html {
  const { words, isErased, from } = quoted(item, document, texts, size.quote);
  const { polarity, ref } = item;
  return html`<blockquote class="${EDGE[polarity]}" style="margin:0 0 14px;padding:1px 0 1px 12px;border-left:3px solid ${COLOURS[polarity]}"><div class="i" style="font-size:15px;line-height:22px;color:#1b1f24">${isErased ? words : `“${words}”`}</div><div class="m" style="${STYLES.small};${STYLES.muted}">${SIGN[polarity]} ${polarity} · ${from} · <a href="${mentionUrl(document.frozen, ref.mentionId)}" class="l" style="color:#1f5fbf;text-decoration:none">Open message</a></div></blockquote>`;
}

function sectionHtml(title: string, { today, items }: ItemSection, page: Page): Html {
  if (today.messages === 0) return NOTHING;
  const filter =
    title === 'Needs an answer'
      ? { urgent: true as const }
      : { intent: title === 'Might leave' ? ('churn' as const) : ('purchase' as const) };
  const more = today.messages - items.length;
  const rest =
    more > 0 && items.length > 0
      ? html`<p class="m" style="margin:0;${STYLES.small};${STYLES.muted}">and ${count(more, 'more message')}</p>`
      : NOTHING;
  return html`${heading(title)}<p class="m" style="margin:0 0 10px;${STYLES.small};${STYLES.muted}">${numberLink(threes(today), filter, page.document)}</p>${items.map((item) => quoteHtml(item, page))}${rest}`;
}

function accountsHtml({ document, size }: Page): Html {
  const { heard, silent, rosterSize, silence } = document.accounts;
  if (rosterSize === 0) return NOTHING;
  const more = heard.length - size.accounts;
  const rest =
    more > 0
      ? html`<p class="m" style="margin:6px 0 0;${STYLES.small};${STYLES.muted}">and ${count(more, 'more account')}</p>`
      : NOTHING;
  const quiet =
    silent.length === 0
      ? NOTHING
      : html`<p class="m" style="margin:10px 0 0;${STYLES.small};${STYLES.muted}"><b class="i" style="color:#1b1f24">Silent</b> (${silence}): ${silent.map(({ name }) => cut(name, size.name)).join(', ')}</p>`;
  return html`${heading('Top accounts')}<p class="m" style="margin:0 0 6px;${STYLES.small};${STYLES.muted}">${heard.length} of ${rosterSize} by revenue heard</p><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${heard.slice(0, size.accounts).map((account) => accountRow(account, size.name, document))}</table>${rest}${quiet}`;
}

const MOODS = {
  upset: { words: '− upset', style: 'neg', colour: COLOURS.negative },
  delighted: { words: '+ delighted', style: 'pos', colour: COLOURS.positive },
  mixed: { words: '= mixed', style: 'm', colour: '#59636e' },
  neutral: { words: '= neutral', style: 'm', colour: '#59636e' },
} as const;

function accountRow(account: AccountLine, length: number, document: DigestDocument): Html {
  const { id, name, tier, owner, mood, negative, positive } = account;
  const { words, style, colour } = MOODS[mood];
  const about = [
    tier === '' ? [] : `tier ${cut(tier, Math.min(20, length))}`,
    owner === '' ? [] : cut(owner, Math.min(30, length)),
  ]
    .flat()
    .join(' · ');
  return html`<tr><td class="r" style="padding:7px 0;border-top:1px solid #e1e5ea"><span class="i" style="font-weight:600;color:#1b1f24">${numberLink(cut(name, length), { account: id }, document)}</span> <span class="m" style="${STYLES.small};${STYLES.muted}">${about}</span></td><td class="r ${style}" align="right" style="padding:7px 0 7px 8px;border-top:1px solid #e1e5ea;color:${colour};font-weight:600;white-space:nowrap">${words}</td><td class="r m hide" align="right" style="padding:7px 0 7px 12px;border-top:1px solid #e1e5ea;${STYLES.small};${STYLES.muted};white-space:nowrap">${negative} bad, ${positive} good</td></tr>`;
}

function notHeardHtml(document: DigestDocument): Html {
  if (document.notHeard.length === 0) return NOTHING;
  const lines = document.notHeard.map(
    ({ text, filter }) => html`<li style="margin:0 0 4px">${numberLink(text, filter, document)}</li>`,
  );
  return html`${heading('Not heard')}<ul class="i" style="margin:0;padding:0 0 0 18px;font-size:14px;line-height:21px;color:#1b1f24">${lines}</ul>`;
}

function footHtml(document: DigestDocument): Html {
  const link = html`<p style="margin:0 0 10px"><a href="${digestUrl(document.frozen)}" class="l" style="color:#1f5fbf;text-decoration:none;font-weight:600">Read it on the page, with every message behind it</a></p>`;
  const lines = footerLines(document).map((line) => html`<div>${line}</div>`);
  return html`<div class="m r" style="margin:26px 0 0;padding:16px 0 0;border-top:1px solid #e1e5ea;font-size:12px;line-height:18px;${STYLES.muted}">${link}${lines}</div>`;
}
