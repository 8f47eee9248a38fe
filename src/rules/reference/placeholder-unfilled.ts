import { credentialsInField } from '../../credential/credentials-in-field.ts';
import type { Place, WithinText } from '../../object/place.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { encodeBase64 } from '../../source/base64.ts';
import { isMapping, type Value, valueAt } from '../../source/value.ts';
import { givenValues } from '../../workload/given-values.ts';
import { textsBelow } from '../../workload/network/host-text.ts';
import { servedHosts } from '../../workload/network/served-host.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

/** What the policy `placeholder-value` does not see: the API server has Secrets in base64, and nothing of a release before it is rendered. */
export const placeholderUnfilled: ResourceRule = {
  id: 'placeholder-unfilled',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['references'],
  *judge(resource) {
    for (const { at, within, what } of [...inSecret(resource), ...inHosts(resource), ...inValues(resource)]) {
      yield {
        at,
        ...(within === undefined ? {} : { within }),
        message: `${describe(resource)} has a placeholder ${what}`,
        help: 'write the real value, in an overlay if environments differ',
      };
    }
  },
};

interface Placeholder {
  readonly at: Place;
  readonly within?: WithinText;
  readonly what: string;
}

const note =
  /(?<![a-z])(?:change|replace)[_-]?(?:me|this)(?![a-z])|your[-_](?:registry|domain|company|org|repo|project|password|token|secret|api[-_]?key|host|bucket|account|user)|^(?:https?:\/\/)?<[^<>:\s]+>$|^x{3,}$/iu;

function isPlaceholder(value: Value | undefined): value is string {
  return typeof value === 'string' && value.length <= longest && (note.test(value) || value === 'TODO');
}

/** The words of a placeholder in a text that holds one. */
function wordsIn(text: string): WithinText {
  const { 0: words, index } = note.exec(text) ?? { 0: text, index: 0 };
  return { start: index, end: index + words.length, text };
}

// Longer ones are files, with words and tags of their own.
const longest = 1024;

/** What stands for a placeholder in base64, and its text. */
const encoded: ReadonlyMap<Value | undefined, string> = new Map(
  ['change', 'replace'].flatMap((verb) =>
    ['', '-', '_'].flatMap((joint) =>
      [`${verb}${joint}me`, `${verb}${joint}me`.toUpperCase()].flatMap((word) =>
        [word, `${word}\n`].map((text) => [encodeBase64(text), text] as const),
      ),
    ),
  ),
);

function inSecret(resource: Resource): Placeholder[] {
  const { object } = resource;
  if (object['kind'] !== 'Secret' || object['apiVersion'] !== 'v1' || object['sops'] !== undefined) return [];
  return (['data', 'stringData'] as const).flatMap((field) => {
    const data = object[field];
    if (!isMapping(data)) return [];
    return Object.keys(data).flatMap((key) => {
      const value = data[key];
      const text = field === 'data' ? encoded.get(value) : isPlaceholder(value) ? value : undefined;
      return text === undefined
        ? []
        : [{ at: [resource, field, key] as const, within: wordsIn(text), what: `for ${key}` }];
    });
  });
}

function inHosts(resource: Resource): Placeholder[] {
  // The policy judges those of an Ingress.
  if (groupVersionKind(resource.object).kind === 'Ingress') return [];
  return servedHosts(resource)
    .filter(({ host }) => isPlaceholder(host))
    .map(({ host, path }) => ({ at: [resource, ...path] as const, what: `instead of a host: ${host}` }));
}

function inValues(resource: Resource): Placeholder[] {
  return givenValues(resource).flatMap((start) =>
    textsBelow(valueAt(resource.object, start), start)
      .filter(
        ({ text, path }) => isPlaceholder(text) && credentialsInField(String(path.at(-1)), text).length === 0,
      )
      .map(({ path, text }) => ({
        at: [resource, ...path] as const,
        within: wordsIn(text),
        what: `at ${path.slice(start.length).join('.')}`,
      })),
  );
}
