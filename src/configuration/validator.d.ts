/** One violation of schema/config.json, as ajv words it. */
export interface SchemaError {
  /** JSON pointer to the value at fault. */
  readonly instancePath: string;
  /** Where in the schema the rule stands. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

export const validate: ((data: unknown) => boolean) & { errors?: readonly SchemaError[] | null };
