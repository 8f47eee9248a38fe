export const configurationNames = ['cdb-lint.yaml', 'cdb-lint.yml'] as const;
