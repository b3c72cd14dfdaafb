// Writes the types of examples/typescript-client from the API reference of the build in dist: npm run client
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const FILE = 'examples/typescript-client/api.ts';

const WRITTEN =
  '// Written by `npm run client` from the API reference; test/typescript-client.test.ts compares them.\n';

/** The file's path from the root, and its text. */
export async function renderClient() {
  const [{ describeApi }, { loadReports }] = await Promise.all(
    ['serving/api/describe-api', 'catalogue/report-rows/load-reports'].map(
      (name) => import(pathToFileURL(join(root, 'dist/src', `${name}.js`)).href),
    ),
  );
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  const document = await describeApi({ reports: await loadReports(), version: '' });
  return { file: FILE, text: WRITTEN + astToString(await openapiTS(document)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { prepare } = await import('./prepare.mjs');
  await prepare();
  const { file, text } = await renderClient();
  writeFileSync(join(root, file), text);
}
