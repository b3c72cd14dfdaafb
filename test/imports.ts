import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import ts from 'typescript';

/** A file that names another: both as paths below the same root, such as `db/database.ts`. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** Room → the rooms, or folders of one, that it may import besides itself. A room is a folder at the root, or a file there. */
export type RoomTable = Readonly<Record<string, readonly string[]>>;

/** Every TypeScript file below `root`, with or without JSX, as paths with `/`. */
export function sourceFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file))
    .sort();
}

/** What the files below `root` import of files: static and dynamic imports, re-exports, types; not packages. */
export function importsBelow(root: string): Import[] {
  return sourceFiles(root).flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));
}

/** The files that `file` with this `text` names. */
export function importsOf(file: string, text: string): Import[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found
    .filter((name) => name.startsWith('.'))
    .map((name) => ({ from: file, to: join(dirname(file), name) }));
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0];
  return undefined;
}

/**
 * The imports that `rooms` does not allow, as sentences. In a room of `divided`, each folder is a room of its own to
 * its neighbours.
 */
export function trespasses(
  rooms: RoomTable,
  divided: readonly string[],
  imports: readonly Import[],
): string[] {
  return imports
    .filter(({ from, to }) => {
      const room = roomOf(from);
      const own = divided.includes(room) ? folderOf(from) : room;
      return ![own, ...(rooms[room] ?? [])].some((allowed) => isWithin(to, allowed));
    })
    .map(({ from, to }) => `${from} imports ${to}`);
}

function roomOf(file: string): string {
  return (file.split('/')[0] ?? '').replace(/\.ts$/, '');
}

/** The first two folders: `sources/imdb`. */
function folderOf(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

function isWithin(file: string, place: string): boolean {
  return file === `${place}.ts` || file === place || file.startsWith(`${place}/`);
}

/** Files that import each other in a ring, each ring once, from the file first in the alphabet. */
export function circles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const rings = new Set<string>();
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) rings.add(ring(path.slice(at)));
    if (at >= 0 || done.has(file)) return;
    for (const target of next.get(file) ?? []) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of [...next.keys()].sort()) walk(file, []);
  return [...rings];
}

function ring(files: readonly string[]): string {
  const first = files.indexOf([...files].sort()[0] ?? '');
  const turned = [...files.slice(first), ...files.slice(0, first)];
  return [...turned, turned[0]].join(' → ');
}
