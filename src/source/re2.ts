import { RE2JS } from 're2js';

/** A program of RE2, which takes linear time on any text; throws where the pattern is none. */
export function compileRe2(pattern: string): RE2JS {
  return RE2JS.compile(pattern);
}
