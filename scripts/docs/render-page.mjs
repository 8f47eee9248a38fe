// A page of the site: Markdown as GitHub shows it, with links between sources turned into links between pages.
import { posix } from 'node:path';
import { Marked } from 'marked';

/**
 * The HTML of a page. `pages` are all there are; `repository` is where files are read that are not on the site, as https://HOST/OWNER/NAME/blob/COMMIT:
 * without it what leads there is words alone.
 */
export function renderPage(page, { pages, repository }) {
  const up = '../'.repeat(page.address.split('/').length - 1);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(page.title)}${page.address === '' ? '' : ' – cdb-lint'}</title>
<link rel="stylesheet" href="${up}style.css">
${page.script === undefined ? '' : `<script src="${up}${page.script}" defer></script>\n`}</head>
<body>
<header><a href="${up === '' ? './' : up}">cdb-lint</a> <a href="${up}rules/">Rules</a> <a href="${up}docs/configuration/">Configuration</a> <a href="${up}pages/">All pages</a></header>
<main>
${page.content ?? contentOf(page, { pages, repository, up })}</main>
</body>
</html>
`;
}

/** The list of all pages, with a search over their titles; without script it is a list. */
export function indexPage(pages) {
  const items = pages.map(({ address, title }) => `<li><a href="../${address}">${escaped(title)}</a></li>\n`);
  const search =
    '<p hidden><label for="search">Search titles</label> <input type="search" id="search" autocomplete="off"></p>';
  const content = `<h1>All pages</h1>\n${search}\n<ul class="pages">\n${items.join('')}</ul>\n`;
  return { address: 'pages/', title: 'All pages', script: 'search.js', content };
}

function contentOf({ source, markdown }, site) {
  const known = new Set();
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${anchorOf(text, known)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        return href === '' ? words : `<a href="${escaped(href)}">${words}</a>`;
      },
      table(token) {
        const row = (cells) => `<tr>${cells.map((cell) => this.tablecell(cell)).join('')}</tr>\n`;
        return `<div class="scroll" tabindex="0"><table><thead>\n${row(token.header)}</thead><tbody>\n${token.rows.map(row).join('')}</tbody></table></div>\n`;
      },
    },
    walkTokens(token) {
      if (token.type === 'link' || token.type === 'image') token.href = addressOf(token.href, source, site);
    },
  });
  return marked.parse(markdown);
}

/** The anchor that GitHub makes of a heading. */
function anchorOf(text, known) {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
  let anchor = plain;
  for (let count = 1; known.has(anchor); count += 1) anchor = `${plain}-${count}`;
  known.add(anchor);
  return anchor;
}

/** Where a link of a source leads to from its page; nowhere, where that is not known. */
function addressOf(href, source, { pages, repository, up }) {
  if (/^[a-z]+:|^#/u.test(href)) return href;
  const [path = '', anchor] = href.split('#');
  const target = posix.normalize(posix.join(posix.dirname(source), path));
  const page = pages.find((one) => one.source === target);
  const hash = anchor === undefined ? '' : `#${anchor}`;
  if (page !== undefined) return `${up}${page.address}${hash}` || './';
  if (target === 'docs/finding.svg') return `${up}${target}`;
  return repository === undefined ? '' : `${repository}/${target}${hash}`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
