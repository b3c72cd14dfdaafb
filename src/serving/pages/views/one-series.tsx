import type { JSX } from 'preact';

import { addressWith } from '../addresses.ts';
import { Section } from '../layout.tsx';
import type { Page } from '../page.ts';
import { EpisodeTable } from '../parts/episode-table.tsx';
import type { EpisodeList, Series } from '../shapes.ts';
import { OF_TITLE_PAGES, showTitle } from '../title-page.tsx';
import { counted } from '../words.ts';

/** `/series/{id}`: a series with its seasons, and the episodes of the one that is asked for, or of the first. */
export const page: Page = {
  route: '/series/:id',
  pageOnly: [...OF_TITLE_PAGES, 'season'],
  show: (asked) =>
    showTitle<Series>(asked, {
      section: 'series',
      included: [],
      partsOf: async (series, { ask, path, query }) => {
        const known = series.seasons.filter(({ season }) => season !== null);
        if (series.seasons.length === 0) return {};
        const chosen = query.get('season') ?? known[0]?.season?.toString() ?? null;
        const narrowed = chosen === null ? '' : `&season=${encodeURIComponent(chosen)}`;
        const episodes = await ask<EpisodeList>(`/series/${series.id}/episodes?limit=100${narrowed}`);
        return {
          first: (
            <Section id="episodes" heading="Episodes">
              <Seasons seasons={series.seasons} chosen={chosen} path={path} query={query} />
              <EpisodeTable episodes={episodes.data} />
            </Section>
          ),
        };
      },
    }),
};

interface SeasonsProps {
  readonly seasons: Series['seasons'];
  readonly chosen: string | null;
  readonly path: string;
  readonly query: URLSearchParams;
}

function Seasons({ seasons, chosen, path, query }: SeasonsProps): JSX.Element {
  return (
    <nav aria-label="Seasons">
      <ul class="chips">
        {seasons.map(({ season, episodes }) => (
          <li>
            {season === null ? (
              <span class="muted">{counted(episodes, 'episode')} of an unknown season</span>
            ) : (
              <a
                href={`${addressWith(path, query, { season: String(season) })}#episodes`}
                aria-current={String(season) === chosen ? 'true' : undefined}
                aria-label={`Season ${season}, ${counted(episodes, 'episode')}`}
              >
                {season}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
