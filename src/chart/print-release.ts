import type { Manifest } from './manifest.ts';
import { textOfFile } from './read-yaml.ts';
import type { RenderedChart } from './render-chart.ts';

/** What `helm template` prints of a rendered chart: its manifests, each below the template's name, and the hooks behind them. */
export function printRelease({ manifests, hooks, crds }: RenderedChart, includesCrds: boolean): string {
  const definitions = includesCrds ? crds.map((file) => document(file.name, textOfFile(file))) : [];
  const own = [...definitions, ...manifests.map(printManifest)].join('');
  return `${own.trim()}\n${hooks.map(printManifest).join('')}`;
}

function printManifest({ source, made }: Manifest): string {
  return document(source, made.text);
}

function document(source: string, text: string): string {
  return `---\n# Source: ${source}\n${text}\n`;
}
