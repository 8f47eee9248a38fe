import type { TerminalOptions } from '../report/terminal/terminal-options.ts';
import { type Io, isInWorkflow, type OutputStream } from './io.ts';

/** How to write to a stream; `rootUrl` is what hyperlinks are relative to. */
export function terminalOptions(io: Io, stream: OutputStream, rootUrl?: string): TerminalOptions {
  return {
    colours: wantsColours(io, stream),
    width: stream.columns ?? 120,
    guardCommands: isInWorkflow(io),
    ...(rootUrl !== undefined && knowsHyperlinks(io, stream) ? { rootUrl } : {}),
  };
}

/** https://no-color.org and https://force-color.org: set and not empty. */
function wantsColours({ variables }: Io, stream: OutputStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = variables;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return stream.isTerminal && TERM !== 'dumb';
}

const terminalsWithHyperlinks = ['iTerm.app', 'WezTerm', 'ghostty', 'Hyper', 'rio'];

/**
 * Nobody can be asked whether a terminal knows OSC 8, so the ones that are known to are. Logs of CI never hold links.
 * VS Code's terminal is left out: it makes a link of file, line and column by itself, which leads to the line.
 */
function knowsHyperlinks({ variables }: Io, stream: OutputStream): boolean {
  const { CI, FORCE_HYPERLINK, TERM = '', TERM_PROGRAM = '', VTE_VERSION = '0', WT_SESSION } = variables;
  if (CI !== undefined && CI !== '' && CI !== 'false') return false;
  if (variables['GITHUB_ACTIONS'] === 'true') return false;
  if (FORCE_HYPERLINK !== undefined && FORCE_HYPERLINK !== '') return FORCE_HYPERLINK !== '0';
  if (!stream.isTerminal || TERM === 'dumb') return false;
  return (
    terminalsWithHyperlinks.includes(TERM_PROGRAM) ||
    ['xterm-kitty', 'alacritty', 'xterm-ghostty', 'foot'].includes(TERM) ||
    // VTE 0.50 knew them and crashed on some; GNOME Terminal and its kin.
    Number(VTE_VERSION) > 5000 ||
    WT_SESSION !== undefined
  );
}
