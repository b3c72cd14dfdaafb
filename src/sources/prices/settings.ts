import { z } from 'zod';

import { FilmbaseError } from '../../model/errors.ts';
import { refuseSecrets } from '../raw-files.ts';

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

const baseUrl = z.string().superRefine((address, context) => {
  try {
    refuseSecrets('a seller', address);
  } catch (error) {
    if (!(error instanceof FilmbaseError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});

const path = z.string().regex(/^\/[^?#\s]*$/, 'must begin with / and have no query');

const headerName = z.string().regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header');

const seller = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,49}$/, 'must be made of a to z, 0 to 9, - and _, at most 50 of them')
      .describe('By which offers name it.'),
    baseUrl: baseUrl.describe('http or https, without user, password, query and fragment.'),
    listPath: path.default('/movies').describe('Below baseUrl: the list of what it sells.'),
    detailPath: path
      .refine((text) => text.split('{id}').length === 2, 'must have {id} once')
      .default('/movie/{id}')
      .describe('Below baseUrl: what it says of one listing.'),
    tokenHeader: headerName.nullable().default(null).describe('The header that its token is sent in.'),
    tokenVariable: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/, 'must be the name of an environment variable, in capitals')
      .nullable()
      .default(null)
      .describe('The environment variable that holds its token.'),
    currency: z
      .string()
      .refine((code) => CURRENCIES.has(code), 'must be a currency of ISO 4217, such as AUD')
      .describe('Of its prices: ISO 4217.'),
    timeoutMs: z.int().min(1).max(60_000).default(10_000).describe('For one attempt to ask it.'),
    idPattern: z
      .string()
      .refine(isRegularExpression, 'must be a regular expression')
      .nullable()
      .default(null)
      .describe("Finds the digits of an IMDb id in the seller's id, as the group `imdb`."),
  })
  .refine(({ tokenHeader, tokenVariable }) => (tokenHeader === null) === (tokenVariable === null), {
    path: ['tokenHeader'],
    message: 'and tokenVariable go together',
  });

export const pricesSettings = z.strictObject({
  sellers: z
    .array(seller)
    .refine(namesDiffer, 'must each have a name of its own')
    .default([])
    .describe(
      'Who is asked for prices: `name`, `baseUrl`, `listPath`, `detailPath`, `tokenHeader`, `tokenVariable`, `currency`, `timeoutMs`, `idPattern`; see [its page](../src/sources/prices/README.md).',
    ),
});

export type PricesSettings = z.output<typeof pricesSettings>;

export type Seller = PricesSettings['sellers'][number];

/** What prices and titles of a seller hang on. */
export type SellerTerms = Pick<Seller, 'name' | 'currency' | 'idPattern'>;

/** The terms of a seller that no setting names, which a folder was read for: those of the known sellers of such files. */
export function termsOfUnnamed(name: string): SellerTerms {
  return { name, currency: 'AUD', idPattern: '^[a-z]{2}(?<imdb>\\d{7,10})$' };
}

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}

function namesDiffer(sellers: readonly { readonly name: string }[]): boolean {
  return new Set(sellers.map(({ name }) => name)).size === sellers.length;
}
