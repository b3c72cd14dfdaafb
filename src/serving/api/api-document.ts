/** The API reference as an OpenAPI 3.1 document, as far as we read it ourselves. */
export interface ApiDocument {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

/** A method of a path. */
export interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, Content> };
  /** By status in digits, or `default` for every other of 400 and more. */
  readonly responses: Record<string, OperationAnswer>;
  /** Requests that show what the operation does: see `document-examples.ts`. */
  readonly 'x-examples'?: readonly DocumentExample[];
}

/** A request as it can be sent, and what is to be seen of its answer. */
export interface DocumentExample {
  /** A word of its own among all examples, joined by hyphens. */
  readonly name: string;
  /** What it shows. */
  readonly summary: string;
  readonly request: {
    readonly method: string;
    /** Path and query. */
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** JSON. */
    readonly body?: unknown;
  };
  readonly answer: {
    readonly status: number;
    /** Those that are worth knowing, in lower case. */
    readonly headers: Readonly<Record<string, string>>;
  };
}

export interface Parameter {
  readonly description?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
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
