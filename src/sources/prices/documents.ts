import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import type { RawFile } from '../../model/source.ts';
import { readDetail, readList } from './listing.ts';
import type { Detail, ListEntry } from './listing.ts';
import type { SellerTerms } from './settings.ts';

// The raw files of a run: JSON lines, gzipped. What a seller answered stands in them as the text that came.

/** How asking failed: a code for programs, and words without secrets. */
export interface AskError {
  readonly code: string;
  readonly message: string;
}

/** What came of asking: the body of a good answer, or how it failed. */
export type Asked = { readonly text: string } | { readonly error: AskError };

/** A seller was asked for its list. */
export interface ListDocument {
  readonly seller: SellerTerms;
  /** ISO 8601, as each moment here. */
  readonly at: string;
  readonly asked: Asked;
}

/** A seller was asked for a listing. */
export interface DetailDocument {
  readonly seller: string;
  readonly listing: string;
  readonly at: string;
  readonly asked: Asked;
}

/** What is known of a listing from runs before, where this one could not get it. */
export interface KeptDocument {
  readonly seller: string;
  readonly listing: string;
  /** Its entry of the last good list, where this run got none. */
  readonly entry: ListEntry | null;
  /** Its last good detail, where this run got none. */
  readonly detail: { readonly at: string; readonly text: string } | null;
}

export interface Documents {
  readonly lists: readonly ListDocument[];
  readonly details: readonly DetailDocument[];
  readonly kept: readonly KeptDocument[];
}

export const DOCUMENT_FILES: Readonly<Record<keyof Documents, string>> = {
  lists: 'lists.ndjson.gz',
  details: 'details.ndjson.gz',
  kept: 'kept.ndjson.gz',
};

/** Writes the three files into `folder`. */
export async function writeDocuments(folder: string, documents: Documents, from: string): Promise<RawFile[]> {
  const files: RawFile[] = [];
  for (const [part, name] of Object.entries(DOCUMENT_FILES) as [keyof Documents, string][]) {
    const bytes = gzipSync(documents[part].map((line) => `${JSON.stringify(line)}\n`).join(''));
    await writeFile(join(folder, name), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.push({ name, bytes: bytes.length, sha256, from, etag: null, lastModified: null });
  }
  return files;
}

export async function readDocuments(folder: string): Promise<Documents> {
  const lines = async <T>(part: keyof Documents) => {
    const text = gunzipSync(await readFile(join(folder, DOCUMENT_FILES[part]))).toString('utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T);
  };
  return {
    lists: await lines<ListDocument>('lists'),
    details: await lines<DetailDocument>('details'),
    kept: await lines<KeptDocument>('kept'),
  };
}

/** A listing as far as it is known after a run. */
export interface KnownListing {
  readonly seller: string;
  readonly listing: string;
  readonly entry: ListEntry | null;
  /** The last good one. */
  readonly detail: (Detail & { readonly at: string; readonly text: string }) | null;
}

/** Every listing that is known after a run, by seller and listing, in the order in which they were listed. */
export function knownListings({ lists, details, kept }: Documents): Map<string, KnownListing> {
  const known = new Map<string, KnownListing>();
  const learn = (seller: string, listing: string, more: Partial<KnownListing>) => {
    const key = keyOf(seller, listing);
    const before = known.get(key) ?? { seller, listing, entry: null, detail: null };
    known.set(key, { ...before, ...more });
  };
  for (const { seller, asked } of lists)
    for (const entry of entriesOf(asked)) learn(seller.name, entry.listing, { entry });
  for (const { seller, listing, entry, detail } of kept) {
    const read = detail === null ? null : goodDetail(listing, detail);
    learn(seller, listing, { ...(entry && { entry }), ...(read && { detail: read }) });
  }
  for (const { seller, listing, at, asked } of details) {
    const read = 'text' in asked ? goodDetail(listing, { at, text: asked.text }) : null;
    learn(seller, listing, read === null ? {} : { detail: read });
  }
  return known;
}

export function keyOf(seller: string, listing: string): string {
  return `${seller}/${listing}`;
}

function entriesOf(asked: Asked): readonly ListEntry[] {
  const list = 'text' in asked ? readList(asked.text) : null;
  return list !== null && 'entries' in list ? list.entries : [];
}

function goodDetail(listing: string, { at, text }: { at: string; text: string }): KnownListing['detail'] {
  const read = readDetail(text, listing);
  return 'price' in read ? { ...read, at, text } : null;
}
