/** The API reference as an OpenAPI 3.1 document, as far as we read it ourselves. */
export interface ApiDocument {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

/** A method of a path. */
export interface Operation {
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, Content> };
  /** By status in digits, or `default` for every other of 400 and more. */
  readonly responses: Record<string, OperationAnswer>;
  /** Requests that show what the operation does: see `document-examples.ts`. */
  readonly 'x-examples'?: readonly object[];
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: object;
  readonly examples?: Record<string, object>;
}

export interface OperationAnswer {
  readonly description: string;
  /** By media type; absent where there is no body. */
  readonly content?: Record<string, Content>;
}

export interface Content {
  readonly schema: object;
  readonly examples?: Record<string, object>;
}
