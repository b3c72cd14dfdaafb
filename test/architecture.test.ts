import { basename } from 'node:path/posix';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import type { RoomTable } from './imports.ts';
import { circles, importsBelow, importsOf, sourceFiles, trespasses } from './imports.ts';

// Who may import whom. A room that is not named here may import nothing.

const BELOW_SYNC = ['lib', 'model', 'db', 'lake', 'sources', 'catalogue'];

const ROOMS: RoomTable = {
  lib: [],
  model: ['lib'],
  db: ['lib', 'model'],
  lake: ['lib', 'model'],
  sources: ['lib', 'model', 'sources/raw-files'],
  catalogue: ['lib', 'model', 'db', 'lake'],
  // It cannot write the catalogue, since it cannot import a writer.
  serving: ['lib', 'model', 'db', 'catalogue/queries'],
  sync: BELOW_SYNC,
  config: ['lib', 'model'],
  app: [...BELOW_SYNC, 'serving', 'sync', 'config'],
  cli: [...BELOW_SYNC, 'serving', 'sync', 'config', 'app'],
  main: [...BELOW_SYNC, 'serving', 'sync', 'config', 'app', 'cli'],
};

/** A source never imports another; what brings files into raw is shared. */
const DIVIDED = ['sources'];

/** Names that are an attic: whatever finds no place ends up there. */
const ATTICS = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'manager',
  'service',
  'types',
  'index',
];

/** `index.ts` is what the registry looks for in a source's folder. */
const SOURCE_DECLARATION = /^sources\/[^/]+\/index\.ts$/;

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** Tests beside the code may bring in other rooms to set a scene, and builders of `test/`. */
const isTest = (file: string) => file.endsWith('.test.ts');

describe('the rooms of src', () => {
  const imports = importsBelow(SRC);
  const product = imports.filter(({ from }) => !isTest(from));

  it('import only those that the table allows', () => {
    expect(trespasses(ROOMS, DIVIDED, product)).toEqual([]);
  });

  it('are all in the table', () => {
    const rooms = new Set(sourceFiles(SRC).map((file) => (file.split('/')[0] ?? '').replace(/\.ts$/, '')));
    expect([...rooms].sort()).toEqual(Object.keys(ROOMS).sort());
  });

  it('hold no circle of files, imports of types included', () => {
    expect(circles(imports)).toEqual([]);
  });

  it('import no test', () => {
    expect(product.filter(({ to }) => isTest(to) || to.startsWith('../'))).toEqual([]);
  });

  it('hold no file named for an attic', () => {
    const attics = sourceFiles(SRC)
      .filter((file) => ATTICS.includes(basename(file).split('.')[0] ?? ''))
      .filter((file) => !SOURCE_DECLARATION.test(file));
    expect(attics).toEqual([]);
  });
});

describe('what checks them', () => {
  const table: RoomTable = { cellar: [], kitchen: ['cellar'], hall: ['kitchen/door'] };

  it('names an import that the table does not allow', () => {
    const found = trespasses(
      table,
      [],
      [
        { from: 'kitchen/stove.ts', to: 'cellar/coal.ts' },
        { from: 'kitchen/stove.ts', to: 'kitchen/pot.ts' },
        { from: 'cellar/coal.ts', to: 'kitchen/stove.ts' },
      ],
    );
    expect(found).toEqual(['cellar/coal.ts imports kitchen/stove.ts']);
  });

  it('tells a folder of a room from the room', () => {
    const found = trespasses(
      table,
      [],
      [
        { from: 'hall/bell.ts', to: 'kitchen/door/latch.ts' },
        { from: 'hall/bell.ts', to: 'kitchen/doors.ts' },
      ],
    );
    expect(found).toEqual(['hall/bell.ts imports kitchen/doors.ts']);
  });

  it('allows a room that is not in the table nothing', () => {
    const found = trespasses(table, [], [{ from: 'attic/box.ts', to: 'cellar/coal.ts' }]);
    expect(found).toEqual(['attic/box.ts imports cellar/coal.ts']);
  });

  it('keeps neighbours apart in a room that is divided', () => {
    const found = trespasses(
      table,
      ['cellar'],
      [
        { from: 'cellar/wine/rack.ts', to: 'cellar/wine/cork.ts' },
        { from: 'cellar/wine/rack.ts', to: 'cellar/coal/heap.ts' },
      ],
    );
    expect(found).toEqual(['cellar/wine/rack.ts imports cellar/coal/heap.ts']);
  });

  it('finds a circle however long, and once', () => {
    const found = circles([
      { from: 'b.ts', to: 'c.ts' },
      { from: 'c.ts', to: 'a.ts' },
      { from: 'a.ts', to: 'b.ts' },
      { from: 'a.ts', to: 'd.ts' },
      { from: 'c.ts', to: 'd.ts' },
    ]);
    expect(found).toEqual(['a.ts → b.ts → c.ts → a.ts']);
  });

  it('reads every way in which a file names another', () => {
    const text = `
      import { a } from './a.ts';
      import type { B } from '../other/b.ts';
      import './c.ts';
      export { d } from './d.ts';
      export type { E } from './e.ts';
      const f = await import('./f.ts');
      const g: import('./g.ts').G = f;
      import { readFile } from 'node:fs/promises';
      const no = './h.ts';`;
    expect(importsOf('room/file.ts', text).map(({ to }) => to)).toEqual([
      'room/a.ts',
      'other/b.ts',
      'room/c.ts',
      'room/d.ts',
      'room/e.ts',
      'room/f.ts',
      'room/g.ts',
    ]);
  });
});
