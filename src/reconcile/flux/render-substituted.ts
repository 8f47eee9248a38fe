import type { Rendered, Renderer } from '../../object/renderer.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { FluxContext } from '../reconcile-context.ts';
import { bareDefaults } from './bare-defaults.ts';
import { substituteVariables } from './substitute.ts';
import { unusedVariables } from './unused-variables.ts';
import { hasPostBuild, loadVariables, substitutesAlways } from './variables.ts';

/** Something rendered, and the Flux Kustomization that puts the values of variables into it. */
export interface SubstitutedSource {
  readonly of: Rendered;
  readonly declaration: Resource;
  readonly namespace: string;
}

/** Renders what Flux substitutes variables in, if the Kustomization says so. */
export const renderSubstituted: Renderer<
  SubstitutedSource,
  Pick<FluxContext, 'find' | 'findEarlier' | 'isStrict' | 'areChanged'>
> = ({ of, declaration, namespace }, { find, findEarlier, isStrict, areChanged }) => {
  if (!hasPostBuild(declaration)) return of;
  const variables = loadVariables(declaration, namespace, find, findEarlier);
  const isEmpty = variables.byName.size === 0 && variables.missingSources.length === 0;
  if (isEmpty && !substitutesAlways(declaration)) return of;
  const { build } = of;
  const { resources, diagnostics, unresolved, used } = substituteVariables(build.resources, variables, {
    isStrict,
    isOpen: areChanged,
    entryPoint: build.root,
    by: nameOf(declaration.object),
  });
  const all = [
    ...build.diagnostics,
    ...variables.diagnostics,
    ...bareDefaults(declaration, variables, build.resources),
    ...diagnostics,
    ...(build.complete ? unusedVariables(declaration, used) : []),
  ];
  return { ...of, build: { ...build, resources, diagnostics: all, variables: used }, unresolved };
};
