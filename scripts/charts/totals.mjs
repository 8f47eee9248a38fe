// Small data of what compare-charts.mjs found: for each version of Helm the counts by verdict, and what is not whole.

/** Totals of the results of several runs, of which the later ones count. */
export function totalsOf(results) {
  const all = new Map();
  for (const one of results)
    for (const [id, byVersion] of Object.entries(one)) all.set(id, { ...all.get(id), ...byVersion });
  const charts = new Set([...all.keys()].map((id) => id.split('__ci__')[0]));
  const repositories = [...new Set([...charts].map((id) => id.split('__')[0].replace('+', '/')))].sort();
  return {
    charts: charts.size,
    repositories,
    helm3: versionTotals(all, '3'),
    helm4: versionTotals(all, '4'),
  };
}

function versionTotals(all, version) {
  const counts = {};
  const others = {};
  for (const [id, { [version]: result }] of [...all].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (result === undefined) continue;
    counts[result.verdict] = (counts[result.verdict] ?? 0) + 1;
    if (!whole.has(result.verdict)) others[id] = result.fields?.join(', ') ?? result.verdict;
  }
  return { counts, others };
}

const whole = new Set(['same', 'same but for chance', 'refused by both']);
