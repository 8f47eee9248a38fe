/** What a word in capitals says that it stands for: `NAMESPACE`, `YOUR_DOMAIN`, `REPLACE_ME`. */
const nouns: ReadonlySet<string> = new Set(
  'ACCOUNT ADDRESS BRANCH CHANGE CHANGEME CLUSTER DOMAIN EMAIL ENV ENVIRONMENT FIXME FQDN HOST HOSTNAME ID IMAGE IP NAME NAMESPACE ORG PASSWORD PATH PLACEHOLDER PORT PROJECT REGION REGISTRY REPLACE REPLACEME REPO SECRET TAG TENANT TODO TOKEN URL USER USERNAME VALUE VERSION YOUR ZONE'.split(
    ' ',
  ),
);

/** Angle brackets, at signs around a name, a shell's variable that is the whole value, and words in capitals. */
const perhapsOpen =
  /<[A-Za-z][^<>\n]*>|@[A-Za-z][\w-]*@|(?<=^["']?)\$[A-Z][A-Z0-9_]*(?=["']?$)|(?<![A-Za-z0-9_{$])[A-Z0-9]+(?:_[A-Z0-9]+)*(?![A-Za-z0-9_])/gu;

/** The first word of a text in whose place somebody is to write a value. */
export function openWordIn(text: string): string | undefined {
  const words = text.match(perhapsOpen) ?? [];
  return words.find((word) => /^[<$@]/u.test(word) || word.split('_').some((part) => nouns.has(part)));
}

/** Whether a text holds a token such as `<CLUSTER_NAME>` or `@cluster@`: no name, no path and no address does. */
export function hasToken(text: string): boolean {
  return /<[A-Z][A-Z0-9_-]*>|@[A-Za-z][\w-]*@/u.test(text);
}
