import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../src/report/html/html.ts';
import type { Report } from '../../src/report/report.ts';
import { browseLater, chromium } from '../support/chromium.ts';
import { fleetFiles } from '../support/fleet-files.ts';
import { lintFiles } from '../support/lint-files.ts';
import { platformFiles } from '../support/platform-files.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe holds against the page; its policy is left out, since it lets no script of ours run. */
function complaintsAbout(page: string, width: number, dark: boolean): unknown {
  const open = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/u, '');
  const end = open.lastIndexOf('</body>');
  const probe = `axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))`;
  return browseLater(`${open.slice(0, end)}<script>${axe}</script>${open.slice(end)}`, probe, {
    width,
    dark,
  });
}

const reports: Readonly<Record<string, () => Report>> = {
  'our own manifests': () => lintFiles(platformFiles(), { profile: 'all' }),
  'a fleet': () => lintFiles(fleetFiles(7), { profile: 'all' }),
  nothing: () => lintFiles({}),
};

describe.skipIf(chromium === undefined)('axe finds nothing on the page', () => {
  it.each(
    Object.entries(reports).flatMap(([name, report]) => [
      { name, report, width: 390, look: 'dark' },
      { name, report, width: 1440, look: 'light' },
    ]),
  )('of $name, $width pixels, $look', ({ report, width, look }) => {
    expect(complaintsAbout(htmlReport(report()), width, look === 'dark')).toEqual([]);
  });

  it('and something on a page that has something', () => {
    const page = '<!doctype html><html><head><title>x</title></head><body><img src="x.png"></body></html>';
    expect(JSON.stringify(complaintsAbout(page, 1440, false))).toContain('image-alt');
  });
});
