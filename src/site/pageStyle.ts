/** How a page looks: quiet, in the fonts of the reader's system, in the scheme that the reader has set. */

/** The colours of a scheme. */
interface Scheme {
  readonly paper: string;
  readonly ink: string;
  /** What stands beside the text. */
  readonly faint: string;
  readonly line: string;
  readonly link: string;
  /** Behind the passage that a link names, and its words. */
  readonly mark: string;
  readonly marked: string;
  readonly stroke: string;
}

/** Each scheme's colours; every one that is written with has a contrast of at least 4.5 with what it stands on (WCAG 2.2, 1.4.3). */
export const SCHEMES: Readonly<Record<"light" | "dark", Scheme>> = {
  light: {
    paper: "#fbfaf7",
    ink: "#22201c",
    faint: "#6a645a",
    line: "#dedad1",
    link: "#1f5288",
    mark: "#fdf0c0",
    marked: "#22201c",
    stroke: "#b07d00",
  },
  dark: {
    paper: "#17181b",
    ink: "#d8d5ce",
    faint: "#989389",
    line: "#37383c",
    link: "#93bbee",
    mark: "#463a14",
    marked: "#f4ecd6",
    stroke: "#d9ab3c",
  },
};

function variablesOf(scheme: Scheme): string {
  return Object.entries(scheme)
    .map(([name, value]: [string, string]) => `--${name}:${value}`)
    .join(";");
}

const LATIN = `Charter,"Bitstream Charter","Sitka Text",Cambria,"Noto Serif","Source Serif 4",Georgia`;

/** The page's style sheet. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;${variablesOf(SCHEMES.light)};
font:1.125rem/1.65 ${LATIN},serif;background:var(--paper);color:var(--ink);
-webkit-text-size-adjust:100%;text-size-adjust:100%;overflow-wrap:break-word}
@media (prefers-color-scheme:dark){:root{${variablesOf(SCHEMES.dark)}}}
:root:lang(zh),:root:lang(ja){line-height:1.9;line-break:strict;text-autospace:normal;text-spacing-trim:trim-start}
main:lang(zh) p,main:lang(zh) li,main:lang(ja) p,main:lang(ja) li{text-align:justify}
:root:lang(zh){font-family:${LATIN},"Songti SC","Noto Serif CJK SC","Noto Serif SC","Source Han Serif SC","Microsoft YaHei",serif}
:root:lang(zh-Hant){font-family:${LATIN},"Songti TC","Noto Serif CJK TC","Noto Serif TC","Source Han Serif TC","Microsoft JhengHei",serif}
:root:lang(ja){font-family:${LATIN},"Hiragino Mincho ProN","Noto Serif CJK JP","Yu Mincho",serif}
*{box-sizing:border-box}
body{margin:0;padding:0 1.25rem 8rem}
.skip,nav,.k,.bar,.pg,[data-n]::before,.back{font-family:system-ui,sans-serif}
main,.back{max-width:37rem;margin-inline:auto}
main{position:relative}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
.skip{position:absolute;inset-block-start:-4rem;inset-inline-start:1rem;padding:.4rem .8rem;background:var(--paper);z-index:3}
.skip:focus{inset-block-start:.5rem}
.back{padding-block:1.5rem 0;font-size:.85rem}
.back a{color:var(--faint)}
.back a::before{content:"← ";content:"← "/""}
header{margin-block:3rem 2.5rem}
h1,h2,h3,h4,h5,h6{line-height:1.35;text-wrap:balance;margin:0}
h1{font-size:clamp(1.45rem,1.1rem + 1.7vw,1.9rem)}
h2{font-size:1.4rem}
h3{font-size:1.2rem}
h4,h5,h6{font-size:1.05rem}
section>.s:first-child{margin-block:2.6em .9em}
p{margin:0 0 .9em}
.subtitle{font-size:1.15rem;color:var(--faint);margin-block:.5em}
.byline,.caption,.note{font-size:.9rem;color:var(--faint)}
.note{border-block-start:1px solid var(--line);padding-block-start:.4em}
blockquote{margin:0 0 .9em;padding-inline-start:1.2em;border-inline-start:2px solid var(--line)}
ul{margin:0 0 .9em;padding-inline-start:1.4em}
li{margin-block-end:.45em}
.m{list-style:none;margin-inline-start:-1.4em;padding-inline-start:0}
.mk{color:var(--faint)}
pre{white-space:pre-wrap;font-size:.85rem;line-height:1.5;padding:.8em 1em;border:1px solid var(--line);border-radius:4px;margin:0 0 1em}
code{font-family:ui-monospace,"Cascadia Code",Menlo,Consolas,"DejaVu Sans Mono",monospace}
.t{overflow-x:auto;margin-block-end:1.2em}
table{border-collapse:collapse;font-size:.9rem;line-height:1.5;min-width:100%}
th,td{text-align:start;vertical-align:top;padding:.4em .8em .4em 0;border-block-end:1px solid var(--line)}
th{border-block-end-color:var(--faint)}
.s{unicode-bidi:isolate;scroll-margin-block:30vh}
.s>[id]{scroll-margin-block:30vh}
div.s,tr.s{position:relative}
section{scroll-margin-block:1rem}
nav{font-size:.85rem;line-height:1.5}
nav ol{list-style:none;margin:.6em 0 0;padding:0}
nav summary{color:var(--faint);cursor:pointer}
nav li{margin-block-end:.4em}
nav a{color:var(--ink);text-decoration:none}
nav a:hover{text-decoration:underline}
.l2{padding-inline-start:1em}.l3{padding-inline-start:2em}.l4{padding-inline-start:3em}
[data-n]{position:relative}
[data-n]::before{content:attr(data-n);content:attr(data-n)/"";position:absolute;inset-inline-end:calc(100% + 1.4rem);inset-block-start:.35em;font-size:.7rem;line-height:1.6;color:var(--faint);display:none}
.pg{font-size:.7rem;line-height:1.4;color:var(--faint);border:1px solid var(--line);border-radius:3px;padding:0 .35em;margin-inline:.2em;user-select:none;-webkit-user-select:none}
.k{position:absolute;inset-inline-end:0;margin-block-start:1.85rem;display:inline-flex;flex-wrap:wrap;gap:.2rem;align-items:center;padding:.1rem .2rem;background:var(--paper);border:1px solid var(--line);border-radius:5px;box-shadow:0 1px 4px #0002;font-size:.75rem;font-weight:400;line-height:1.5;white-space:nowrap;z-index:2;opacity:0;clip-path:inset(50%);transition:clip-path 0s .35s,opacity .1s .35s;user-select:none;-webkit-user-select:none}
.k a{padding:.3rem .5rem;text-decoration:none}
.k button{display:none}
.s:hover>.k,.s:hover>:last-child>.k{opacity:1;clip-path:inset(-1rem);transition-delay:.25s}
.k:focus-within{opacity:1;clip-path:inset(-1rem);transition-delay:0s;z-index:3}
.js .s:hover>.k button,.js .s:hover>:last-child>.k button,.js .k:focus-within button{display:block}
.s .k{inset-block-start:auto}
div.s>.k{inset-block-start:100%;margin-block-start:0}
tr .k{margin-block-start:0}
button{font:inherit;color:var(--link);background:none;border:0;border-radius:3px;padding:.3rem .5rem;cursor:pointer}
button:hover,.k a:hover{background:var(--mark);color:var(--marked)}
[id^=p-]:target{background:var(--mark);color:var(--marked);text-decoration:underline var(--stroke) 2px;text-underline-offset:.28em;box-decoration-break:clone;-webkit-box-decoration-break:clone;border-radius:2px}
:target .k,:target .pg{text-decoration:none;color:var(--ink)}
:is(p,li,div.s,.t):has([id^=p-]:target){box-shadow:-.9rem 0 var(--paper),calc(-.9rem - 3px) 0 var(--stroke)}
[dir=rtl] :is(p,li,div.s,.t):has([id^=p-]:target){box-shadow:.9rem 0 var(--paper),calc(.9rem + 3px) 0 var(--stroke)}
.bar{display:none;position:fixed;inset-block-end:0;inset-inline:0;z-index:4;padding:.7rem 1.25rem calc(.7rem + env(safe-area-inset-bottom));background:var(--paper);border-block-start:1px solid var(--line);font-size:.8rem;line-height:1.5}
.bar>*{max-width:37rem;margin:0 auto .3rem}
.bar .cite{max-height:6em;overflow:auto;overflow-wrap:anywhere}
.bar div{display:flex;flex-wrap:wrap;gap:.2rem .6rem;align-items:center;margin-block-end:0}
.bar button{display:none;border:1px solid var(--line)}
.js .bar button{display:block}
.bar.on,body:has([id^=p-]:target) .bar{display:block}
.w{margin-block-end:2em}
.w p{margin-block-end:.3em}
.w .r{font-size:1.2rem;line-height:2.3;text-align:start;unicode-bidi:isolate;scroll-margin-block:30vh}
ruby{white-space:nowrap}
rt{font:.8rem/1.2 system-ui,sans-serif;color:var(--faint);padding-inline:.15em;user-select:none;-webkit-user-select:none}
:target rt{color:inherit}
.w:has(:target){box-shadow:-.9rem 0 var(--paper),calc(-.9rem - 3px) 0 var(--stroke)}
dl{display:grid;grid-template-columns:fit-content(8em) 1fr;gap:.1em .8em;margin:0;font-size:.85rem;line-height:1.5}
dd{margin:0;color:var(--faint)}
.list{list-style:none;padding:0}
.list li{margin-block-end:1.4em}
.list a{font-size:1.2rem}
.list p{margin:.1em 0 0}
@media (min-width:38rem){dl{grid-template-columns:fit-content(8em) 1fr fit-content(8em) 1fr}}
@media (min-width:52rem){
[data-n]::before{display:block}
.pg{position:absolute;inset-inline-start:calc(100% + 1.4rem);margin:.45em 0 0}
.t .pg{position:static}
}
@media (min-width:76rem){
body{display:grid;grid-template-columns:minmax(11rem,1fr) 37rem minmax(10rem,1fr);column-gap:3.2rem;padding-inline:1.5rem}
main,.back{grid-column:2;width:100%}
nav.toc{grid-column:1;grid-row:1/span 3;position:sticky;inset-block-start:0;align-self:start;max-height:100vh;overflow-y:auto;padding-block:4.6rem 2rem}
.k,.s .k{inset-inline-end:auto;inset-inline-start:calc(100% + 1.1rem);margin-block-start:.1em;width:max-content;max-width:12rem}
div.s>.k{inset-block-start:0}
.t .k{inset-inline:auto 0;max-width:none}
}
@media (max-width:75.99rem){nav.toc{max-width:37rem;margin:1.5rem auto 0}}
@media (forced-colors:active){
[id^=p-]:target{outline:2px solid Highlight;outline-offset:1px}
:is(p,li,div.s,.t):has([id^=p-]:target){border-inline-start:3px solid Highlight;padding-inline-start:.6rem}
}
@media (prefers-reduced-motion:reduce){.k{transition:none}}
@media print{
:root{font-size:11pt;${variablesOf({ ...SCHEMES.light, paper: "#fff", ink: "#000", faint: "#444" })}}
.skip,nav,.back,.k,.bar,body:has([id^=p-]:target) .bar{display:none}
body{display:block;padding:0}
main{max-width:none;margin-inline:1.5cm}
[data-n]::before{display:block}
h1,h2,h3,h4,h5,h6{break-after:avoid}
p,li{orphans:3;widows:3}
tr,pre,.w{break-inside:avoid}
.t{overflow:visible}
}
`.trim();
