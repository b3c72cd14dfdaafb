import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';

/** Tests that need data which is no part of the project say so in their names, and may be skipped anywhere. */
const NEEDS_DATA = 'with ../shared/data';

/**
 * Says which tests were skipped, and in one line how all ended. With `CI` set, a skipped test is a failure, unless it
 * needs that data.
 */
export class NoSkips implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const skipped = inState('skipped');
    if (isCi()) refuse(skipped);
    else for (const [group, count] of countByGroup(skipped)) console.log(`Skipped: ${count} of ${group}`);
    // A file that could not be loaded has no tests to count.
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandled.length;
    const failed = inState('failed').length + broken;
    console.log(
      `\nFilmbase: ${inState('passed').length} passed, ${failed} failed, ${skipped.length} skipped`,
    );
  }
}

function isCi(): boolean {
  return !['', '0', 'false', undefined].includes(process.env.CI);
}

function refuse(skipped: readonly TestCase[]): void {
  const refused = skipped.filter(({ fullName }) => !fullName.includes(NEEDS_DATA));
  console.log(`Skipped ${NEEDS_DATA}: ${skipped.length - refused.length}`);
  if (refused.length === 0) return;
  console.log(`Skipped besides, which with CI set is a failure: ${refused.length}`);
  for (const { fullName } of refused) console.log(`  ${fullName}`);
  process.exitCode = 1;
}

/** Skipped tests by the outermost suite that they stand in, the suites being skipped whole; else by name. */
function countByGroup(skipped: readonly TestCase[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { fullName } of skipped) {
    const suite = fullName.split(' > ')[0] ?? fullName;
    const group = suite.includes('(needs ') ? suite : fullName;
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}
