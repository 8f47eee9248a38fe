import { compileRe2 } from '../source/re2.ts';

/** Whether a path matches a pattern of gobwas/glob, where only `**` crosses a slash; undefined for what is no pattern. */
export function globMatcher(pattern: string): ((path: string) => boolean) | undefined {
  let source = '';
  let depth = 0;
  const parts = pattern.matchAll(/\*\*|\\.|\[!?[^\]]*\]|[*?{},]|[^*?{},\\[]+|[\\[]/gsu);
  for (const { 0: part } of parts) {
    if (part === '**') source += '.*';
    else if (part === '*') source += '[^/]*';
    else if (part === '?') source += '[^/]';
    else if (part === '{') {
      source += '(?:';
      depth += 1;
    } else if (part === '}' && depth > 0) {
      source += ')';
      depth -= 1;
    } else if (part === ',' && depth > 0) source += '|';
    else if (part.startsWith('[') && part.length > 2) source += part.replace('[!', '[^');
    else source += (part.startsWith('\\') ? part.slice(1) : part).replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
  }
  try {
    const expression = compileRe2(`^(?s:${source})$`);
    return (path) => expression.matches(path);
  } catch {
    return undefined;
  }
}
