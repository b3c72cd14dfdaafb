import { resolve } from 'node:path';

import { takeOverIdSalt } from '../../app.ts';
import type { Installation } from '../../app.ts';
import { checkBackup } from '../../catalogue/backup/backup-file.ts';
import type { BackupHead } from '../../catalogue/backup/backup-file.ts';
import { isEmpty, restoreBackup } from '../../catalogue/backup/restore-backup.ts';
import type { Lake } from '../../lake/layout.ts';
import { listRuns, listVersions } from '../../lake/manifests.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { serveRestored } from '../../sync/serve-restored.ts';
import { describePublish, PATIENCE_MS } from '../published.ts';
import type { Verb, VerbContext } from '../verb.ts';
import { grouped } from '../whole-number.ts';

export const verb: Verb = {
  name: 'restore',
  // A server holds the id salt in memory, so it is to be stopped.
  inServer: false,
  declare: (command) =>
    command
      .summary('a backup, brought into an empty database')
      .description(
        'Brings a backup into a database that is empty, and serves what the lake has. Stop the servers first. An installation that ' +
          'has nothing yet, or the lake alone, takes over the ids of the backup; any other must be the one that it was made of.',
      )
      .argument('<file>', 'the file that `filmbase backup` wrote')
      .option('--force', 'also where the database is not empty: what is in it goes')
      .addHelpText('after', '\nExample:\n  filmbase restore filmbase.backup'),
  run: async (context, [place = ''], options) => {
    const { out, folder, signal } = context;
    const file = resolve(folder, place);
    const { head, end } = await checkBackup(file);
    const installation = await context.installation();
    await bringIn(context, installation, file, head, options.force === true);
    const total = Object.values(end.rows).reduce((sum, count) => sum + count, 0);
    const said = { file, madeAt: head.madeAt, rows: end.rows };
    out.say('restored', said, `${grouped(total)} rows of ${head.madeAt}`);
    const world = installation.syncWorld(signal, (progress) => {
      out.progress(progress);
    });
    const { version_id: versionId } = head.state;
    const published = await serveRestored(
      { ...world, idSalt: head.idSalt },
      { versionId, waitMs: PATIENCE_MS },
    );
    if (published === null) out.say('empty', {}, 'The lake has no runs, so nothing is served: filmbase sync');
    else out.say('published', { ...published }, describePublish(published));
    return 0;
  },
};

async function bringIn(
  { config }: VerbContext,
  installation: Installation,
  file: string,
  head: BackupHead,
  force: boolean,
): Promise<void> {
  const { db, idSalt, lake } = installation;
  const empty = await isEmpty(db);
  if (!empty && !force)
    throw new FilmbaseError('database_not_empty', 'The database holds what people wrote, or a catalogue.');
  if (head.idSalt === idSalt) {
    await restoreBackup(db, file, head);
    return;
  }
  if (!empty || !(await isOf(lake, head)))
    throw new FilmbaseError(
      'backup_foreign',
      `${file} is of another installation than ${config.dataFolder}.`,
    );
  await takeOverIdSalt(config, head.idSalt, () => restoreBackup(db, file, head));
}

/** Whether the lake may be that of the backup's installation: it is empty, or has the version that was served. */
async function isOf(lake: Lake, { state }: BackupHead): Promise<boolean> {
  if ((await listRuns(lake)).length === 0) return true;
  return (await listVersions(lake)).some(({ id }) => id === state.version_id);
}
