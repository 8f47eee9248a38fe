import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../src/report/html.ts';
import { html } from '../../src/report/html-text.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { lintFiles } from '../support/lint-files.ts';

const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:1.0.0\n`;
const tree = {
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': pod,
  'prod/kustomization.yaml': 'resources: [../base]\nimages: [{name: web, newTag: latest}]\n',
};

describe('the page', () => {
  it('has verdict, criteria, and findings with frames through the layers', () => {
    const page = htmlReport(lintFiles(tree, { only: ['image-not-pinned'] }));
    expect(page).toContain('<h1>cdb-lint&#58; this must not be merged</h1>');
    expect(page).toContain('<p>1 errors, 0 warnings, 0 notes, 0 accepted</p>');
    expect(page).toContain('<tr><th>web</th>');
    expect(page).toContain('<td class="bad">✗ 1</td>');
    expect(page).toContain('base/pod.yaml&#58;7');
    expect(page).toContain('7 |       image&#58; web&#58;1.0.0');
  });

  it('says what was not checked', () => {
    const page = htmlReport(lintFiles({ 'k/kustomization.yaml': 'resources: [gone.yaml]\n' }));
    expect(page).toContain('<h2 class="bad">Not checked</h2>');
  });

  it('has no markup from data, loads nothing, runs nothing', () => {
    const page = htmlReport(hostileReport());
    expect(page).toContain('evil.example');
    expect(page).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
    const tags = new Set([...page.matchAll(/<\/?([a-z0-9]+)/giu)].map(([, name]) => name));
    for (const tag of ['script', 'img', 'a', 'link', 'iframe', 'b']) expect(tags).not.toContain(tag);
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|##\[|^\s*::/mu);
  });
});

it('values of a template are text, unless they are HTML', () => {
  const inner = html`<b>${'<&"\'>'}</b>`;
  expect(html`<p title="${'"x'}">${inner}${[inner]}${1}</p>`.markup).toBe(
    '<p title="&quot;x"><b>&lt;&amp;&quot;&#39;&gt;</b><b>&lt;&amp;&quot;&#39;&gt;</b>1</p>',
  );
});
