import { expect, it } from 'vitest';
import { gitlabReport } from '../../src/report/machine/gitlab.ts';
import { hostileReport, textsIn } from '../support/hostile-report.ts';
import { lintFiles } from '../support/lint-files.ts';

it('has what the code quality widget needs', () => {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:latest\n      imagee: x\n`;
  const issues: unknown = JSON.parse(
    gitlabReport(
      lintFiles({ 'pod.yaml': pod }, { profile: 'acceptance', only: ['unknown-field', 'image-not-pinned'] }),
    ),
  );
  expect(issues).toEqual([
    {
      description: expect.stringContaining('web:latest'),
      check_name: 'image-not-pinned',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/u),
      severity: 'critical',
      location: { path: 'pod.yaml', lines: { begin: 7, end: 7 } },
    },
    expect.objectContaining({ check_name: 'unknown-field', severity: 'critical' }),
  ]);
});

it('has a fingerprint of its own for each issue, and nothing that a reader would not see', () => {
  const issues = JSON.parse(gitlabReport(hostileReport())) as { fingerprint: string }[];
  expect(issues.length).toBeGreaterThan(1);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  for (const text of textsIn(issues)) expect(text).not.toMatch(/[\u0000-\u001f\u202e]/u);
});
