import { expect, it } from 'vitest';
import { lineColumn } from '../../src/report/finding/line-column.ts';
import type { Report } from '../../src/report/report.ts';
import { edits } from '../broken/edits.ts';
import { lintFiles } from '../support/lint-files.ts';
import { platformFiles } from '../support/platform-files.ts';

const files = platformFiles();

/** As Git lays files out on Windows. */
function onWindows(of: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(of).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]));
}

function told({ findings }: Report): string[] {
  return findings.map(({ rule, severity, span }) => {
    const { line, column } = lineColumn(span.file, span.start);
    return `${severity} ${rule} ${span.file.path}:${line}:${column}`;
  });
}

it('a checkout with carriage returns is as clean as one without', () => {
  expect(told(lintFiles(onWindows(files), { paths: ['k8s'] }))).toEqual([]);
});

const text = edits.filter(({ search, replace }) => search !== undefined && replace !== undefined);

it.each(text.filter((_, index) => index % 9 === 0))(
  '$id: what is broken is told at the same place in a checkout with carriage returns',
  ({ file, search = '', replace = '' }) => {
    const path = `k8s/${file}`;
    const broken = { ...files, [path]: (files[path] ?? '').replaceAll(search, replace) };
    const plain = told(lintFiles(broken, { paths: ['k8s'] }));
    expect(plain).not.toEqual([]);
    expect(told(lintFiles(onWindows(broken), { paths: ['k8s'] }))).toEqual(plain);
  },
);
