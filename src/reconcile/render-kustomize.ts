import type { Builder, BuildOptions } from '../build/build.ts';
import { type Renderer, renderedAs } from '../object/renderer.ts';

/** A kustomization, with what a controller writes into it first. */
export interface KustomizeSource extends BuildOptions {
  readonly root: string;
}

/** Renders a kustomization as `kustomize build` does. */
export const renderKustomize: Renderer<KustomizeSource, { readonly builder: Builder }> = (
  { root, ...options },
  { builder },
) => renderedAs(builder.build(root, options));
