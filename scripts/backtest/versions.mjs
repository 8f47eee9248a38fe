/** When each version came; before the first there are no facts of Kubernetes. */
const kubernetes = [
  ['1.29', '2023-12-13'],
  ['1.30', '2024-04-17'],
  ['1.31', '2024-08-13'],
  ['1.32', '2024-12-11'],
  ['1.33', '2025-04-23'],
  ['1.34', '2025-08-27'],
  ['1.35', '2025-12-17'],
  ['1.36', '2026-04-22'],
];
const flux = [
  ['2.1', '2023-08-24'],
  ['2.2', '2023-12-12'],
  ['2.3', '2024-05-13'],
  ['2.4', '2024-09-30'],
  ['2.5', '2025-02-20'],
  ['2.6', '2025-05-29'],
  ['2.7', '2025-09-30'],
  ['2.8', '2026-02-24'],
];

/** The configuration of somebody who updates Kubernetes half a year and Flux two months after a version came. */
export function configurationOf(day) {
  return [
    `kubernetesVersion: "${lastBefore(kubernetes, day, 180)}"`,
    'flux:',
    `  version: "${lastBefore(flux, day, 60)}"`,
    '',
  ].join('\n');
}

function lastBefore(versions, day, after) {
  const reached = new Date(Date.parse(day) - after * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  return (versions.filter(([, since]) => since <= reached).at(-1) ?? versions[0])[0];
}
