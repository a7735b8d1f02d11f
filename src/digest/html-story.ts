import type { DigestDocument, QuoteItem, ThemeLine } from '../domain/digest.ts';
import type { ClosedCase, OpenCase } from '../domain/digest-work.ts';
import { caseUrl } from './evidence.ts';
import { type Html, heading, html, NOTHING, numberLink, STYLES } from './html-parts.ts';
import { restatedSentence } from './restated.ts';
import { lastingSentences, STAGE } from './theme-words.ts';
import { capitalised, count, cut } from './words.ts';
import { caseTitle, closedWords, NAME, openWords, standingWords, waitingSentence } from './work-words.ts';

/** How a quote is shown, with the words cut as the mail's size allows. */
type QuoteHtml = (item: QuoteItem) => Html;
/** The words of a quote alone, on one line. */
type QuotedWords = (item: QuoteItem) => string;

const TAG =
  'display:inline-block;padding:0 8px;border-radius:9px;font-size:12px;line-height:19px;font-weight:600;background:#e6edf7;color:#1f4f8f';
const LINE = 'font-size:15px;line-height:22px;color:#1b1f24';

/** What changed: each theme with its tag, its numbers, what is being done and one quote. */
export function themesHtml(document: DigestDocument, quoteHtml: QuoteHtml): Html {
  const { themes, restated, frozen } = document;
  const again = restatedSentence(restated);
  const lasting = frozen.edition === 'day' ? [] : lastingSentences(frozen);
  const notes = [...lasting, ...(again === '' ? [] : [again])];
  if (themes.length === 0 && notes.length === 0) return NOTHING;
  return html`${heading('What changed')}${themes.map((line) => themeHtml(line, document, quoteHtml))}${notes.map((note) => html`<p class="m" style="margin:0 0 6px;${STYLES.small};${STYLES.muted}">${note}</p>`)}`;
}

function themeHtml(
  { theme, stage, words, quotes }: ThemeLine,
  document: DigestDocument,
  quoteHtml: QuoteHtml,
): Html {
  const name = html`<span class="g" style="${TAG}">${STAGE[stage]}</span> <span class="i" style="${LINE};font-weight:600">${numberLink(`“${cut(theme.name, 60)}”`, { theme: theme.id }, document)}</span> <span class="m" style="${STYLES.small};${STYLES.muted}">${cut(theme.aspect, 40)}</span>`;
  return html`<div style="margin:0 0 4px">${name}</div><div class="i" style="${STYLES.small};color:#1b1f24">${numberLink(words, { theme: theme.id }, document)}</div><div class="m" style="${STYLES.small};${STYLES.muted};margin:0 0 6px">${capitalised(standingWords(theme.standing))}</div>${quotes.map(quoteHtml)}${quotes.length === 0 ? html`<div style="height:10px;font-size:0;line-height:10px">&nbsp;</div>` : NOTHING}`;
}

/** What waits; in a department's digest with what can be done about it, each a page that asks first. */
export function openHtml(document: DigestDocument, wordsOf: QuotedWords): Html {
  const { frozen } = document;
  if (frozen.work.openCases === 0) return NOTHING;
  const isDepartment = frozen.definition.department !== undefined;
  const cases = frozen.work.open.map((each) => openCaseHtml(each, document, { wordsOf, isDepartment }));
  return html`${heading(isDepartment ? 'Your cases' : 'Waits for somebody')}<p class="m" style="margin:0 0 10px;${STYLES.small};${STYLES.muted}">${waitingSentence(frozen.work)}</p>${cases}`;
}

function openCaseHtml(
  open: OpenCase,
  { frozen }: DigestDocument,
  { wordsOf, isDepartment }: { readonly wordsOf: QuotedWords; readonly isDepartment: boolean },
): Html {
  const quote =
    open.quote === null ? NOTHING : html`<div class="i" style="${LINE}">“${wordsOf(open.quote)}”</div>`;
  const buttons = isDepartment
    ? html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 0"><tr>${button('Accept', caseUrl(frozen, open.caseId, 'accept'))}${button('Not ours', caseUrl(frozen, open.caseId, 'not-ours'))}${button('Snooze', caseUrl(frozen, open.caseId, 'snooze'))}</tr></table>`
    : NOTHING;
  return html`<div class="r" style="margin:0 0 12px;padding:10px 0 0;border-top:1px solid #e1e5ea"><a href="${caseUrl(frozen, open.caseId)}" class="l" style="color:#1f5fbf;text-decoration:none;font-weight:600">${capitalised(caseTitle(open))}</a>${quote}<div class="m" style="${STYLES.small};${STYLES.muted}">${openWords(open, frozen)}</div>${buttons}</div>`;
}

function button(words: string, url: string): Html {
  return html`<td class="b" style="border:1px solid #c3cbd4;border-radius:6px;background:#ffffff"><a href="${url}" class="l" style="display:inline-block;padding:6px 14px;font-size:13px;line-height:19px;font-weight:600;color:#1f5fbf;text-decoration:none">${words}</a></td><td width="8" style="font-size:0">&nbsp;</td>`;
}

/** What came of what customers said. */
export function closedHtml({ frozen }: DigestDocument, wordsOf: QuotedWords): Html {
  const { closed } = frozen.work;
  if (closed.length === 0) return NOTHING;
  const line = (each: ClosedCase): Html =>
    html`<div style="margin:0 0 10px"><a href="${caseUrl(frozen, each.caseId)}" class="l" style="color:#1f5fbf;text-decoration:none;font-weight:600">${capitalised(caseTitle(each))}</a>${each.quote === null ? NOTHING : html`<div class="i" style="${LINE}">“${wordsOf(each.quote)}”</div>`}<div class="m" style="${STYLES.small};${STYLES.muted}">${capitalised(closedWords(each, frozen))}</div></div>`;
  return html`${heading('You said, we did')}${closed.map(line)}`;
}

/** Who passed what on to whom; of a weekly or monthly edition. */
export function misroutesHtml({ frozen }: DigestDocument): Html {
  const { misroutes } = frozen.work;
  if (misroutes.length === 0 || frozen.edition === 'day') return NOTHING;
  const rows = misroutes.map(
    ({ from, to, cases }) =>
      html`<tr><td class="i r" style="padding:6px 0;border-top:1px solid #e1e5ea;color:#1b1f24">${cut(from, NAME)} → ${cut(to, NAME)}</td><td class="m r" align="right" style="padding:6px 0;border-top:1px solid #e1e5ea;${STYLES.muted}">${count(cases, 'case')}</td></tr>`,
  );
  return html`${heading('Passed on')}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table>`;
}
