/** A step of a path: a key, an index, or, undefined, all items. */
export type JqStep = string | number | undefined;

export interface JqPath {
  readonly steps: readonly JqStep[];
  /** Whether a `select(…)` behind the path says which of them are meant. */
  readonly isChosen: boolean;
}

// Spaces belong to one part of it each, so that there is one way to match.
const step = /\s*(?:(?:\.\s*)?\[\s*(?:"([^"\\]*)"\s*|(\d+)\s*)?\]|\.(?:([A-Za-z_]\w*)|"([^"\\]*)"))\s*\??/uy;

/**
 * An expression of `jqPathExpressions` that is but a path, e.g. `.spec["replicas"]`, `.spec | .replicas` or
 * `.spec.template.spec.containers[].resources` (gojq 0.12); undefined for any other.
 */
export function jqPath(expression: string): JqPath | undefined {
  const steps: JqStep[] = [];
  const text = expression.trim();
  for (let at = 0; at < text.length; ) {
    step.lastIndex = at;
    const found = step.exec(text);
    if (found !== null) {
      const [all, bracketed, index, plain, quoted] = found;
      const key = bracketed ?? plain ?? quoted;
      steps.push(key ?? (index === undefined ? undefined : Number(index)));
      at += all.length;
      continue;
    }
    const rest = text.slice(at).trimStart();
    if (/^\|\s*select\(.*\)$/su.test(rest)) return { steps, isChosen: true };
    const passed = (at === 0 ? /^\.(?=\s*(?:\||$))/u : /^\|\s*(?=\.)/u).exec(rest);
    if (passed === null) return undefined;
    at = text.length - rest.length + passed[0].length;
  }
  // Without a dot it is a list that the expression makes.
  return !text.startsWith('.') ? undefined : { steps, isChosen: false };
}
