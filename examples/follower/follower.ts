import { readFile, rename, writeFile } from 'node:fs/promises';

// A copy of a Filmbase's titles that follows it: what it was, and then each change, in order, once or again, never skipped.

/** Id → the film, series or episode as its address answers, without what hangs on the clock. */
export type Copy = Record<string, unknown>;

/** What the file holds. The position is written together with the copy that it stands for. */
interface Kept {
  /** The number of the last change that the copy has; null: the copy is not whole. */
  readonly since: number | null;
  readonly titles: Copy;
}

export interface FollowerWorld {
  /** Such as http://127.0.0.1:8000. */
  readonly leader: string;
  /** Where the copy is kept. */
  readonly file: string;
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  /** Ends the following; what was kept stays. */
  readonly signal: AbortSignal;
}

interface Change {
  readonly seq: number;
  readonly kind: string;
  readonly titleId: string | null;
}

interface Changes {
  readonly data: readonly Change[];
  readonly next: number;
  readonly latest: number;
}

/** Where titles are. */
const SECTIONS = ['/movies', '/series', '/episodes'];

/** Titles that are asked for at once. */
const AT_ONCE = 8;

/** Seconds that the leader may wait with an answer that there is nothing. */
const WAIT_SECONDS = 30;

/** Follows the leader for ever, from where the file says that it was; throws when the leader fails or the signal ends it. */
export async function follow(world: FollowerWorld): Promise<never> {
  for (;;) await catchUp(world, WAIT_SECONDS);
}

/**
 * Takes what changed since the file was written, as far as the leader has it now; without a file, or where the leader keeps
 * what changed no longer, all titles. Gives the number of the last change that the copy has.
 */
export async function catchUp(world: FollowerWorld, waitSeconds = 0): Promise<number> {
  let kept = await readKept(world.file);
  if (kept.since === null) kept = await start(world);
  for (;;) {
    const changes = await ask<Changes>(world, `/changes?since=${kept.since}&limit=1000&wait=${waitSeconds}`);
    if (changes === null || changes.data.some(({ kind }) => kind === 'snapshot')) kept = await start(world);
    else if (changes.next === kept.since) return changes.next;
    else kept = await apply(world, kept.titles, changes);
  }
}

/** All titles. What changes meanwhile comes again: the number is asked for first. */
async function start(world: FollowerWorld): Promise<Kept & { since: number }> {
  const { next: since } = await asked<Changes>(world, '/changes?since=latest');
  const titles: Copy = {};
  for (const section of SECTIONS) await takeSection(world, titles, section);
  return keep(world, { since, titles });
}

async function takeSection(world: FollowerWorld, titles: Copy, section: string): Promise<void> {
  let page: string | null = `${section}?limit=100`;
  while (page !== null) {
    const { data, page: pages }: { data: { id: string }[]; page: { next: string | null } } = await asked(
      world,
      page,
    );
    await takeTitles(
      world,
      titles,
      data.map(({ id }) => id),
    );
    page = pages.next;
  }
}

/** Each title that changed is asked for as it is now, which may have later changes in it: those come, and change nothing. */
async function apply(
  world: FollowerWorld,
  titles: Copy,
  { data, next }: Changes,
): Promise<Kept & { since: number }> {
  const ids = new Set(data.flatMap(({ titleId }) => titleId ?? []));
  await takeTitles(world, titles, [...ids]);
  return keep(world, { since: next, titles });
}

async function takeTitles(world: FollowerWorld, titles: Copy, ids: readonly string[]): Promise<void> {
  for (let first = 0; first < ids.length; first += AT_ONCE)
    await Promise.all(ids.slice(first, first + AT_ONCE).map((id) => takeTitle(world, titles, id)));
}

/** A title that is gone, or leads to another id, goes. In which section it is, its address says. */
async function takeTitle(world: FollowerWorld, titles: Copy, id: string): Promise<void> {
  Reflect.deleteProperty(titles, id);
  for (const section of SECTIONS) {
    const title = await ask<Copy>(world, `${section}/${id}`);
    if (title === null) continue;
    Reflect.deleteProperty(title, 'freshness');
    titles[id] = title;
    return;
  }
}

/** The answer's JSON; null where there is nothing at the address, or no longer. */
async function ask<T>({ leader, fetch, signal }: FollowerWorld, path: string): Promise<T | null> {
  const headers = { accept: 'application/json' };
  const response = await fetch(`${leader}${path}`, { headers, redirect: 'manual', signal });
  if (response.ok) return (await response.json()) as T;
  await response.body?.cancel();
  if ([308, 404, 410].includes(response.status)) return null;
  throw new Error(`${path} was answered with ${response.status}.`);
}

async function asked<T>(world: FollowerWorld, path: string): Promise<T> {
  const answer = await ask<T>(world, path);
  if (answer === null) throw new Error(`There is nothing at ${path}.`);
  return answer;
}

async function readKept(file: string): Promise<Kept> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { since: null, titles: {} };
    throw error;
  }
}

/** The file is the old one or the new one, whenever the process ends. */
async function keep<K extends Kept>({ file, signal }: FollowerWorld, kept: K): Promise<K> {
  signal.throwIfAborted();
  const draft = `${file}.part`;
  await writeFile(draft, JSON.stringify(kept));
  await rename(draft, file);
  return kept;
}
