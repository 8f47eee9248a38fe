/** An object that the clusters have, as an editor asks for it. */
export interface KnownObject {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Those of its pods, where it makes some. */
  readonly labels: Readonly<Record<string, string>>;
  /** Of a ConfigMap or Secret. */
  readonly keys?: readonly string[];
  /** Of a Service, or of the containers that it makes: name and number. */
  readonly ports?: readonly (readonly [name: string, port: string])[];
  /** Of the pods that it makes, or is. */
  readonly containers?: readonly string[];
  /** The file that it was first written in. */
  readonly file?: string;
  /** From 0. */
  readonly line?: number;
}
