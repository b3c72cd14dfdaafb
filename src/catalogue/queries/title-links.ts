import sql, { join, raw, type Sql } from 'sql-template-tag';

import { lowerAscii } from '../../lib/lower-ascii.ts';
import { isUuid } from '../../model/title-key.ts';

/** What a list of titles is narrowed to by what titles are linked to. An empty list narrows nothing. */
export interface TitleLinks {
  /** Is originally in any of these languages, or has them spoken. Codes. */
  readonly language: readonly string[];
  /** Is of any of these countries. Codes in upper case. */
  readonly country: readonly string[];
  /** Is by any of these companies: ids, or names in whatever case, which stand for every company of the name. */
  readonly company: readonly string[];
  /** Has any of these people in its cast, crew or story: ids or names. */
  readonly person: readonly string[];
  /** Has any of these keywords: ids or names. */
  readonly keyword: readonly string[];
  /** Belongs to any of these collections: ids. */
  readonly collection: readonly string[];
}

/** Whether `links` narrows: to how few titles differs widely, and with it how best to find them. */
export function hasLinks(links: TitleLinks): boolean {
  return narrowsToFew(links) || links.language.length > 0 || links.country.length > 0;
}

/** Whether the titles are linked to something that mostly has few of them. */
export function narrowsToFew({ company, person, keyword, collection }: TitleLinks): boolean {
  return [company, person, keyword, collection].some((asked) => asked.length > 0);
}

/** Where titles are linked to things that have ids and names. */
const NAMED = {
  company: { link: 'title_company', column: 'company_id' },
  person: { link: 'credit', column: 'person_id' },
  keyword: { link: 'title_keyword', column: 'keyword_id' },
} as const;

/** What must hold of the links of the title `id`, but for languages. */
export function linkConditions(links: TitleLinks, id: Sql): Sql[] {
  const { country, collection } = links;
  const linked = [
    ...Object.entries(NAMED).flatMap(([thing, { link, column }]) => {
      const asked = links[thing as keyof typeof NAMED];
      return asked.length > 0 ? [linkedTitles(link, sql`${raw(column)} = any(${idsOf(thing, asked)})`)] : [];
    }),
    ...(country.length > 0
      ? [linkedTitles('title_country', sql`country_code = any(${country}::text[])`)]
      : []),
    ...(collection.length > 0
      ? [linkedTitles('title_detail', sql`collection_id = any(${collection}::uuid[])`)]
      : []),
  ];
  return linked.map((titles) => sql`${id} in (${titles})`);
}

/** The ids among `asked`, and those of the things with the names among it. The planner sees ids that stand there. */
function idsOf(thing: string, asked: readonly string[]): Sql {
  const ids = sql`${asked.filter(isUuid)}::uuid[]`;
  const names = asked.filter((one) => !isUuid(one)).map(lowerAscii);
  if (names.length === 0) return ids;
  return sql`${ids} || array(select id from ${raw(thing)} where lower(name) = any(${names}::text[]))`;
}

function linkedTitles(table: string, condition: Sql): Sql {
  return sql`select title_id from ${raw(table)} where ${condition}`;
}

/** Conditions of which any must hold for the title `id` to be in one of the languages. */
export function languageConditions({ language }: TitleLinks, id: Sql): readonly [Sql, ...Sql[]] {
  if (language.length === 0) return [sql`true`];
  const [spoken, original] = languageTitles(language);
  return [sql`${id} in (${spoken})`, sql`${id} in (${original})`];
}

/** The same as one condition, for counting. */
export function languageCondition({ language }: TitleLinks, id: Sql): Sql {
  return language.length === 0 ? sql`true` : sql`${id} in (${join(languageTitles(language), ' union ')})`;
}

function languageTitles(codes: readonly string[]): [spoken: Sql, original: Sql] {
  return [
    linkedTitles('title_language', sql`language_code = any(${codes}::text[])`),
    linkedTitles('title_detail', sql`original_language = any(${codes}::text[])`),
  ];
}
