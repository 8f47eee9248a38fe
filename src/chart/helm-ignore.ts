import { lastPartOf } from '../source/path.ts';
import { pathMatcher } from '../source/path-match.ts';
import { ChartError } from './chart.ts';

interface Pattern {
  readonly negates: boolean;
  readonly isDirectory: boolean;
  readonly isName: boolean;
  readonly matches: (text: string) => boolean;
}

/** Whether a path of a chart is left out. */
export type IsLeftOut = (path: string, isDirectory: boolean) => boolean;

/** What .helmignore leaves out of a chart, and what Helm always does (pkg/ignore/rules.go of 3.22): the first pattern decides. */
export function helmIgnore(text: string): IsLeftOut {
  const lines = [...text.replace(/^\ufeff/u, '').split('\n'), 'templates/.?*'];
  const patterns = lines.flatMap((line) => patternOf(line.trim()));
  return (path, isDirectory) => {
    for (const { negates, isDirectory: wantsDirectory, isName, matches } of patterns) {
      const isMatch = matches(isName ? lastPartOf(path) : path);
      if (negates) {
        if ((wantsDirectory && !isDirectory) || !isMatch) return true;
      } else if (isMatch && !(wantsDirectory && !isDirectory)) return true;
    }
    return false;
  };
}

function patternOf(line: string): Pattern[] {
  if (line === '' || line.startsWith('#')) return [];
  if (line.includes('**')) throw new ChartError('double-star (**) syntax is not supported', '.helmignore');
  const negates = line.startsWith('!');
  const plain = negates ? line.slice(1) : line;
  const isDirectory = plain.endsWith('/');
  const rule = isDirectory ? plain.slice(0, -1) : plain;
  const matches = matcherOf(rule.replace(/^\//u, ''));
  return [{ negates, isDirectory, isName: !rule.includes('/'), matches }];
}

/** A pattern of Go's filepath.Match. Most are a name, or an ending behind a star. */
function matcherOf(pattern: string): (text: string) => boolean {
  const plain = /^(\*?)([^*?[\\\]]*)$/u.exec(pattern);
  if (plain === null) return pathMatcher(pattern) ?? refuseMalformed(pattern);
  const [, star, ending = ''] = plain;
  if (star === '') return (text) => text === ending;
  return (text) => text.endsWith(ending) && !text.slice(0, text.length - ending.length).includes('/');
}

/** Helm tries a pattern with `abc` and refuses it if Go finds there that it is malformed; later such a pattern matches nothing. */
function refuseMalformed(pattern: string): () => false {
  const stars = [...pattern.matchAll(/\\.|\*/gsu)].filter(({ 0: mark }) => mark === '*');
  const matchers = stars.map(({ index }) => pathMatcher(`${pattern.slice(0, index)}*`));
  const untilProblem = matchers.findLast((matches) => matches !== undefined);
  if (untilProblem === undefined || untilProblem('abc'))
    throw new ChartError(`syntax error in pattern: ${pattern}`, '.helmignore');
  return () => false;
}
