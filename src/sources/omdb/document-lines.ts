import { readLines } from '../../lib/file-lines.ts';
import { nameFileFailure } from '../../model/file-failure.ts';

/** The lines of a file of documents. Errors: those of `nameFileFailure`. */
export async function* readDocumentLines(path: string): ReturnType<typeof readLines> {
  try {
    yield* readLines(path);
  } catch (error) {
    throw nameFileFailure(error, path);
  }
}
