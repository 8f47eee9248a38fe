import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../src/report/html/html.ts';
import type { Finding, Report } from '../../src/report/report.ts';
import { browse, chromium } from '../support/chromium.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { lintFiles } from '../support/lint-files.ts';
import { platformFiles } from '../support/platform-files.ts';

const pod = (name: string, image: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n    - name: web\n      image: ${image}\n`;

/** Errors in dev and prod, a warning in prod alone. */
function exampleReport(): Report {
  return lintFiles({
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': pod('web', 'web:latest'),
    'dev/kustomization.yaml': 'resources: [../base]\n',
    'prod/kustomization.yaml': 'resources: [../base]\ncommonLabels: {a: b}\n',
  });
}

function manyFindings(report: Report, count: number): Report {
  const [finding] = report.findings;
  const findings = Array.from({ length: count }, (_, index): Finding[] =>
    finding === undefined
      ? []
      : [{ ...finding, cause: `${index}`, fingerprint: index.toString(16).padStart(32, '0') }],
  ).flat();
  return { ...report, findings, summary: { ...report.summary, error: count } };
}

const shown = `return [...page.querySelectorAll('.findings article:not(.cause)')].filter((item) => item.firstChild.offsetParent !== null).map((item) => \`\${item.className} \${item.firstChild.className}\`)`;

if (chromium === undefined)
  console.warn('no Chromium here: what a browser makes of the HTML report is not tested');

describe.skipIf(chromium === undefined)('in Chromium', () => {
  it('takes the style, and refuses nothing of the page', () => {
    const page = htmlReport(hostileReport());
    const { result, log } = browse(
      page,
      `return view.getComputedStyle(page.querySelector('header')).borderLeftWidth`,
    );
    expect(result).toBe('6px');
    expect(log).not.toContain('Content Security Policy');
  });

  it('refuses any other style or script', () => {
    const added = htmlReport(hostileReport()).replace(
      '</main>',
      '<style>header{display:none}</style><script>document.title="run"</script></main>',
    );
    const { result, log } = browse(
      added,
      `return [page.title.startsWith('cdb-lint'), view.getComputedStyle(page.querySelector('header')).display]`,
    );
    expect(result).toEqual([true, 'block']);
    expect(log.match(/Content Security Policy/gu)?.length).toBeGreaterThanOrEqual(2);
  });

  it.each([390, 1440])('is not a wider than %i columns of pixels', (width) => {
    for (const report of [exampleReport(), hostileReport(), lintFiles(platformFiles())]) {
      const { result } = browse(
        htmlReport(report),
        `return [page.documentElement.scrollWidth, page.documentElement.clientWidth]`,
        { width },
      );
      const [content, view] = result as [number, number];
      expect(content).toBeLessThanOrEqual(view);
    }
  });

  it('leaves room for the other columns of a table on a phone', () => {
    const { result } = browse(
      htmlReport(hostileReport()),
      `for (const one of page.querySelectorAll('details')) one.open = true;
       const name = page.createElement('div');
       name.innerHTML = '<div class="scroll"><table><tbody><tr><th scope="row">' + 'clusters/'.repeat(20) + '</th><td>1</td></tr></tbody></table></div>';
       page.body.append(name);
       return name.querySelector('th').getBoundingClientRect().width`,
      { width: 390 },
    );
    expect(result).toBeGreaterThan(100);
    expect(result).toBeLessThan(200);
  });

  it('filters by severity, environment and criterion', () => {
    const page = htmlReport(exampleReport());
    const after = (ids: readonly string[]): string[] =>
      browse(page, `${ids.map((id) => `page.getElementById('${id}').click();`).join('')}${shown}`)
        .result as string[];
    const all = after([]);
    expect(all.length).toBe(exampleReport().findings.length);
    expect(all.some((names) => names.startsWith('warning'))).toBe(true);
    expect(after(['s-warning'])).toEqual(all.filter((names) => !names.startsWith('warning')));
    expect(after(['e0'])).toEqual(all.filter((names) => names.split(' ').includes('e0')));
    expect(after(['e0']).length).toBeLessThan(all.length);
    const [, criterion = ''] = all.map((names) => /\be1\b.*\b(c\d+)\b/u.exec(names)).find((one) => one) ?? [];
    const both = all.filter((names) => ['e1', criterion].every((one) => names.split(' ').includes(one)));
    expect(both.length).toBeLessThan(all.length);
    expect(after([criterion, 'e1'])).toEqual(both);
  });

  it('searches, groups and keeps both in the address, and a mark leads to its findings', () => {
    const probe = `const search = page.getElementById('search'), group = page.getElementById('group');
      const visible = () => [...page.querySelectorAll('.findings article:not(.cause)')].filter((item) => !item.hidden).length;
      const start = [visible(), page.getElementById('tools').hidden];
      search.value = 'latest'; search.dispatchEvent(new view.Event('input'));
      const found = visible();
      group.value = 'rule'; group.dispatchEvent(new view.Event('change'));
      const heads = [...page.querySelectorAll('.findings > .group')].filter((one) => !one.hidden).map((one) => one.textContent);
      const address = view.location.hash;
      const mark = page.querySelector('td.bad a');
      mark.click();
      return [start, found, heads, address, visible() > 0, page.getElementById(mark.dataset.c).checked, page.getElementById('shown').textContent];`;
    const files = {
      'base/kustomization.yaml': 'resources: [pod.yaml, other.yaml]\n',
      'base/pod.yaml': `${pod('web', 'web:latest').replace('{name: web}', '{name: web, labels: {app.kubernetes.io/name: web}}')}`,
      'base/other.yaml': pod('other', 'other:1.0.0'),
      'dev/kustomization.yaml': 'resources: [../base]\n',
      'prod/kustomization.yaml': 'resources: [../base]\n',
      'cdb-lint.yaml': 'environments: {dev: {root: dev}, prod: {root: prod}}\n',
    };
    const report = lintFiles(files, { profile: 'all' });
    const { result, log } = browse(htmlReport(report), probe);
    expect(result).toBeInstanceOf(Array);
    const [start, found, heads, address, isLed, isChosen, words] = result as [
      [number, boolean],
      number,
      string[],
      string,
      boolean,
      boolean,
      string,
    ];
    expect(start).toEqual([report.findings.length, false]);
    expect(found).toBeLessThan(report.findings.length);
    expect(heads.every((one) => /^[a-z-]+ \(\d+\)$/u.test(one))).toBe(true);
    expect(heads.reduce((sum, one) => sum + Number(/\d+/u.exec(one.slice(one.indexOf('(')))?.[0]), 0)).toBe(
      found,
    );
    expect(address).toBe('#?q=latest&group=rule');
    expect([isLed, isChosen]).toEqual([true, true]);
    expect(words).toMatch(/^\d+ of \d+ shown$/u);
    expect(log).not.toContain('Content Security Policy');
  });

  it('takes the search and the group of an address', () => {
    const { result } = browse(
      htmlReport(exampleReport()),
      `return [page.getElementById('search').value, page.getElementById('group').value, page.querySelectorAll('.findings > .group').length > 0]`,
      { fragment: '?q=web&group=file' },
    );
    expect(result).toEqual(['web', 'file', true]);
  });

  it('opens the finding that the address names', () => {
    const page = htmlReport(manyFindings(exampleReport(), 200));
    const fragment = (150).toString(16).padStart(32, '0');
    const { result } = browse(
      page,
      `const body = page.getElementById('${fragment}');
       return [body.closest('details').open, view.getComputedStyle(body).outlineWidth, page.querySelectorAll('.findings > article > details[open]').length]`,
      { fragment },
    );
    expect(result).toEqual([true, '3px', 41]);
  });

  it('is all within reach of the keyboard', () => {
    const { result } = browse(
      htmlReport(exampleReport()),
      `return [...page.querySelectorAll('.scroll, summary, a, input')].filter((one) => one.tabIndex < 0).length`,
    );
    expect(result).toBe(0);
  });

  it('can be read and used by everyone', () => {
    const { result } = browse(
      htmlReport(lintFiles(platformFiles(), { profile: 'all' })),
      `const all = (selector) => [...page.querySelectorAll(selector)];
       const seen = (one) => one.checkVisibility();
       const levels = all('h1, h2, h3').filter(seen).map(({ tagName }) => Number(tagName[1]));
       return {
         landmarks: ['header', 'nav', 'main'].map((name) => all(name).length),
         skipped: levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1),
         nameless: all('nav, [role=region], meter').filter((one) => !one.getAttribute('aria-label')).length,
         misnamed: all('input').filter((one) => !one.getAttribute('aria-label').includes(one.labels[0].textContent)).length,
         small: all('summary').filter((one) => seen(one) && one.getBoundingClientRect().height < 24).length,
         unreachable: all('*').filter((one) => seen(one) && one !== page.body && one.scrollWidth > one.clientWidth + 1 && view.getComputedStyle(one).overflowX === 'auto' && one.tabIndex < 0).length,
       };`,
      { width: 390 },
    );
    expect(result).toEqual({
      landmarks: [1, 1, 1],
      skipped: [],
      nameless: 0,
      misnamed: 0,
      small: 0,
      unreachable: 0,
    });
  });

  it('stays within its budget for ten thousand findings', () => {
    const page = htmlReport(manyFindings(exampleReport(), 10_000));
    expect(page.length / 10_000).toBeLessThan(2000);
    const { result } = browse(page, `return page.querySelectorAll('*').length`);
    expect((result as number) / 10_000).toBeLessThan(30);
  });
});
