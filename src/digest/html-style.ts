/** For mail and page: dark mode, narrow screens, links. Small, since mail carries it. */
export const SHARED_CSS = `:root{color-scheme:light dark}
a.n:hover,a.l:hover{text-decoration:underline!important}
@media(max-width:480px){.w{padding:16px 14px!important}.t{padding:0 0 12px 0!important;display:block!important;width:100%!important}.h1{font-size:21px!important;line-height:28px!important}.o{padding:0!important}.hide{display:none!important}}
@media(prefers-color-scheme:dark){.bg{background:#0f1215!important}.c{background:#191d22!important;border-color:#2b3138!important}.k{background:#14181c!important;border-color:#2b3138!important}.i{color:#e8ebee!important}.m{color:#9aa5b1!important}.l{color:#9cc2ff!important}.r{border-color:#2b3138!important}.neg{color:#ff938a!important}.pos{color:#5fd39a!important}.bneg{background:#e5655b!important}.bneu{background:#5d6772!important}.bpos{background:#3fae77!important}.btr{background:#4a5663!important}.bnow{background:#9cc2ff!important}.qneg{border-color:#e5655b!important}.qneu{border-color:#5d6772!important}.qpos{border-color:#3fae77!important}}`;

/** For the page alone: room on a wide screen, print. */
export const PAGE_CSS = `a:focus-visible{outline:2px solid #2f6fdb;outline-offset:2px;border-radius:2px}
@media(min-width:900px){.f{max-width:1040px!important}.w{padding:32px 40px!important}.h1{font-size:30px!important;line-height:39px!important}.tiles>tbody{display:flex!important;flex-wrap:wrap;gap:16px}.tiles>tbody>tr{display:contents!important}.t{flex:1 1 170px;padding:0!important;display:block!important;width:auto!important}.two>tbody{display:grid!important;grid-template-columns:1fr 1fr;column-gap:36px}.two>tbody>tr{display:contents!important}.two>tbody>tr>td{display:block!important}}
@media print{.bg{background:#fff!important}.o{padding:0!important}.c{border:0!important;border-radius:0!important}.w{padding:0!important}tr,blockquote,td{break-inside:avoid}a{color:inherit!important}}`;
