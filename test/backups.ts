import { join } from 'node:path';

import type { BackupEnd } from '../src/catalogue/backup/backup-file.ts';
import { writeBackup } from '../src/catalogue/backup/write-backup.ts';
import type { Database } from '../src/db/database.ts';
import { ID_SALT } from './api.ts';
import { temporaryFolder } from './workshops.ts';

export function backUp(db: Database, file: string): Promise<BackupEnd> {
  return writeBackup(db, { file, idSalt: ID_SALT, release: '0.0.0-test', now: () => new Date() });
}

/** Where a backup may go, in a folder that is removed after the test. */
export function backupFile(): string {
  return join(temporaryFolder(), 'filmbase.backup');
}
