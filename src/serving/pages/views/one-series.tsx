import type { JSX } from 'preact';

import { addressWith, pageAddress } from '../addresses.ts';
import { Section } from '../layout.tsx';
import type { Page } from '../page.ts';
import { EpisodeTable } from '../parts/episode-table.tsx';
import { PageLinks } from '../parts/page-links.tsx';
import type { EpisodeList, Series } from '../shapes.ts';
import { OF_TITLE_PAGES, showTitle } from '../title-page.tsx';
import { counted } from '../words.ts';

/** The parameter for the place in the episodes. */
const EPISODES_PLACE = 'episodes_cursor';

/** In place of a season: every episode, also those of no known one. */
const ALL = 'all';

/** Episodes of a page. */
const LIMIT = 100;

/** `/series/{id}`: a series with its seasons, and the episodes of the one that is asked for, or of the first. */
export const page: Page = {
  route: '/series/:id',
  pageOnly: { ...OF_TITLE_PAGES, season: null, [EPISODES_PLACE]: null },
  show: (asked) =>
    showTitle<Series>(asked, {
      section: 'series',
      included: [],
      partsOf: async (series, { ask, path, query }) => {
        const known = series.seasons.filter(({ season }) => season !== null);
        if (series.seasons.length === 0) return {};
        const chosen = query.get('season') ?? known[0]?.season?.toString() ?? ALL;
        const asked = new URLSearchParams({ limit: String(LIMIT) });
        if (chosen !== ALL) asked.set('season', chosen);
        const place = query.get(EPISODES_PLACE);
        if (place !== null) asked.set('cursor', place);
        const list = await ask<EpisodeList>(`/series/${series.id}/episodes?${asked}`);
        return {
          first: (
            <Section id="episodes" heading="Episodes">
              <Seasons seasons={series.seasons} chosen={chosen} path={path} query={query} />
              <EpisodeTable episodes={list.data} ofAllSeasons={chosen === ALL} />
              <EpisodePages list={list} path={path} query={query} />
            </Section>
          ),
        };
      },
    }),
};

interface PagesProps {
  readonly list: EpisodeList;
  readonly path: string;
  readonly query: URLSearchParams;
}

function EpisodePages({ list: { page }, path, query }: PagesProps): JSX.Element {
  const linkTo = (link: string | null) => {
    const address = pageAddress(path, query, link, EPISODES_PLACE);
    return address === null ? null : `${address}#episodes`;
  };
  return (
    <PageLinks
      prev={linkTo(page.prev)}
      next={linkTo(page.next)}
      words={{ label: 'More episodes', prev: 'Earlier', next: 'Later' }}
    />
  );
}

interface SeasonsProps {
  readonly seasons: Series['seasons'];
  readonly chosen: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

function Seasons({ seasons, chosen, path, query }: SeasonsProps): JSX.Element {
  const unknown = seasons.find(({ season }) => season === null);
  const link = (season: string, text: string, label: string) => (
    <li>
      <a
        href={`${addressWith(path, query, { season, [EPISODES_PLACE]: null })}#episodes`}
        aria-current={season === chosen ? 'true' : undefined}
        aria-label={label}
      >
        {text}
      </a>
    </li>
  );
  return (
    <nav aria-label="Seasons">
      <ul class="chips">
        {seasons.map(({ season, episodes }) =>
          season === null
            ? null
            : link(String(season), String(season), `Season ${season}, ${counted(episodes, 'episode')}`),
        )}
        {seasons.length > 1 && link(ALL, 'All', 'All episodes')}
      </ul>
      {unknown !== undefined && (
        <p class="muted">{counted(unknown.episodes, 'episode')} of an unknown season: last of all.</p>
      )}
    </nav>
  );
}
