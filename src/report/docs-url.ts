import packageJson from '../../package.json' with { type: 'json' };

/** Where the documentation is published, as `package.json` says. */
export const docsUrl = packageJson.homepage.replace(/\/$/u, '');

/** The page of a rule there: one that a repository's own policy brings has none. */
export function rulePageUrl(rule: string): string {
  return `${docsUrl}/rules/${encodeURIComponent(rule)}/`;
}
