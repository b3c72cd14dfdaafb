import type { LakePart } from '../lake/layout.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import type { SyncWorld } from './sync-world.ts';

/** An engine that starts when it is first asked, since a sync that finds nothing new asks nothing. */
export function lazyEngine(world: SyncWorld, part: LakePart): LakeEngine & { close(): Promise<void> } {
  let opened: ReturnType<SyncWorld['openEngine']> | null = null;
  const engine = () => (opened ??= world.openEngine(part, world.signal));
  return {
    rows: async (sql) => (await engine()).rows(sql),
    run: async (sql) => (await engine()).run(sql),
    cleanLines: async (request, onBytes) => (await engine()).cleanLines(request, onBytes),
    close: async () => {
      // Where it could not be opened, whoever asked for it was told.
      await opened?.then(
        (engine) => engine.close(),
        () => undefined,
      );
    },
  };
}
