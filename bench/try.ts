import { searchTitles } from '../src/catalogue/queries/search-titles.ts';
import { openPostgres } from '../src/db/postgres.ts';
const db = await openPostgres({ url: process.env.URL! });
for (const q of process.argv.slice(2)) {
  const t = performance.now();
  const { json } = await searchTitles(db, q, { limit: 5, kinds: [] });
  const ms = performance.now() - t;
  console.log(q, ms.toFixed(1), (JSON.parse(json) as { title: string; year: number; votes: number }[]).map((r) => `${r.title} (${r.year}, ${r.votes})`).join(' | '));
}
await db.close();
