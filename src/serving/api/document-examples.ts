import type { ApiDocument, Content, Operation, Parameter } from './api-document.ts';
import { findOperation } from './find-operation.ts';
import type { ApiExample } from './load-examples.ts';

/**
 * The document with the examples, each under its name: bodies stand where OpenAPI has a place for them, with the request
 * that is answered so; `x-examples` of the operation has each request whole (a query is of one request, so it must not be
 * taken apart) with status and headers of its answer. Throws for an example of which the document knows no operation.
 */
export function addExamples(document: ApiDocument, examples: readonly ApiExample[]): ApiDocument {
  const paths = structuredClone(document.paths);
  for (const example of examples) {
    const { method, url } = example.request;
    const found = findOperation(document, method, url);
    if (found === null) throw new Error(`The example ${example.name} is of no operation of the document.`);
    const operations = paths[found.template];
    const operation = operations?.[method.toLowerCase()];
    if (operations === undefined || operation === undefined)
      throw new Error(`The example ${example.name} must be of GET or a method that writes.`);
    operations[method.toLowerCase()] = withExample(operation, example, found.pathValues);
  }
  return { ...document, paths };
}

function withExample(
  operation: Operation,
  example: ApiExample,
  pathValues: Readonly<Record<string, string>>,
): Operation {
  const { name, summary, request, answer } = example;
  const { status, headers } = answer;
  return {
    ...operation,
    ...(operation.parameters !== undefined && {
      parameters: operation.parameters.map((parameter) => withValue(parameter, example, pathValues)),
    }),
    ...(operation.requestBody !== undefined && {
      requestBody: withRequestBody(operation.requestBody, example),
    }),
    responses: withAnswer(operation.responses, example),
    'x-examples': [
      ...(operation['x-examples'] ?? []),
      { name, summary, request, answer: { status, headers } },
    ],
  };
}

/** Ids that lead somewhere. */
function withValue(
  parameter: Parameter,
  { name, summary, answer }: ApiExample,
  pathValues: Readonly<Record<string, string>>,
): Parameter {
  const value = pathValues[parameter.name];
  if (parameter.in !== 'path' || value === undefined || answer.status >= 400) return parameter;
  return {
    ...parameter,
    examples: { ...parameter.examples, [name]: { summary, value: decodeURIComponent(value) } },
  };
}

function withRequestBody(
  requestBody: NonNullable<Operation['requestBody']>,
  { name, summary, request, answer }: ApiExample,
): NonNullable<Operation['requestBody']> {
  // One that is refused for its body would be no example of what to send.
  if (request.body === undefined || answer.status >= 400) return requestBody;
  const [type = ''] = Object.keys(requestBody.content);
  return {
    ...requestBody,
    content: withBody(requestBody.content, type, name, { summary, value: request.body }),
  };
}

function withAnswer(responses: Operation['responses'], example: ApiExample): Operation['responses'] {
  const { name, summary, request, answer } = example;
  const status = answer.status in responses ? String(answer.status) : 'default';
  const response = responses[status];
  if (answer.body === undefined || response?.content === undefined) return responses;
  const type = (answer.headers['content-type'] ?? '').split(';')[0] ?? '';
  const description = `\`${request.method} ${request.url}\` is answered with ${answer.status}.`;
  const content = withBody(response.content, type, name, { summary, description, value: answer.body });
  return { ...responses, [status]: { ...response, content } };
}

function withBody(
  contents: Record<string, Content>,
  type: string,
  name: string,
  body: object,
): Record<string, Content> {
  const content = contents[type];
  if (content === undefined)
    throw new Error(`The example ${name} has a body of the type ${type}, which is not documented.`);
  return { ...contents, [type]: { ...content, examples: { ...content.examples, [name]: body } } };
}
