// Runs every generator that needs nothing but this repository; with --check only says which files are not current.
// Those that read the packages of others are in CONTRIBUTING.md, each with when to run it.

// In this order: what rules say of themselves is read from the lists that the first ones write.
const generators = [
  'generate-config-schema',
  'generate-product-kinds',
  'update-config-validator',
  'generate-catalogue',
  'generate-rules',
  'generate-criteria',
  'generate-rules-page',
  'generate-plan-page',
  'update-charts-page',
  'generate-assurance',
  'generate-costs',
];

for (const name of generators) await import(`./${name}.mjs`);
