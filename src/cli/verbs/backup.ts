import { resolve } from 'node:path';

import { writeBackup } from '../../catalogue/backup/write-backup.ts';
import { refusePlace } from '../out-file.ts';
import type { Verb } from '../verb.ts';
import { grouped } from '../whole-number.ts';

export const verb: Verb = {
  name: 'backup',
  inServer: true,
  declare: (command) =>
    command
      .summary('what only the database has, as one file')
      .description(
        'Writes what only the database has into one file: what people wrote, API keys (as hashes), the ids of titles that are gone, ' +
          'and the secret from which public ids are derived, so keep it where nobody else reads it. The rest comes from the lake. ' +
          'Embedded, others wait meanwhile.',
      )
      .argument('<file>', 'the file; it is replaced once the backup is whole')
      .addHelpText('after', '\nExample:\n  filmbase backup filmbase.backup'),
  run: async ({ installation, out, folder, version }, [place = '']) => {
    const file = resolve(folder, place);
    await refusePlace(file);
    const { db, idSalt } = await installation();
    const { rows } = await writeBackup(db, { file, idSalt, release: version, now: () => new Date() });
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    out.say('backup', { file, rows }, `${grouped(total)} rows in ${file}`);
    return 0;
  },
};
