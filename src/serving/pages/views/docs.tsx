import type { JSX } from 'preact';

import type { ApiDocument, DocumentExample, Operation, Parameter } from '../../api/api-document.ts';
import type { Page } from '../page.ts';

/** An operation with its address. */
interface Entry {
  /** `GET /movies/{id}`. */
  readonly name: string;
  readonly operation: Operation;
}

/** `/docs`: the API reference, as the document for programs has it. */
export const page: Page = {
  route: '/docs',
  navigation: { label: 'API', order: 6 },
  show: async ({ ask, path, query }) => {
    const document = await ask<ApiDocument>(query.size === 0 ? path : `${path}?${query}`);
    const groups = groupsOf(document);
    return {
      title: 'The API',
      main: (
        <>
          <h1>The API</h1>
          <p class="lead">
            Every page has an address, and every address answers programs with JSON: ask for it with any{' '}
            <code>Accept</code> but <code>text/html</code>, or end the path in <code>.json</code>. Reading is
            open; writing needs a key. All of this is at <a href="/openapi.json">/openapi.json</a>, too.
          </p>
          <nav aria-label="Parts of the API">
            <ul class="chips">
              {[...groups.keys()].map((tag) => (
                <li>
                  <a href={`#${tag}`}>{tag}</a>
                </li>
              ))}
            </ul>
          </nav>
          {[...groups].map(([tag, entries]) => (
            <section id={tag} aria-labelledby={`${tag}-heading`}>
              <div class="section-head">
                <h2 id={`${tag}-heading`}>{tag}</h2>
              </div>
              {entries.map((entry) => (
                <OneOperation entry={entry} />
              ))}
            </section>
          ))}
        </>
      ),
    };
  },
};

/** By their first tag, in the order of the document. */
function groupsOf({ paths }: ApiDocument): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const [tag = 'more'] = operation.tags ?? [];
      const entry = { name: `${method.toUpperCase()} ${path}`, operation };
      groups.set(tag, [...(groups.get(tag) ?? []), entry]);
    }
  }
  return groups;
}

function OneOperation({ entry: { name, operation } }: { entry: Entry }): JSX.Element {
  const { summary, description, parameters = [], security, requestBody } = operation;
  return (
    <details class="operation">
      <summary>
        <code>{name}</code> <span class="muted">{summary}</span>
      </summary>
      {description !== undefined && <p>{description}</p>}
      {security !== undefined && (
        <p>
          Needs a key: <code>Authorization: Bearer …</code>
        </p>
      )}
      {requestBody !== undefined && <p>Takes a body: {Object.keys(requestBody.content).join(' or ')}.</p>}
      {parameters.length > 0 && (
        <dl class="facts">
          {parameters.map((parameter) => (
            <div>
              <dt>
                <code>{parameter.name}</code>
              </dt>
              <dd>{aboutParameter(parameter)}</dd>
            </div>
          ))}
        </dl>
      )}
      {(operation['x-examples'] ?? []).map((example) => (
        <Example example={example} />
      ))}
    </details>
  );
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Where it stands, what it may be, and what is said of it. */
function aboutParameter({ in: place, description, required, schema }: Parameter): string {
  const parts = [
    ...(place === 'query' ? [] : [`in the ${place}`]),
    ...(required === true && place !== 'path' ? ['required'] : []),
    schemaText(schema as Schema),
  ].filter((part) => part !== '');
  return [description, `${parts.join(', ')}.`].filter((part) => part !== undefined && part !== '.').join(' ');
}

function schemaText({ type = '', enum: words, items, minimum, maximum }: Schema): string {
  if (words !== undefined) return `one of ${words.join(', ')}`;
  if (items !== undefined) return `any of several: ${schemaText(items)}`;
  const bounds = minimum === undefined || maximum === undefined ? '' : ` from ${minimum} to ${maximum}`;
  return `${type}${bounds}`;
}

/** The request as it can be sent by curl. */
function Example({ example }: { example: DocumentExample }): JSX.Element {
  const { summary, request, answer } = example;
  const { method, url, headers = {}, body } = request;
  const curl = [
    'curl',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--json ${quoted(JSON.stringify(body))}`]),
    quoted(`http://127.0.0.1:8000${url}`),
  ].join(' ');
  return (
    <figure class="example">
      <figcaption>
        {summary} ({answer.status})
      </figcaption>
      <pre tabIndex={0}>
        <code>{curl}</code>
      </pre>
    </figure>
  );
}

/** As a shell takes it for one word. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
