import type { Verb } from '../verb.ts';

export const verb: Verb = {
  name: 'migrate',
  inServer: true,
  declare: (command) =>
    command
      .summary("bring the database's schema up to date")
      .description(
        "Brings the database's schema up to date. Every other verb that opens the database does so too.",
      )
      .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://… filmbase migrate'),
  run: async ({ installation, out }) => {
    const { migrated } = await installation();
    const text = migrated.length === 0 ? 'The schema is up to date.' : `Applied ${migrated.join(', ')}.`;
    out.say('migrated', { applied: migrated }, text);
    return 0;
  },
};
