import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { compiledModule } from '../../lib/compiled-module.ts';
import type { Encoding } from '../api/accept.ts';

/** A file that pages load. */
export interface Asset {
  readonly type: string;
  readonly bodies: Readonly<Record<Encoding, Buffer>>;
}

/** Every file that pages load, and where they are. */
export interface Assets {
  /** In every address of theirs; another one once any of them has other content. */
  readonly hash: string;
  readonly files: ReadonlyMap<string, Asset>;
  readonly addressOf: (name: string) => string;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/** The files of the typefaces, as pages name them. Their licence: SIL Open Font License 1.1. */
const FONTS: Readonly<Record<string, string>> = {
  'antonio.woff2': '@fontsource/antonio/files/antonio-latin-700-normal.woff2',
  'antonio-more.woff2': '@fontsource/antonio/files/antonio-latin-ext-700-normal.woff2',
  'newsreader.woff2': '@fontsource/newsreader/files/newsreader-latin-400-normal.woff2',
  'newsreader-more.woff2': '@fontsource/newsreader/files/newsreader-latin-ext-400-normal.woff2',
};

/** The one stylesheet, made of the files of `style/` in the order of their names. */
const STYLESHEET = 'filmbase.css';

let loaded: Assets | null = null;

/** All of them, which are read and compressed once by a process: they do not change while it runs. */
export function loadAssets(): Assets {
  return (loaded ??= readAssets());
}

function readAssets(): Assets {
  const contents = new Map([...styleFiles(), ...scriptFiles(), ...fontFiles()]);
  const hash = createHash('sha256');
  for (const [name, content] of contents) hash.update(name).update(content);
  const digest = hash.digest('hex').slice(0, 12);
  return {
    hash: digest,
    files: new Map([...contents].map(([name, content]) => [name, assetOf(name, content)])),
    addressOf: (name) => {
      if (!contents.has(name)) throw new Error(`There is no file ${name} for pages.`);
      return `/assets/${digest}/${name}`;
    },
  };
}

function assetOf(name: string, content: Buffer): Asset {
  const ending = name.split('.').at(-1) ?? '';
  const type = TYPES[ending];
  if (type === undefined) throw new Error(`${name} is of no type that pages load.`);
  // Fonts are compressed in themselves.
  const bodies =
    ending === 'woff2'
      ? { br: content, gzip: content, identity: content }
      : { br: brotliCompressSync(content), gzip: gzipSync(content), identity: content };
  return { type, bodies };
}

function styleFiles(): [string, Buffer][] {
  const folder = fileURLToPath(new URL('./style', import.meta.url));
  const files = readdirSync(folder).sort();
  const sheets = files.filter((file) => file.endsWith('.css'));
  return [
    [STYLESHEET, Buffer.concat(sheets.map((file) => readFileSync(join(folder, file))))],
    ...files
      .filter((file) => file.endsWith('.svg'))
      .map((file): [string, Buffer] => [file, readFileSync(join(folder, file))]),
  ];
}

/** As the compiler made them. */
function scriptFiles(): [string, Buffer][] {
  const folder = dirname(compiledModule(import.meta.url, './scripts/theme.ts'));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .sort()
    .map((file) => [file, withoutMap(readFileSync(join(folder, file), 'utf8'))]);
}

/** The maps of scripts are not served. */
function withoutMap(script: string): Buffer {
  return Buffer.from(script.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
}

function fontFiles(): [string, Buffer][] {
  return Object.entries(FONTS).map(([name, file]) => [
    name,
    readFileSync(createRequire(import.meta.url).resolve(file)),
  ]);
}
