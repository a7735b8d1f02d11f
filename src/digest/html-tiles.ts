import type { AspectTally, DigestDocument, Tile } from '../domain/digest.ts';
import { COLOURS, type Html, html, NOTHING, numberLink, STYLES } from './html-parts.ts';
import { barWords, sinceWords } from './period-words.ts';
import { SIGN } from './quoted.ts';
import { tileNotes } from './tiles.ts';
import { capitalised, count, cut, number, people } from './words.ts';

const TREND_HEIGHT = 28;

/** Tiles two in a row; on a narrow screen one under the other. */
export function tilesHtml(document: DigestDocument, { hasTrend }: { readonly hasTrend: boolean }): Html {
  const rows: Html[] = [];
  for (let at = 0; at < document.tiles.length; at += 2) {
    const pair = document.tiles
      .slice(at, at + 2)
      .map((tile, index) => tileHtml(hasTrend ? tile : { ...tile, trend: [] }, index, document));
    rows.push(
      html`<tr>${pair}${pair.length === 1 ? html`<td class="t hide" width="50%"></td>` : NOTHING}</tr>`,
    );
  }
  return html`<table role="presentation" class="tiles" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table>`;
}

function tileHtml(tile: Tile, index: number, document: DigestDocument): Html {
  const { aspect, today, change } = tile;
  const notes = tileNotes(tile).filter((note) => note !== 'few voices' || !change.words.startsWith(note));
  const gap = index === 0 ? 'padding:0 6px 12px 0' : 'padding:0 0 12px 6px';
  return html`<td class="t" width="50%" valign="top" style="${gap}"><table role="presentation" class="k" width="100%" height="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f6f8fa;border:1px solid #e1e5ea;border-radius:8px"><tr><td valign="top" style="padding:14px 16px"><div class="m" style="${STYLES.label}">${capitalised(cut(aspect, 40))}</div><div class="i" style="font-size:26px;line-height:34px;font-weight:700;color:#1b1f24">${numberLink(people(today.all.people), { aspect }, document)}</div><div class="i" style="${STYLES.small};color:#1b1f24">${arrowed(change)}</div><div class="m" style="${STYLES.small};${STYLES.muted}">${count(today.all.messages, 'message')} · ${count(today.all.accounts, 'account')}</div>${barHtml(today)}${splitHtml(tile, document)}${trendHtml(tile, document)}${notes.map((note) => html`<div class="m" style="${STYLES.small};${STYLES.muted}">${capitalised(note)}</div>`)}</td></tr></table></td>`;
}

function arrowed({ arrow, words }: Tile['change']): Html {
  return arrow === '' ? html`${words}` : html`<b>${arrow}</b> ${words}`;
}

/** Shares of negative, neutral and positive messages as cells of one row: it shows with images off. */
function barHtml({ negative, neutral, positive }: AspectTally): Html {
  const parts = [
    { style: 'bneg', colour: COLOURS.negative, messages: negative.messages },
    { style: 'bneu', colour: COLOURS.neutral, messages: neutral.messages },
    { style: 'bpos', colour: COLOURS.positive, messages: positive.messages },
  ].filter(({ messages }) => messages > 0);
  const total = parts.reduce((sum, { messages }) => sum + messages, 0);
  const cells = parts.map(
    ({ style, colour, messages }) =>
      html`<td class="${style}" width="${Math.max(2, Math.round((100 * messages) / total))}%" height="6" style="background:${colour};font-size:0;line-height:6px">&nbsp;</td>`,
  );
  const empty = html`<td class="bneu" height="6" style="background:#e1e5ea;font-size:0;line-height:6px">&nbsp;</td>`;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:10px 0 6px"><tr>${cells.length > 0 ? cells : empty}</tr></table>`;
}

function splitHtml({ aspect, today }: Tile, document: DigestDocument): Html {
  const part = (polarity: 'negative' | 'neutral' | 'positive', style: string, colour: string): Html =>
    html`<span class="${style}" style="color:${colour};white-space:nowrap">${numberLink(`${SIGN[polarity]} ${number(today[polarity].messages)} ${polarity}`, { aspect, polarity }, document)}</span>`;
  return html`<div style="${STYLES.small}">${part('negative', 'neg', COLOURS.negative)} &nbsp;${part('neutral', 'm', '#59636e')} &nbsp;${part('positive', 'pos', COLOURS.positive)}</div>`;
}

/** People a day over 14 days, or a week over 8, the last bar darker. */
function trendHtml({ trend }: Tile, { frozen }: DigestDocument): Html {
  const most = Math.max(0, ...trend.map(({ people: heard }) => heard));
  const first = trend[0];
  if (most === 0 || first === undefined) return NOTHING;
  const bars = trend.map(({ people: heard }, index) => {
    const height = Math.max(heard > 0 ? 2 : 1, Math.round((TREND_HEIGHT * heard) / most));
    const isToday = index === trend.length - 1;
    return html`<td valign="bottom" style="padding:0 1px"><div class="${isToday ? 'bnow' : 'btr'}" style="height:${height}px;background:${isToday ? '#2f6fdb' : '#c3cbd4'};font-size:0">&nbsp;</div></td>`;
  });
  return html`<table role="presentation" width="100%" height="${TREND_HEIGHT}" cellpadding="0" cellspacing="0" border="0" style="margin-top:10px;table-layout:fixed"><tr>${bars}</tr></table><div class="m" style="font-size:12px;line-height:18px;${STYLES.muted}">${barWords(frozen)} since ${sinceWords(frozen, first.date)}, at most ${number(most)}</div>`;
}
