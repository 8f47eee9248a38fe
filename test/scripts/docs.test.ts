import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docsUrl, ruleUrls } from '../../src/report/docs-url.ts';
import { sarifReport } from '../../src/report/machine/sarif.ts';
import { rulePages } from '../../src/run/rule-pages.ts';
import { lintFiles } from '../support/lint-files.ts';
import { project } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-docs-'));
const repository = 'https://forge.example/o/r/blob/4f1c';
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  const env = { ...process.env, REPOSITORY_URL: repository };
  execFileSync(process.execPath, ['scripts/docs.mjs', folder], { cwd: project, env });
});

/** Every page by the path of its address. */
function readPages(): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('index.html'));
  return new Map(
    paths.map((path) => [
      `/${path.slice(0, -'index.html'.length)}`,
      readFileSync(join(folder, path), 'utf8'),
    ]),
  );
}

function targetsOf(page: string): string[] {
  return [...page.matchAll(/ (?:href|src)="([^"]*)"/gu)].map(([, target = '']) => target);
}

/** What a target of a page lacks: the file, or the heading. */
function isBroken(target: string, from: string, pages: ReadonlyMap<string, string>): boolean {
  const { pathname, hash } = new URL(target, `https://site.example${from}`);
  const page = pages.get(pathname);
  if (page === undefined) return pathname.endsWith('/') || !existsSync(join(folder, pathname));
  return hash !== '' && !page.includes(` id="${decodeURIComponent(hash.slice(1))}"`);
}

describe('the documentation site', () => {
  it('has no link that leads nowhere', () => {
    const pages = readPages();
    const broken = [...pages].flatMap(([from, page]) =>
      targetsOf(page)
        .filter((target) => !/^(?:https?|mailto):/u.test(target) && isBroken(target, from, pages))
        .map((target) => `${from}: ${target}`),
    );
    expect(broken).toEqual([]);
    const files = [...pages.values()]
      .flatMap(targetsOf)
      .filter((target) => target.startsWith(`${repository}/`))
      .map((target) => target.slice(repository.length + 1).replace(/#.*/u, ''));
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((path) => !existsSync(join(project, path)))).toEqual([]);
  });

  it('has a page for every rule, where reports link to', () => {
    const pages = readPages();
    const report = lintFiles({ 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labells: {}}\n' });
    const { runs } = JSON.parse(sarifReport(report, rulePages())) as {
      runs: { tool: { driver: { rules: { id: string; helpUri: string }[] } } }[];
    };
    const rules = runs.flatMap(({ tool }) => tool.driver.rules);
    expect(rules.length).toBeGreaterThan(0);
    for (const { id, helpUri } of rules) {
      expect(helpUri).toBe(ruleUrls()(id));
      expect(pages.get(helpUri.slice(docsUrl.length)), id).toContain(`<h1 id="${id}">${id}</h1>`);
    }
    expect(rulePages().size).toBeGreaterThan(250);
    for (const id of rulePages().keys())
      expect(pages.has(ruleUrls()(id).slice(docsUrl.length)), id).toBe(true);
  });

  it('lists every page by its title', () => {
    const pages = readPages();
    const list = pages.get('/pages/') ?? '';
    expect(list.match(/<li>/gu)).toHaveLength(pages.size - 1);
    expect(list).toContain('<a href="../rules/image-not-pinned/">image-not-pinned</a>');
  });
});
