/** What holds in no build of an entry point: a file on its own, the configuration, what several clusters share. */
const none = 'in no entry point';

/** Groups diagnostics of the server, a map from URI to list, by the entry points that `data` names: `{ name, found: [{ uri, diagnostic }] }`, by name. */
exports.groupByEntryPoint = (diagnosticsByUri) => {
  const groups = new Map();
  for (const [uri, diagnostics] of diagnosticsByUri)
    for (const diagnostic of diagnostics)
      for (const name of namesOf(diagnostic)) {
        const found = groups.get(name) ?? [];
        groups.set(name, found);
        found.push({ uri, diagnostic });
      }
  return [...groups]
    .map(([name, found]) => ({ name, found: found.toSorted(byWeight) }))
    .sort((a, b) => (a.name === none) - (b.name === none) || a.name.localeCompare(b.name));
};

function namesOf({ data }) {
  return data?.entryPoints?.length > 0 ? data.entryPoints : [none];
}

/** Errors first, then by file and line. */
function byWeight(a, b) {
  return (
    a.diagnostic.severity - b.diagnostic.severity ||
    a.uri.localeCompare(b.uri) ||
    a.diagnostic.range.start.line - b.diagnostic.range.start.line
  );
}
