// What every bundle of ours needs, whether it becomes files or one executable.

/**
 * Functions imported under a `Loaded when called` comment are looked up at each call, so that their module runs only when it
 * is needed. A dynamic import would do the same, but everything that calls them is synchronous.
 */
export const loadWhenCalled = {
  name: 'load-when-called',
  transform(code, id) {
    if (!id.endsWith('.ts') || !code.includes('// Loaded when called')) return null;
    return code.replace(
      /\/\/ Loaded when called[^\n]*\nimport \{ (\w+) \} from ('[^']+');/g,
      'const $1 = (...args) => require($2).$1(...args);',
    );
  },
};

/**
 * @actions/core brings an OIDC client and, to look at the operating system, a way to run programs. The action needs neither,
 * and with them come two HTTP clients: what is not in the bundle cannot be called.
 */
export const withoutNetwork = {
  name: 'without-network',
  resolveId(source, importer) {
    if (source === './oidc-utils.js' || source.startsWith('@actions/exec')) return `\0empty:${source}`;
    // The language server speaks over the streams that it is given; the package brings sockets and pipes as well.
    if (source === 'net' && importer?.includes('/vscode-jsonrpc/')) return '\0empty:net';
    if (source.startsWith('@actions/http-client')) throw new Error(`${source} must not be bundled`);
    return null;
  },
  load(id) {
    return id.startsWith('\0empty:')
      ? 'export class OidcClient {} export function getExecOutput() {} export function createServer() {} export function createConnection() {}'
      : null;
  },
};

/** One character beyond Latin-1 makes V8 keep a whole file in two bytes a character: those few are written as escapes. */
export const inAscii = {
  name: 'in-ascii',
  generateBundle(_options, files) {
    const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    for (const file of Object.values(files))
      if (file.type === 'chunk') file.code = file.code.replace(/[^\0-\x7f]/g, escaped);
  },
};
