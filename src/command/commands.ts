import { ownOf } from '../source/own.ts';
import type { Command, Commands } from './options.ts';

// Each is loaded when it is called for: start-up pays for none of the others. A new command has its line here, at its place in the
// help, and everything else in its file.
const loaders: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  lint: () => import('./lint.ts'),
  merge: () => import('./merge.ts'),
  plan: () => import('./plan.ts'),
  admit: () => import('./admit.ts'),
  report: () => import('./report.ts'),
  render: () => import('./render.ts'),
  blame: () => import('./blame.ts'),
  graph: () => import('./graph.ts'),
  sources: () => import('./sources.ts'),
  explain: () => import('./explain.ts'),
  rules: () => import('./rules.ts'),
  test: () => import('./test.ts'),
  init: () => import('./init.ts'),
  completion: () => import('./completion.ts'),
  lsp: () => import('./lsp.ts'),
};

export const commands: Commands = {
  names: Object.keys(loaders),
  async load(name) {
    const load = ownOf(loaders, name);
    if (load === undefined) throw new Error(`there is no command ${name}`);
    return (await load()).command;
  },
};
