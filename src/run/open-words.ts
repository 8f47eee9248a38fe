import type { Diagnostic } from '../diagnostic/diagnostic.ts';

const ofValues: ReadonlySet<string> = new Set(['invalid-value', 'unsupported-value', 'wrong-type']);

/** What a word in capitals says that it stands for: `NAMESPACE`, `YOUR_DOMAIN`, `REPLACE_ME`. */
const nouns: ReadonlySet<string> = new Set(
  'ACCOUNT ADDRESS BRANCH CHANGE CHANGEME CLUSTER DOMAIN EMAIL ENV ENVIRONMENT FIXME FQDN HOST HOSTNAME ID IMAGE IP NAME NAMESPACE ORG PASSWORD PATH PLACEHOLDER PORT PROJECT REGION REGISTRY REPLACE REPLACEME REPO SECRET TAG TENANT TODO TOKEN URL USER USERNAME VALUE VERSION YOUR ZONE'.split(
    ' ',
  ),
);

/** Angle brackets, a shell's variable that is the whole value, and words in capitals. */
const perhapsOpen =
  /<[A-Za-z][^<>\n]*>|(?<=^["']?)\$[A-Z][A-Z0-9_]*(?=["']?$)|(?<![A-Za-z0-9_{$])[A-Z0-9]+(?:_[A-Z0-9]+)*(?![A-Za-z0-9_])/gu;

/** The words for which whoever applies the object is to write a value, if the value consists of such words or has some. */
export function openWords({ rule, span: { file, start, end } }: Diagnostic): string | undefined {
  if (!ofValues.has(rule)) return undefined;
  const words = file.text.slice(start, end).match(perhapsOpen) ?? [];
  return words.find((word) => /^[<$]/u.test(word) || word.split('_').some((part) => nouns.has(part)));
}
