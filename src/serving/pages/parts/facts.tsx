import type { ComponentChildren, JSX } from 'preact';

import { webAddress } from '../addresses.ts';
import type { AnyTitle, Origins } from '../shapes.ts';
import { Origin } from './origin.tsx';
import { ageText, countText, dayText, dollarText, languageName, ratingText, runtimeText } from '../words.ts';

/** A fact of a title: `field` is how the API calls it. */
interface Fact {
  readonly field: string;
  readonly label: string;
  readonly value: ComponentChildren;
}

interface Props {
  readonly title: AnyTitle;
  /** Whose word each is, if that is asked for. */
  readonly origins: Origins | null;
}

/** What is known of a title, and on request whose word it is; what no source says is left out. */
export function Facts({ title, origins }: Props): JSX.Element {
  const facts = origins === null ? factsOf(title) : [...headFacts(title), ...factsOf(title)];
  return (
    <dl class="facts">
      {facts.map(({ field, label, value }) => (
        <div>
          <dt>{label}</dt>
          <dd>
            {value}
            {origins?.[field] !== undefined && <Origin origin={origins[field]} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(title: AnyTitle): Fact[] {
  return [...ownFacts(title), ...moneyFacts(title), ...linkFacts(title), ...sourceFacts(title)];
}

/** What stands at the head of the page, too; here it is told where it comes from. */
function headFacts({ title, originalTitle, year, genres, rating, votes }: AnyTitle): Fact[] {
  return [
    ...fact('title', 'Title', title, asIs),
    ...fact('originalTitle', 'Original title', originalTitle, asIs),
    ...fact('year', 'Year', year, String),
    ...fact('genres', 'Genres', someOf(genres), (list) => list.join(', ')),
    ...fact('rating', 'Rating', rating, ratingText),
    ...fact('votes', 'Votes', votes, countText),
  ];
}

function fact<T>(
  field: string,
  label: string,
  value: T | null,
  show: (value: T) => ComponentChildren,
): Fact[] {
  return value === null ? [] : [{ field, label, value: show(value) }];
}

function ownFacts(title: AnyTitle): Fact[] {
  const { releaseDate, runtimeMinutes, originalLanguage, languages, countries } = title;
  return [
    ...fact('releaseDate', 'Released', releaseDate, dayText),
    ...fact(
      'runtimeMinutes',
      'Runtime',
      runtimeMinutes,
      (minutes) => `${runtimeText(minutes)} (${minutes} min)`,
    ),
    ...fact('certificate', 'Certificate', title.certificate, asIs),
    ...fact('status', 'Status', title.status, asIs),
    ...fact('originalLanguage', 'Original language', originalLanguage, (code) => (
      <a href={`/movies?language=${encodeURIComponent(code)}`}>{languageName(code)}</a>
    )),
    ...fact('languages', 'Spoken', someOf(languages), (list) => (
      <Links
        list={list.map(({ code, name }) => ({
          name,
          address: `/movies?language=${encodeURIComponent(code)}`,
        }))}
      />
    )),
    ...fact('countries', 'Country', someOf(countries), (list) => (
      <Links
        list={list.map(({ code, name }) => ({
          name,
          address: `/movies?country=${encodeURIComponent(code)}`,
        }))}
      />
    )),
  ];
}

function moneyFacts({ budget, revenue, suspect }: AnyTitle): Fact[] {
  const money = (field: 'budget' | 'revenue') => (amount: number) =>
    suspect.includes(field) ? `${dollarText(amount)}, too little to be true` : dollarText(amount);
  return [
    ...fact('budget', 'Budget', budget, money('budget')),
    ...fact('revenue', 'Revenue', revenue, money('revenue')),
  ];
}

function linkFacts({ collection, companies = [], keywords = [], homepage }: AnyTitle): Fact[] {
  return [
    ...fact('collection', 'Collection', collection, ({ id, name }) => (
      <a href={`/movies?collection=${id}&sort=year`}>{name}</a>
    )),
    ...fact('companies', 'Companies', someOf(companies), (list) => (
      <Links list={list.map(({ id, name }) => ({ name, address: `/movies?company=${id}` }))} />
    )),
    ...fact('keywords', 'Keywords', someOf(keywords), (list) => (
      <Links
        list={list.map(({ name }) => ({ name, address: `/movies?keyword=${encodeURIComponent(name)}` }))}
      />
    )),
    ...fact('homepage', 'Homepage', homepage === null ? null : webAddress(homepage), (address) => (
      <a href={address} rel="noreferrer nofollow">
        {new URL(address).hostname}
      </a>
    )),
  ];
}

function sourceFacts(title: AnyTitle): Fact[] {
  const { externalIds, imdbUrl, sources, freshness = [] } = title;
  const handSet = 'handSet' in title ? title.handSet : [];
  const ids = Object.entries(externalIds);
  const known = freshness.filter(({ ageSeconds }) => ageSeconds !== null);
  return [
    ...fact('externalIds', 'Known as', someOf(ids), (list) => (
      <ul class="inline">
        {list.map(([system, id]) => (
          <li>
            {system}{' '}
            {system === 'imdb' && imdbUrl !== null ? (
              <a href={imdbUrl} rel="noreferrer">
                {id}
              </a>
            ) : (
              id
            )}
          </li>
        ))}
      </ul>
    )),
    ...fact('sources', 'Sources', someOf(sources), (list) => list.join(', ')),
    ...fact('handSet', 'Set by hand', someOf(handSet), (list) => list.join(', ')),
    ...fact('freshness', 'Data read', someOf(known), (list) =>
      list
        .map(
          ({ source, ageSeconds, isStale }) =>
            `${source} ${ageText(ageSeconds ?? 0)}${isStale ? ' (stale)' : ''}`,
        )
        .join(', '),
    ),
  ];
}

function Links({ list }: { list: readonly { name: string; address: string }[] }): JSX.Element {
  return (
    <ul class="inline">
      {list.map(({ name, address }) => (
        <li>
          <a href={address}>{name}</a>
        </li>
      ))}
    </ul>
  );
}

function asIs(text: string): string {
  return text;
}

/** Null where there is none: nobody says. */
function someOf<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}
