import type { Installation } from '../../app.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '../../catalogue/entry/api-keys.ts';
import type { Database } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { isUuid } from '../../model/title-key.ts';
import { table } from '../table.ts';
import type { Output, Verb } from '../verb.ts';

export const verb: Verb = {
  name: 'keys',
  inServer: true,
  declare: (command) =>
    command
      .summary('API keys: create, list, revoke')
      .description(
        'Makes, lists and revokes the API keys that writing needs. A key is shown once, when it is made.',
      )
      .argument('<action>', 'create, list or revoke')
      .argument('[id]', 'the id of the key to revoke')
      .option('--role <role>', 'what a new key may do: write or admin', 'write')
      .option('--name <name>', 'whose or what for a new key is', 'unnamed')
      .addHelpText(
        'after',
        '\nExample:\n  filmbase keys create --name editor\n  filmbase keys list\n  filmbase keys revoke 3f0c…',
      ),
  run: async ({ installation, out }, [action, id], options) => {
    if (action === 'create') await create(installation, out, String(options.name), String(options.role));
    else if (action === 'list') await list((await installation()).db, out);
    else if (action === 'revoke') await revoke(installation, out, id);
    else
      throw new FilmbaseError(
        'usage_invalid',
        `keys ${String(action)}: create, list and revoke are allowed.`,
      );
    return 0;
  },
};

/** Opened once what was typed is known to be right. */
type Open = () => Promise<Installation>;

async function create(open: Open, out: Output, name: string, role: string): Promise<void> {
  if (role !== 'write' && role !== 'admin') {
    throw new FilmbaseError('usage_invalid', `--role is '${role}': write and admin are allowed.`);
  }
  const { id, key } = await createApiKey(await open(), name, role);
  out.say('key', { id, key, role, name }, `${key}\nKey ${id} may ${role}. It is not shown again.`);
}

async function list(db: Database, out: Output): Promise<void> {
  const keys = await listApiKeys(db);
  const rows = keys.map(({ id, name, role, createdAt, revokedAt }) => [
    id,
    name,
    role,
    createdAt.toISOString(),
    revokedAt?.toISOString() ?? null,
  ]);
  out.say(
    'keys',
    { keys },
    keys.length === 0
      ? 'There are no keys: filmbase keys create'
      : table(['id', 'name', 'role', 'created', 'revoked'], rows),
  );
}

async function revoke(open: Open, out: Output, id: string | undefined): Promise<void> {
  if (id === undefined || !isUuid(id))
    throw new FilmbaseError(
      'usage_invalid',
      'keys revoke takes the id of a key; `filmbase keys list` shows them.',
    );
  if (!(await revokeApiKey((await open()).db, id)))
    throw new FilmbaseError('usage_invalid', `There is no key ${id} that is not revoked.`);
  out.say('revoked', { id }, `Key ${id} is revoked.`);
}
