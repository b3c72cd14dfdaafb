/** TMDB's jobs in the words of IMDb's categories: https://developer.themoviedb.org/reference/configuration-jobs */
const JOBS: Readonly<Record<string, readonly string[]>> = {
  director: ['Director', 'Co-Director'],
  writer: [
    'Writer',
    'Co-Writer',
    'Original Film Writer',
    'Screenplay',
    'Screenstory',
    'Scenario Writer',
    'Story',
    'Original Story',
    'Short Story',
    'Novel',
    'Book',
    'Graphic Novel',
    'Comic Book',
    'Author',
    'Characters',
    'Adaptation',
    'Dialogue',
    'Idea',
    'Opera',
    'Poem',
    'Teleplay',
    'Theatre Play',
  ],
  producer: [
    'Producer',
    'Co-Producer',
    'Executive Producer',
    'Co-Executive Producer',
    'Associate Producer',
    'Line Producer',
    'Supervising Producer',
    'Consulting Producer',
  ],
  editor: ['Editor', 'Co-Editor'],
  composer: ['Original Music Composer'],
  cinematographer: ['Director of Photography'],
  casting_director: ['Casting'],
  production_designer: ['Production Design'],
};

const CATEGORIES = new Map(
  Object.entries(JOBS).flatMap(([category, jobs]) => jobs.map((job) => [job, category] as const)),
);

/** The category of a crew's job; `crew` for what IMDb has no word for. */
export function crewCategory(job: string | null): string {
  return CATEGORIES.get(job ?? '') ?? 'crew';
}
