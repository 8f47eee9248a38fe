// Builds the documentation site: node scripts/docs.mjs [FOLDER], which is site/ without one. A page is a folder with an index.html, so that
// addresses have no endings; REPOSITORY_URL (https://HOST/OWNER/NAME/blob/COMMIT) is where links to other files lead; /rules/ID/ is what a report links to (src/report/docs-url.ts).
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { indexPage, renderPage } from './docs/render-page.mjs';
import { sitePages } from './docs/site-pages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Writes every page below a folder, which is emptied first, and says how many there are. */
async function writeSite(folder) {
  const pages = await sitePages(root);
  rmSync(folder, { recursive: true, force: true });
  const site = { pages, repository: process.env.REPOSITORY_URL };
  for (const page of [...pages, indexPage(pages)])
    writeFile(join(folder, page.address, 'index.html'), renderPage(page, site));
  cpSync(join(root, 'docs/finding.svg'), join(folder, 'docs/finding.svg'));
  cpSync(join(root, 'scripts/docs/style.css'), join(folder, 'style.css'));
  cpSync(join(root, 'scripts/docs/search.js'), join(folder, 'search.js'));
  return pages.length;
}

function writeFile(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const folder = resolve(process.argv[2] ?? 'site');
console.log(`${await writeSite(folder)} pages in ${folder}`);
