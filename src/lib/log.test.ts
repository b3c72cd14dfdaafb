import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';

import { openLog } from './log.ts';

test.each(['json', 'pretty'] as const)(
  'a %s line arrives, in the file too, with secrets struck out',
  async (format) => {
    const folder = mkdtempSync(join(tmpdir(), 'filmbase-log-'));
    const to = new PassThrough();
    try {
      const log = await openLog({ level: 'info', format, folder, secrets: ['pa"ss', 'token'], to });
      const line = new Promise<string>((resolve) =>
        to.once('data', (data: Buffer) => {
          resolve(data.toString());
        }),
      );
      log.debug('not at this level');
      log.info({ url: 'postgres://x:pa"ss@h/db' }, 'with a token in it');
      expect(await line).toContain('with a (hidden) in it');
      const written = () => readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8');
      await vi.waitFor(() => {
        expect(written()).toContain('"msg":"with a (hidden) in it"');
      });
      expect(written()).toContain('postgres://x:(hidden)@h/db');
      expect(written()).not.toContain('not at this level');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
