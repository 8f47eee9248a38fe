/** Rules that say that something is not here to be checked: no verdict on the merge. */
const notChecked = new Set(['remote-not-fetched', 'helm-chart-not-rendered', 'plugin-not-executed']);

/** What is kept of the report of one plan. */
export function whatCounts({ stdout, stderr }) {
  if (!stdout.startsWith('{'))
    return { failure: stderr.slice(0, 300), rows: [], findings: [], unchecked: [] };
  const { change, diagnostics, coverage } = JSON.parse(stdout);
  const rows = change.rows.map(({ severity, reason, title, location, clusters }) => ({
    severity,
    reason,
    title,
    location,
    clusters,
  }));
  const findings = diagnostics.map(({ rule, severity, message, location }) => ({
    rule,
    severity,
    message,
    location,
  }));
  return { rows, findings, unchecked: coverage.unchecked };
}

/** How a gate would have ended: the gravest of what a reader is told. */
export function verdictOf(plan) {
  if (plan.failure !== undefined) return 'failed';
  const levels = new Set(reasonsIn(plan).map(({ level }) => level));
  if (['error', 'destroys', 'breaks'].some((level) => levels.has(level))) return 'stopped';
  if (plan.status === 2) return 'not checked';
  return levels.size > 0 ? 'warned' : 'silent';
}

/** Shape: { level, rule, text, location } of each thing that a reader would be told to look at. */
export function reasonsIn({ rows, findings }) {
  const told = findings.filter(({ severity, rule }) => severity !== 'note' && !notChecked.has(rule));
  const seen = rows.filter(({ severity }) => ['destroys', 'breaks', 'disrupts'].includes(severity));
  return [
    ...told.map(({ severity, rule, message, location }) => ({
      level: severity,
      rule,
      text: message,
      location,
    })),
    ...seen.map(({ severity, reason, title, location }) => ({
      level: severity,
      rule: reason,
      text: title,
      location,
    })),
  ];
}
