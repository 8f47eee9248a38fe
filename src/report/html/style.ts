/** How many environments and criteria can be filtered by: their rules cannot depend on data, since the hash does. */
export const mostFilters = 32;

const indices = Array.from({ length: mostFilters }, (_, index) => index);

// Two shades of each colour, so that every text has a contrast of 4.5 and more on its ground.
const css = `:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--panel:#f6f8fa;--error:#b42318;--warning:#8a5700;--note:#0a58b0;--good:#18713a;--mark:#ffe9a8;--focus:#0a58b0}
@media(prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#9aa4af;--line:#343b44;--panel:#161b22;--error:#ff8479;--warning:#e3b341;--note:#79b8ff;--good:#56d27a;--mark:#5c4a10;--focus:#79b8ff}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
body{max-width:82rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.25;margin:.2rem 0}
h2{font-size:1.2rem;margin:2.2rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.2rem 0 .2rem;font-weight:600;overflow-wrap:anywhere}
p{margin:.4rem 0;overflow-wrap:anywhere}
a{color:var(--note)}
a:focus-visible,summary:focus-visible,.scroll:focus-visible,input:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:3px}
code,pre,.place{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86em}
pre{margin:.5rem 0;padding:.6rem .8rem;background:var(--panel);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.45}
mark{background:var(--mark);color:inherit;border-radius:2px}
nav ul,.counts{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;list-style:none;padding:0;margin:.6rem 0}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
header{border-left:6px solid var(--good);padding:.4rem 0 .4rem 1rem}
header.failed{border-color:var(--error)}header.open{border-color:var(--warning)}
.soft{color:var(--soft)}
.error,.bad{color:var(--error)}.warning,.unknown{color:var(--warning)}.note{color:var(--note)}.good{color:var(--good)}
.counts b{font-size:1.25rem;font-weight:600}
.scroll{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{padding:.25rem .6rem;border:1px solid var(--line);text-align:left;vertical-align:top}
thead th{white-space:nowrap;background:var(--panel);font-weight:600}
.matrix td{text-align:center}.matrix th,.matrix td{padding:.25rem .45rem}
tbody th{font-weight:500;white-space:nowrap;background:var(--paper);position:sticky;left:0}
td.number{text-align:right}
svg{color:var(--ink);font:13px system-ui,sans-serif;max-width:none}
.box{fill:var(--panel)}
.sides{width:100%;table-layout:fixed}.sides th[scope=row]{white-space:normal;overflow-wrap:anywhere;position:static}.sides th:first-child{width:28%}.sides pre{margin:0;padding:.1rem .3rem;border:0}
${['destroys', 'breaks', 'disrupts', 'changes', 'silent'].map((one) => `#x-${one}:not(:checked)~.rows>.x-${one}`).join()}{display:none}
details>summary{cursor:pointer;padding:.1rem 0}summary,li{overflow-wrap:anywhere}
.filter{display:block;font-weight:600;margin:.5rem 0 .1rem}
label{margin:0 .9rem 0 0}
#tools{display:flex;flex-wrap:wrap;gap:.4rem .2rem;align-items:center;margin:.6rem 0}#tools[hidden],.findings [hidden]{display:none!important}#tools label{margin:0}
#search{min-width:0;width:22rem;max-width:100%}input[type=search],select,button{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.2rem .5rem;max-width:100%}
.zooms{display:none;gap:.3rem}.js .zooms{display:flex}.zoom{min-width:2rem}.picture .scroll{max-height:80vh;overflow:auto}
.copy{display:none;font-size:.86em;padding:0 .4rem;margin-left:.4rem}.js .copy{display:inline}
.findings>.group{margin:1.4rem 0 .3rem;color:var(--ink);display:block}
.facts{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem}.facts div{display:flex;gap:.4rem}
.findings article>details{content-visibility:auto;contain-intrinsic-size:auto 4.7rem;border:1px solid var(--line);border-left:4px solid;border-radius:6px;padding:.5rem .8rem;margin:.5rem 0}
.findings summary p{color:var(--ink);margin:.1rem 0 0}
.findings h3{display:inline;margin:0;color:var(--ink)}
.findings .body{color:var(--ink);margin-top:.4rem}
.body:target{outline:3px solid var(--focus);outline-offset:4px;border-radius:3px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
@media(max-width:600px){body{padding:.7rem}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}th,td{padding:.2rem .4rem}tbody th{white-space:normal;overflow-wrap:anywhere;min-width:8rem;max-width:45vw}}
@media print{.filter,.filter~input,.filter~label,nav{display:none}.findings article>details{content-visibility:visible}}
.by-e article,.by-c article>details{display:none}
${chosen('e', '.by-e ', 'article')},${chosen('c', '.by-c article>', 'details')}{display:block}
${['error', 'warning', 'note'].map((severity) => `#s-${severity}:not(:checked)~.findings article.${severity}`).join()}{display:none}`;

/** Each choice shows what has its class: a browser tries such a rule on nothing else, however many there are. */
function chosen(kind: 'e' | 'c', within: string, all: string): string {
  const choices = indices.map((index) => `#${kind}${index}:checked~${within}.${kind}${index}`);
  return [`#${kind}-all:checked~${within}${all}`, ...choices].join();
}

export const style: string = css;

/** The SHA-256 of the style, the only one that the page's policy lets in. A test says what it has to be. */
export const styleHash = 'sha256-DDsDIxI98CDhslfcXJQ2VxD9Oi4NlzlKlPb3N5XKZgk=';
