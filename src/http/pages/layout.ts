import { Html, html } from '../../digest/html-parts.ts';

const CSS = `:root{color-scheme:light dark;--bg:#eceff2;--card:#fff;--ink:#1b1f24;--muted:#59636e;--line:#e1e5ea;--link:#1f5fbf;--neg:#b3261e;--neu:#59636e;--pos:#18794e;--negbg:#fdecea;--neubg:#eef1f4;--posbg:#e6f4ec}
@media(prefers-color-scheme:dark){:root{--bg:#0f1215;--card:#191d22;--ink:#e8ebee;--muted:#9aa5b1;--line:#2b3138;--link:#9cc2ff;--neg:#ff938a;--neu:#9aa5b1;--pos:#5fd39a;--negbg:#3a1d1b;--neubg:#252b32;--posbg:#16301f}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:15px/22px -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
main{max-width:860px;margin:24px auto;padding:0 12px}
a{color:var(--link)}a:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
h1{font-size:22px;line-height:30px;margin:4px 0 12px}h2{font-size:16px;line-height:24px;margin:24px 0 8px}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 20px;margin:0 0 12px;overflow-wrap:anywhere}
.muted{color:var(--muted);font-size:13px;line-height:19px}.words{white-space:pre-wrap;margin:6px 0 8px}
mark{color:inherit;border-radius:3px;padding:1px 2px}mark.negative{background:var(--negbg);box-shadow:inset 0 -2px var(--neg)}mark.neutral{background:var(--neubg);box-shadow:inset 0 -2px var(--neu)}mark.positive{background:var(--posbg);box-shadow:inset 0 -2px var(--pos)}
.chip{display:inline-block;border-radius:999px;padding:1px 10px;margin:0 6px 4px 0;font-size:13px;line-height:20px;border:1px solid var(--line)}
.chip.negative{color:var(--neg)}.chip.neutral{color:var(--neu)}.chip.positive{color:var(--pos)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}dt{color:var(--muted)}dd{margin:0}
@media(max-width:480px){dl{grid-template-columns:1fr}dt{margin-top:6px}}
@media print{.card{border:0;padding:0}}`;

/** A whole page around `body`. */
export function page(title: string, body: Html): string {
  const markup = html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${new Html(CSS)}</style></head><body><main>${body}</main></body></html>`;
  return `<!doctype html>\n${markup.markup}\n`;
}
