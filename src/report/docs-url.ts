import packageJson from '../../package.json' with { type: 'json' };

/** Where the documentation is published, as `package.json` says. */
export const docsUrl = packageJson.homepage.replace(/\/$/u, '');

/** The address of the page of a rule: one that a repository's own policy brings has none. */
export type RuleUrl = (rule: string) => string;

/** Addresses by a template with `{rule}`; without one, those of the published site (scripts/docs.mjs). */
export function ruleUrls(template = `${docsUrl}/rules/{rule}/`): RuleUrl {
  return (rule) => template.replaceAll('{rule}', encodeURIComponent(rule));
}
