import { follow } from './follower.ts';

// node dist/examples/follower/main.js http://127.0.0.1:8000 copy.json

const [leader, file] = process.argv.slice(2);
if (leader === undefined || file === undefined) {
  console.error('Usage: main.js <address of the leader> <file of the copy>');
  process.exit(2);
}
const end = new AbortController();
process.once('SIGINT', () => {
  end.abort();
});
for (;;) {
  try {
    await follow({ leader, file, fetch, signal: end.signal });
  } catch (error) {
    if (end.signal.aborted) break;
    console.error(error instanceof Error ? error.message : error);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
