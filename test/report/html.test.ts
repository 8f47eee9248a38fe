import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { placeUrls } from '../../src/report/finding/place-url.ts';
import { htmlReport } from '../../src/report/html/html.ts';
import { html, withCode } from '../../src/report/html/html-text.ts';
import { script, scriptHash } from '../../src/report/html/script.ts';
import { style, styleHash } from '../../src/report/html/style.ts';
import { readCodeOwners } from '../../src/source/code-owners.ts';
import { fluxKustomization } from '../reconcile/discover-files.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { lintFiles } from '../support/lint-files.ts';

const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:1.0.0\n`;
const tree = {
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': pod,
  'prod/kustomization.yaml': 'resources: [../base]\nimages: [{name: web, newTag: latest}]\n',
};

describe('the page', () => {
  const report = lintFiles(tree, { profile: 'acceptance', only: ['image-not-pinned'] });
  const page = htmlReport(report);

  it('has verdict, criteria, and findings with frames through the layers', () => {
    expect(page).toContain('<h1>cdb-lint&#58; failed</h1>');
    expect(page).toContain('<li class="error"><b>1</b> error</li>');
    expect(page).toContain('<tr><th scope="row">web</th>');
    expect(page).toMatch(
      /<td class="bad"><a href="#[0-9a-f]{32}" data-e="e\d" data-c="c\d+" data-q="web">✗ 1<\/a><\/td>/u,
    );
    expect(page).toContain('base/pod.yaml&#58;7');
    expect(page).toContain('7 |       <mark>image&#58; web&#58;1.0.0</mark>');
    expect(page).toContain('Set by (2 layers)');
  });

  it('has an address for each finding, and no second one like it', () => {
    const [finding] = report.findings;
    expect(page).toContain(`id="${finding?.fingerprint}"`);
    expect(page).toContain(`href="#${finding?.fingerprint}"`);
    const ids = [...page.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/ href="#([^"]+)"/gu)].map(([, id]) => id);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('says what was not checked', () => {
    const broken = htmlReport(lintFiles({ 'k/kustomization.yaml': 'resources: [gone.yaml]\n' }));
    expect(broken).toContain('<h2 class="bad" id="unchecked">Not checked</h2>');
  });

  it('shows as code what a help names as code, and nothing of its backticks', () => {
    const page = htmlReport(
      lintFiles({
        'web.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {unknwn: <b>}\n',
      }),
    );
    expect(page).toContain('<code>kubectl explain service.spec</code>');
    expect(page).not.toContain('`');
    expect(withCode('a `<b>` c`').markup).toBe('a <code>&lt;b&gt;</code> c`');
  });

  it('closes a long list of what was not checked, which stands before the findings', () => {
    const bases = Array.from({ length: 12 }, (_, index) => `https://github.com/shop/base${index}?ref=v1.0.0`);
    const page = htmlReport(
      lintFiles({ 'kustomization.yaml': `resources:\n${bases.map((one) => `  - ${one}\n`).join('')}` }),
    );
    const [before = '', after = ''] = page.split('<details><summary>2 more not checked</summary>');
    expect(before.match(/<li><code>https/gu)).toHaveLength(10);
    expect(after).toContain('<h2 id="findings">');
  });

  it('closes a long list of what is suppressed', () => {
    const page = (count: number): string => {
      const pod = (index: number): string =>
        `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p${index}\n  annotations: {cdb-lint.dev/ignore: "limits-missing -- known for long"}\nspec: {containers: [{name: web, image: "web:1"}]}\n`;
      const files = { 'pods.yaml': Array.from({ length: count }, (_, index) => pod(index)).join('---\n') };
      return htmlReport(lintFiles(files, { profile: 'all', only: ['limits-missing'] }));
    };
    expect(page(2)).not.toContain('findings with a reason');
    expect(page(21)).toContain('<details><summary>21 findings with a reason</summary><ul>');
  });

  it('says so where nothing was found', () => {
    expect(htmlReport(lintFiles({ 'a.yaml': pod }, { only: ['unknown-field'] }))).toContain('No findings.');
  });

  it('shows who deploys what, in a picture and in words', () => {
    const deployed = htmlReport(
      lintFiles({
        ...tree,
        'cluster/flux-system/sync.yaml': fluxKustomization('flux-system', './cluster'),
        'cluster/web.yaml': fluxKustomization('web', './prod', 'dependsOn: [{ name: data }]'),
        'cluster/data.yaml': fluxKustomization('data', './base'),
      }),
    );
    expect(deployed.match(/<svg role="img"/gu)).toHaveLength(1);
    expect(deployed).toMatch(
      /<th scope="row">web<\/th>.*<code>prod<\/code>.*<td>flux-system<\/td><td>data<\/td>/u,
    );
    expect(deployed).toContain('1 object with more than one owner');
    expect(deployed).toMatch(
      /<summary>Kustomization flux-system\/web <span class="soft">by Flux from prod, 1 object</u,
    );
  });
});

describe('what a browser makes of it', () => {
  it('no markup from data, nothing loaded, nothing run', () => {
    const page = htmlReport(hostileReport());
    expect(page).toContain('evil.example');
    expect(page).toContain(
      `content="default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'"`,
    );
    const tags = new Set(
      [...page.replace(`<script>${script}</script>`, '').matchAll(/<\/?([a-z0-9]+)/giu)].map(
        ([, name]) => name,
      ),
    );
    for (const tag of ['script', 'img', 'link', 'iframe', 'form', 'object']) expect(tags).not.toContain(tag);
    expect(page.replace(script, '')).not.toMatch(/\s(?:style|on[a-z]+)="/u);
    for (const [, target = ''] of page.matchAll(/\s(?:href|src|action)="([^"]*)"/gu))
      expect(target).toMatch(/^#|^https&#58;\/\/cdb-lint\.dev\/rules\//u);
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|##\[|^\s*::/mu);
  });

  it('its policy lets in the style that it has, and no other', () => {
    const page = htmlReport(lintFiles(tree));
    const [, written = ''] = /<style>([\s\S]*?)<\/style>/u.exec(page) ?? [];
    expect(written).toBe(style);
    expect(styleHash).toBe(`sha256-${createHash('sha256').update(written).digest('base64')}`);
    const [, run = ''] = /<script>([\s\S]*?)<\/script>/u.exec(page) ?? [];
    expect(run).toBe(script);
    expect(scriptHash).toBe(`sha256-${createHash('sha256').update(run).digest('base64')}`);
  });

  it('the script has nothing that makes code or markup of data', () => {
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(|setAttribute|\.src\b/u,
    );
  });

  it('says what it is of, where lines can be read, and who owns them', () => {
    const page = htmlReport(lintFiles(tree), {
      facts: {
        repository: 'https://forge.example/o/r',
        commit: '4f1c',
        branch: 'main',
        date: '2026-11-29 17:00 UTC',
        version: '1.2.3',
      },
      urlOf: placeUrls('https://forge.example/o/r/blob/4f1c/{path}#L{line}'),
      ownersOf: readCodeOwners('* @all\n/base/ @team-base # the base\n'),
    });
    expect(page).toContain('<dt>Commit</dt><dd>4f1c</dd>');
    expect(page).toContain('href="https&#58;//forge.example/o/r/blob/4f1c/base/pod.yaml&#35;L');
    expect(page).toContain('data-o="@team-base"');
  });
});

it('values of a template are text, unless they are HTML', () => {
  const inner = html`<b>${'<&"\'>'}</b>`;
  expect(html`<p title="${'"x'}">${inner}${[inner]}${1}</p>`.markup).toBe(
    '<p title="&quot;x"><b>&lt;&amp;&quot;&#39;&gt;</b><b>&lt;&amp;&quot;&#39;&gt;</b>1</p>',
  );
});

it.each([
  ['light', 0],
  ['dark', 1],
])('every text has enough contrast on its ground in the %s scheme', (_, scheme) => {
  const colours = [...style.matchAll(/:root\{([^}]*)\}/gu)].map(
    ([, text = '']) =>
      new Map([...text.matchAll(/--([a-z]+):(#[0-9a-f]+)/gu)].map(([, name, value]) => [name, value])),
  )[scheme];
  const pairs = [
    ...['ink', 'soft', 'error', 'warning', 'note', 'good'].flatMap((text) =>
      ['paper', 'panel'].map((ground) => [text, ground]),
    ),
    ['ink', 'mark'],
  ];
  for (const [text = '', ground = ''] of pairs)
    expect(
      contrast(colours?.get(text) ?? '', colours?.get(ground) ?? ''),
      `${text} on ${ground}`,
    ).toBeGreaterThan(4.5);
});

/** The contrast ratio of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replaceAll(/[0-9a-f]/gu, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
