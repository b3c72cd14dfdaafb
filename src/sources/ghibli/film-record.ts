import type { RecordReader } from './record-reader.ts';

/** Characters of a line, as the catalogue takes it from people too. */
export const LINE_MOST = 300;

const TEXT_MOST = 20_000;
const URL_MOST = 2_000;

/** IMDb's earliest entry, Passage de Venus, is of 1874: https://www.imdb.com/title/tt3155794/ */
const FIRST_YEAR = 1874;
const LAST_YEAR = 2100;
const RUNTIME_MOST = 60_000;

/** Percent of the critics whose review is favourable. */
const SCORE_MOST = 100;

export type FilmRecord = ReturnType<typeof readFilm>;

/** A film as a record of `/films` says it. Its own list of people is broken in the provider's data, and is not read. */
export function readFilm(fields: RecordReader) {
  return {
    key: fields.key('id'),
    title: fields.name('title', 'title_missing', LINE_MOST),
    originalTitle: fields.line('original_title', LINE_MOST),
    year: fields.whole('release_date', FIRST_YEAR, LAST_YEAR),
    runtimeMinutes: fields.whole('running_time', 1, RUNTIME_MOST),
    overview: fields.text('description', TEXT_MOST),
    posterUrl: fields.address('image', URL_MOST),
    /** 0 to 100. */
    score: fields.whole('rt_score', 0, SCORE_MOST),
    directors: fields.lines('director', LINE_MOST),
    producers: fields.lines('producer', LINE_MOST),
  };
}
