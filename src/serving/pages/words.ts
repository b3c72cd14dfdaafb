/** How pages write figures, times and lengths. */

const LANGUAGE = 'en';

const wholeNumber = new Intl.NumberFormat(LANGUAGE);
const roundNumber = new Intl.NumberFormat(LANGUAGE, { notation: 'compact', maximumSignificantDigits: 3 });
const day = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'long', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat(LANGUAGE, {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
  hourCycle: 'h23',
});
const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' });

/** 2825732 → 2,825,732. */
export function countText(count: number): string {
  return wholeNumber.format(count);
}

/** 2825732 → 2.83M. */
export function roundCount(count: number): string {
  return roundNumber.format(count);
}

/** 8.975 → 9.0. */
export function ratingText(rating: number): string {
  return rating.toFixed(1);
}

/** 152 → 2 h 32 min. */
export function runtimeText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** 2008-07-16 → July 16, 2008. */
export function dayText(date: string): string {
  return day.format(new Date(`${date}T00:00:00Z`));
}

/** Nov 21, 2026, 02:00 UTC. */
export function momentText(time: string): string {
  return `${moment.format(new Date(time))} UTC`;
}

/** US dollars: $185,000,000. */
export function dollarText(amount: number): string {
  return `$${wholeNumber.format(amount)}`;
}

/** 9.95, AUD → AUD 9.95. */
export function priceText(price: number, currency: string): string {
  return `${currency}\u00a0${price.toFixed(2)}`;
}

const STEPS = [
  { unit: 'second', seconds: 1, below: 60 },
  { unit: 'minute', seconds: 60, below: 60 * 60 },
  { unit: 'hour', seconds: 60 * 60, below: 24 * 60 * 60 },
  { unit: 'day', seconds: 24 * 60 * 60, below: 60 * 24 * 60 * 60 },
  { unit: 'month', seconds: 30 * 24 * 60 * 60, below: 730 * 24 * 60 * 60 },
  { unit: 'year', seconds: 365 * 24 * 60 * 60, below: Infinity },
] as const;

/** 200 → 3 minutes ago. */
export function ageText(seconds: number): string {
  const step = STEPS.find(({ below }) => seconds < below) ?? STEPS[5];
  return relative.format(-Math.floor(seconds / step.seconds), step.unit);
}

/** How long before `now` that was. */
export function agoText(time: string, now: Date): string {
  return ageText(Math.max(0, (now.getTime() - Date.parse(time)) / 1000));
}

/** 1, film → 1 film; 2 → 2 films. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** What kinds of titles are called; those of films are only told apart from plain films. */
export const KIND_WORDS: Readonly<Record<string, string>> = {
  movie: 'Film',
  tvMovie: 'Television film',
  short: 'Short',
  tvShort: 'Television short',
  video: 'Video',
  tvSpecial: 'Television special',
  tvSeries: 'Series',
  tvMiniSeries: 'Miniseries',
  tvEpisode: 'Episode',
};

const languages = new Intl.DisplayNames(LANGUAGE, { type: 'language', fallback: 'code' });
const countries = new Intl.DisplayNames(LANGUAGE, { type: 'region', fallback: 'code' });

/** fr → French; of what is no code of a language, the code. */
export function languageName(code: string): string {
  return nameOf(languages, code);
}

/** NZ → New Zealand; of what is no code of a country, the code. */
export function countryName(code: string): string {
  return nameOf(countries, code.toUpperCase());
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch (error) {
    if (error instanceof RangeError) return code;
    throw error;
  }
}

/** What rating systems are called; any other by its own name. */
const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  imdb: 'IMDb',
  tmdb: 'TMDB',
  metacritic: 'Metacritic',
  'rotten-tomatoes': 'Rotten Tomatoes',
  movielens: 'MovieLens',
};

export function systemName(system: string): string {
  return SYSTEM_WORDS[system] ?? system;
}
