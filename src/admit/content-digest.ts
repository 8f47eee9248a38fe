import { knownOnce } from '../object/known-once.ts';
import { sha256 } from '../source/sha256.ts';
import type { Mapping } from '../source/value.ts';
import type { ContentQuestion } from './content-question.ts';
import type { PolicyChoice } from './policy/built-in.ts';

/** What a question is known by elsewhere: its SHA-256, the contents and the choice of policies included. */
export function questionDigest(question: ContentQuestion, { parts, thirdParty, also }: PolicyChoice): string {
  const object = contentDigest(question.object);
  if (question.ask === 'admission') {
    const { appliedBy, isLoose, hasPlaceholders, kubernetesVersions } = question;
    return sha256(
      JSON.stringify(['admission', object, appliedBy, isLoose, hasPlaceholders, kubernetesVersions]),
    );
  }
  const { list, kubernetesVersion, isApplied, namespaceObject } = question;
  const around = namespaceObject === undefined ? null : contentDigest(namespaceObject);
  const policies = [list, parts ?? null, thirdParty ?? null, [...(also ?? [])]];
  return sha256(JSON.stringify(['policies', object, policies, kubernetesVersion, isApplied, around]));
}

const contentDigest = knownOnce((object: Mapping) => sha256(exactText(object)));

/** Another text for each other value, in the order of its keys: what JSON has no number for is told from a string by its first letter. */
function exactText(object: Mapping): string {
  return JSON.stringify(object, (_key, value: unknown) => {
    if (typeof value === 'string') return `s${value}`;
    if (typeof value === 'bigint') return `b${value}`;
    if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
    return Object.is(value, -0) ? 'n-0' : `n${value}`;
  });
}
