import type { JSX } from 'preact';

import type { Section } from '../../model/kinds.ts';
import { SECTION_WORDS, startOfSentence } from '../api/sections.ts';
import { addressWith, askedOf, pageAddress } from './addresses.ts';
import type { AskedPage, Shown } from './page.ts';
import { activeFilters, ActiveFilters } from './parts/active-filters.tsx';
import { Facet, FACET_NAMES } from './parts/facet.tsx';
import { askFilterNames, type FilterNames } from './parts/filter-names.ts';
import { PageLinks } from './parts/page-links.tsx';
import { RangeForm } from './parts/range-form.tsx';
import { SortForm } from './parts/sort-form.tsx';
import { TitleGrid } from './parts/title-grid.tsx';
import { TitleTable } from './parts/title-table.tsx';
import type { TitleList } from './shapes.ts';
import { countText } from './words.ts';

/** Parameters of lists' pages alone. */
export const OF_LIST_PAGES = { view: ['posters', 'table'] };

/** Titles of a page, where the address does not say: rows of 3, 4 and 6 are full. */
const LIMIT = '24';

/** The page of a section's list: titles as posters or as a table, narrowed and sorted; all of it stands in the address. */
export async function showTitleList(asked: AskedPage, section: Section): Promise<Shown> {
  const query = askedOf(asked.query, asked.pageOnly);
  if (!query.has('limit')) query.set('limit', LIMIT);
  if (!query.has('count')) query.set('count', 'exact');
  if (!query.has('facets')) query.set('facets', FACET_NAMES.join(','));
  const list = await asked.ask<TitleList>(`${asked.path}?${query}`);
  const names = await askFilterNames(asked.ask, query);
  const heading = startOfSentence(SECTION_WORDS[section].many);
  return {
    title: heading,
    main: <ListPage heading={heading} asked={asked} list={list} names={names} />,
    scripts: ['list'],
  };
}

interface Props {
  readonly heading: string;
  readonly asked: AskedPage;
  readonly list: TitleList;
  readonly names: FilterNames;
}

function ListPage({ heading, asked, list, names }: Props): JSX.Element {
  const { path, query } = asked;
  const isTable = query.get('view') === 'table';
  return (
    <div class="browse">
      <header class="browse-head">
        <h1>{heading}</h1>
        <p class="browse-count" role="status">
          <Count list={list} isNarrowed={activeFilters(query).length > 0} />
        </p>
      </header>
      <aside class="narrow" aria-label="Narrow the list">
        <details>
          <summary>Narrow</summary>
          {FACET_NAMES.map((name) => (
            <Facet name={name} counts={list.facets?.[name]} path={path} query={query} />
          ))}
          <RangeForm path={path} query={query} />
        </details>
      </aside>
      <div class="browse-list">
        <div class="browse-bar">
          <ActiveFilters path={path} query={query} names={names} />
          <SortForm path={path} query={query} />
          <ViewLinks path={path} query={query} isTable={isTable} />
        </div>
        <Titles list={list} isTable={isTable} path={path} query={query} />
        <p class="unseen" role="status" data-said />
        <PageLinks
          prev={pageAddress(path, query, list.page.prev)}
          next={pageAddress(path, query, list.page.next)}
        />
      </div>
    </div>
  );
}

interface CountProps {
  readonly list: TitleList;
  readonly isNarrowed: boolean;
}

function Count({ list: { count, data }, isNarrowed }: CountProps): JSX.Element {
  if (count === null) return <>{countText(data.length)} on this page</>;
  return (
    <>
      {count.kind === 'estimated' && 'about '}
      <b>{countText(count.value)}</b> {isNarrowed ? (count.value === 1 ? 'remains' : 'remain') : 'in all'}
    </>
  );
}

interface TitlesProps {
  readonly list: TitleList;
  readonly isTable: boolean;
  readonly path: string;
  readonly query: URLSearchParams;
}

function Titles({ list, isTable, path, query }: TitlesProps): JSX.Element {
  if (list.data.length === 0) {
    return (
      <p class="empty">
        Nothing passes all of that. <a href={path}>Begin anew</a>, or take a filter away.
      </p>
    );
  }
  return isTable ? (
    <TitleTable titles={list.data} path={path} query={query} />
  ) : (
    <TitleGrid titles={list.data} grows />
  );
}

function ViewLinks({ path, query, isTable }: Omit<TitlesProps, 'list'>): JSX.Element {
  const keepPlace = (view: string | null) => {
    const cursor = query.get('cursor');
    return addressWith(path, query, { view, cursor });
  };
  return (
    <nav class="views" aria-label="Show as">
      <a href={keepPlace(null)} aria-current={isTable ? undefined : 'true'}>
        Posters
      </a>
      <a href={keepPlace('table')} aria-current={isTable ? 'true' : undefined}>
        Table
      </a>
    </nav>
  );
}
