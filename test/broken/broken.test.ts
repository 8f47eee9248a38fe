import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { platformFiles } from '../support/platform-files.ts';
import { breakPlatform } from './break-platform.ts';
import { edits } from './edits.ts';
import { placeOf } from './place.ts';

const files = platformFiles();

describe('one edit of our own manifests is found where it was made, and nothing else is', () => {
  it('nothing is found without an edit', () => {
    const report = lintFiles(files, { paths: ['k8s'] });
    expect(report.findings.map(placeOf)).toEqual([]);
    expect(report.exitCode).toBe(0);
  });

  it.each(edits.map((edit) => [edit.id, edit] as const))('%s', (_, edit) => {
    const report = lintFiles(breakPlatform(files, edit), { paths: ['k8s'] });
    expect(report.findings.map(placeOf)).toEqual(edit.expected);
    for (const { message, help } of report.findings) {
      expect(message).not.toMatch(/undefined|\[object|\bNaN\b|[.!]$/u);
      expect(help, `no one says what to do about: ${message}`).toBeTruthy();
    }
    const isWhole = report.findings.every(({ unchecked }) => unchecked === undefined);
    expect(report.exitCode).toBe(isWhole ? (report.summary.error > 0 ? 1 : 0) : 2);
    expect(report.unchecked.length > 0).toBe(!isWhole);
  });
});
