import { parseTitleId } from '../../catalogue/queries/find-title.ts';
import type { ApiWorld } from './api-world.ts';
import { textThat } from './query-parameters.ts';

/** A title, by its UUID or its IMDb id; `words` say what it is asked for. */
export function titleParameter({ idSalt }: Pick<ApiWorld, 'idSalt'>, words: string) {
  return textThat((given) => parseTitleId(idSalt, given) !== null, 'must be a UUID or an IMDb id')
    .transform((given) => parseTitleId(idSalt, given))
    .optional()
    .describe(`${words}: a UUID, or an IMDb id.`);
}
