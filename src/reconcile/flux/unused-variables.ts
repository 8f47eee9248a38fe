import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findingAt } from '../../object/finding.ts';
import { mappingAt } from '../../object/object-field.ts';
import { locateField } from '../../object/provenance.ts';
import { nameOf, type Resource, trackedObject } from '../../object/resource.ts';

const field = ['spec', 'postBuild', 'substitute'] as const;

/** Variables that a Flux Kustomization sets in place and none of its objects uses. */
export function unusedVariables(declaration: Resource, used: ReadonlySet<string>): Diagnostic[] {
  const names = Object.keys(mappingAt(declaration, ...field)?.value ?? {});
  return names
    .filter((name) => !used.has(name) && isOwn(declaration, name))
    .map((name) =>
      findingAt(declaration, {
        rule: 'variable-unused',
        severity: 'note',
        message: `nothing that ${nameOf(declaration.object)} applies uses the variable ${name}`,
        help: 'remove it, or correct its name',
        path: [...field, name],
        part: 'key',
      }),
    );
}

// A patch that gives variables to many Kustomizations does not mean each of them.
function isOwn(declaration: Resource, name: string): boolean {
  const tracked = trackedObject(declaration);
  const own = locateField(tracked, ['metadata', 'name']).span;
  return own !== undefined && locateField(tracked, [...field, name]).span?.file.path === own.file.path;
}
