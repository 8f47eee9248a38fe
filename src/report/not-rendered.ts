import type { Coverage } from './report.ts';

/** What is not rendered for one and the same reason. */
export interface NotRendered {
  readonly why: string;
  readonly names: readonly string[];
}

/**
 * What is deployed and not rendered, each reason once; `coverage.notRendered` holds `NAME: REASON`. What was not fetched has one reason,
 * whatever command fetches it.
 */
export function notRenderedByReason({ notRendered = [] }: Coverage): NotRendered[] {
  const reasons = new Map<string, string[]>();
  for (const text of notRendered) {
    const end = text.indexOf(': ');
    const why = withoutCommand(text.slice(end < 0 ? 0 : end + 2));
    const names = reasons.get(why) ?? [];
    reasons.set(why, names);
    if (end >= 0) names.push(text.slice(0, end));
  }
  return [...reasons].map(([why, names]) => ({ why, names }));
}

function withoutCommand(why: string): string {
  const [, what] = /^(.* was not fetched); /u.exec(why) ?? [];
  return what === undefined ? why : `${what}; \`cdb-lint sources\` prints the commands`;
}
