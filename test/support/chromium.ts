import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A browser without a screen, or undefined where none is installed. */
export const chromium: string | undefined = names.find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);

export interface Browsed {
  /** What `probe` returned. */
  readonly result: unknown;
  /** What the browser's console says, refusals by the page's policy among it. */
  readonly log: string;
}

export interface BrowseOptions {
  readonly width?: number;
  /** Behind the `#`. */
  readonly fragment?: string;
}

/**
 * Opens a page in a frame of a page of our own and runs `probe`, a function body that knows `page` (the document) and `view`
 * (its window): the page itself lets no script run.
 */
export function browse(
  page: string,
  probe: string,
  { width = 1440, fragment = '' }: BrowseOptions = {},
): Browsed {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'page.html'), page);
    writeFileSync(join(folder, 'frame.html'), frame(probe, width, fragment));
    return open(folder, 'frame.html', width, ['--allow-file-access-from-files']);
  });
}

/** Opens a page without a policy of its own and waits for what `probe`, an expression, promises. */
export function browseLater(
  page: string,
  probe: string,
  { width, dark }: { readonly width: number; readonly dark: boolean },
): unknown {
  const end = page.lastIndexOf('</body>');
  const script = `<pre id="result" hidden></pre><script>${probe}.then((found) => {
    document.getElementById('result').textContent = encodeURIComponent(JSON.stringify(found));
  });</script>`;
  return inFolder((folder) => {
    writeFileSync(join(folder, 'page.html'), page.slice(0, end) + script + page.slice(end));
    const look = dark ? ['--blink-settings=preferredColorScheme=0'] : [];
    return open(folder, 'page.html', width, ['--virtual-time-budget=60000', ...look]).result;
  });
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-page-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function open(folder: string, name: string, width: number, more: readonly string[]): Browsed {
  const { stdout, stderr, error } = spawnSync(
    chromium ?? '',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Each run has a profile of its own: parallel ones would wait for each other.
      `--user-data-dir=${join(folder, 'profile')}`,
      '--enable-logging=stderr',
      `--window-size=${width},900`,
      ...more,
      '--dump-dom',
      `file://${join(folder, name)}`,
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
  );
  if (error !== undefined) throw error;
  const [, written] = /<pre id="result"[^>]*>([^<]*)<\/pre>/u.exec(stdout) ?? [];
  if (written === undefined) throw new Error(`the page said nothing: ${stderr.slice(-2000)}`);
  return { result: JSON.parse(decodeURIComponent(written)), log: stderr };
}

function frame(probe: string, width: number, fragment: string): string {
  return `<!doctype html><body style="margin:0"><pre id="result"></pre>
<iframe id="frame" style="border:0;width:${width}px;height:900px" src="page.html${fragment === '' ? '' : `#${fragment}`}"></iframe>
<script>
document.getElementById('frame').addEventListener('load', ({ target }) => {
  const page = target.contentDocument;
  const view = target.contentWindow;
  let result;
  try { result = (() => { ${probe} })(); } catch (error) { result = String(error); }
  document.getElementById('result').textContent = encodeURIComponent(JSON.stringify(result ?? null));
});
</script></body>`;
}
