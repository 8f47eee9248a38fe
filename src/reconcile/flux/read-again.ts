import { isUnreadableText } from '../../build/unreadable-text.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findingAt } from '../../object/finding.ts';
import type { Resource } from '../../object/resource.ts';
import type { Path } from '../../source/value.ts';
import { visitTexts } from './visit-texts.ts';

/**
 * What Flux cannot read again, as it does with every object of a Kustomization that substitutes, variables in it or not: the
 * object passes through YAML, JSON and kyaml (fluxcd/pkg kustomize_varsub.go of July 2026). `fill` puts the values into a text.
 */
export function unreadableAgain(
  resource: Resource,
  fill: (text: string) => string,
  entryPoint: string,
): Diagnostic | undefined {
  let found: Unreadable | undefined;
  visitTexts(resource.object, [], '', (text, path, part) => {
    const filled = text.includes('${') ? fill(text) : text;
    if (found !== undefined) return;
    if (isUnreadableText(filled)) found = { path, part, ...unreadable };
    else if (text !== filled && infinite.test(filled))
      found = { path, part, message: `${filled} is not a JSON number`, help: infiniteHelp };
  });
  if (found === undefined) return undefined;
  const { message, ...rest } = found;
  return findingAt(
    resource,
    {
      rule: 'substitution-invalid',
      severity: 'error',
      message: `${message}, so Flux applies nothing of this Kustomization`,
      ...rest,
    },
    entryPoint,
  );
}

interface Unreadable {
  readonly path: Path;
  readonly part: 'value' | 'key';
  readonly message: string;
  readonly help: string;
}

const infinite = /^(?:\.(?:nan|NaN|NAN)|[-+]?\.(?:inf|Inf|INF))$/u;
const infiniteHelp = 'use another value for the variable, or put quotes in it if it must be a string';
const unreadable = {
  message:
    'Flux serializes each object to substitute variables, and cannot read back a string that begins with a tab or has a control character',
  help: 'start the string differently, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled',
};
