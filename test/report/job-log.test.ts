import { describe, expect, it } from 'vitest';
import { readDiff } from '../../src/report/finding/changed-lines.ts';
import { jobLog } from '../../src/report/terminal/job-log.ts';
import { lintFiles } from '../support/lint-files.ts';
import { fluxCluster, fluxKustomization, planFiles } from '../support/plan-files.ts';

const only = { only: ['image-not-pinned'] };
const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers: [{name: web, image: ${name}}]\n`;
const many = Object.fromEntries(
  Array.from({ length: 30 }, (_, index) => [`p${index}/pod.yaml`, pod(`p${index}`)]),
);
const changed = readDiff('--- a/p7/pod.yaml\n+++ b/p7/pod.yaml\n@@ -5,1 +5,1 @@\n-x\n+y\n');

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'gu');
const linesOf = (text: string): string[] => text.replace(colours, '').split('\n');
const groupsOf = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => (line.startsWith('::group::') ? [line.slice(9)] : []));

/** What is seen before anything is opened. */
function openLines(lines: readonly string[]): string[] {
  let isOpen = true;
  return lines.filter((line) => {
    if (line.startsWith('::group::')) isOpen = false;
    const isShown = isOpen;
    if (line === '::endgroup::') isOpen = true;
    return isShown && line !== '';
  });
}

describe('the log of a job', () => {
  it('begins and ends with the verdict', () => {
    const lines = linesOf(jobLog(lintFiles(many, only))).filter((line) => line !== '');
    expect(lines[0]).toMatch(/^✓ Passed: 0 errors, 1 warning in 30 places/u);
    expect(lines.at(-1)).toBe(lines[0]);
  });

  it('shows the findings of the changed lines, and counts the others in a closed group', () => {
    const lines = linesOf(jobLog(lintFiles(many, only), { changed }));
    const open = openLines(lines).join('\n');
    expect(open).toContain('p7/pod.yaml:5');
    expect(open).not.toContain('p8/pod.yaml:5');
    expect(groupsOf(lines)[0]).toMatch(/^\d+ root causes? on lines that are not changed$/u);
    expect(lines.join('\n')).toContain('p8/pod.yaml:5');
  });

  it('closes every group that it opens', () => {
    const lines = linesOf(jobLog(lintFiles(many, only), { changed }));
    const marks = lines.flatMap((line) => /^::(?:group|endgroup)/u.exec(line) ?? []);
    expect(marks).toEqual(marks.map((_, index) => (index % 2 === 0 ? '::group' : '::endgroup')));
  });

  it('lets no name of the repository begin a group', () => {
    const report = lintFiles({ 'a.yaml': pod('"::group::x"') });
    expect(groupsOf(linesOf(jobLog(report))).filter((title) => title.includes('x'))).toEqual([]);
  });

  it('says what a change does to clusters before everything that is closed, and folds the clusters', () => {
    const base = {
      ...fluxCluster('clusters/prod'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
      'apps/kustomization.yaml': 'resources: [pod.yaml]\n',
      'apps/pod.yaml': pod('a'),
    };
    const change = planFiles(base, { 'apps/kustomization.yaml': 'resources: []\n' });
    const lines = linesOf(jobLog({ ...lintFiles(base, only), change }));
    expect(openLines(lines).join('\n')).toMatch(/base base {3}head head[\s\S]*Pod a is deleted/u);
    expect(groupsOf(lines)[0]).toBe('1 cluster');
  });
});
