// OMDb writes countries and languages in English words; claims have codes. What has none, such as a state that is gone or
// a dialect, is left out.

/** Names of IMDb that differ from those of Unicode. */
const OTHER_COUNTRIES: Readonly<Record<string, string>> = {
  usa: 'US',
  uk: 'GB',
  'czech republic': 'CZ',
  'hong kong': 'HK',
  macao: 'MO',
  macau: 'MO',
  turkey: 'TR',
  türkiye: 'TR',
  palestine: 'PS',
  'occupied palestinian territory': 'PS',
  'republic of north macedonia': 'MK',
  myanmar: 'MM',
  burma: 'MM',
  "côte d'ivoire": 'CI',
  'ivory coast': 'CI',
  'bosnia and herzegovina': 'BA',
  'the democratic republic of congo': 'CD',
  congo: 'CG',
  swaziland: 'SZ',
  'cape verde': 'CV',
};

const OTHER_LANGUAGES: Readonly<Record<string, string>> = {
  mandarin: 'zh',
  'modern greek': 'el',
  norwegian: 'no',
  farsi: 'fa',
  flemish: 'nl',
  tagalog: 'tl',
  'serbo-croatian': 'sh',
};

/** Unicode's regions that are no countries of ISO 3166-1. */
const NO_COUNTRY = /^(?:AC|CP|CQ|DG|EA|EU|EZ|IC|QO|TA|UN|X[A-Z]|ZZ)$/;

const COUNTRIES = codesByName('region', OTHER_COUNTRIES);
const LANGUAGES = codesByName('language', OTHER_LANGUAGES);

/** ISO 3166-1 alpha-2; null for what is no country there. */
export function countryCode(name: string): string | null {
  return COUNTRIES.get(name.toLowerCase()) ?? null;
}

/** ISO 639-1; null for what has no code there. */
export function languageCode(name: string): string | null {
  return LANGUAGES.get(name.toLowerCase()) ?? null;
}

/** Unicode's English names, reversed; a code that stands for another is passed over. */
function codesByName(
  type: 'region' | 'language',
  others: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames('en', { type, fallback: 'none' });
  const codes = new Map(Object.entries(others));
  for (const pair of pairs()) {
    const code = type === 'region' ? pair.toUpperCase() : pair;
    const locale = new Intl.Locale(type === 'region' ? `und-${code}` : code);
    const name = names.of(code)?.toLowerCase();
    const isOwn = code === (type === 'region' ? locale.region : locale.language);
    if (name !== undefined && isOwn && !NO_COUNTRY.test(code) && !codes.has(name)) codes.set(name, code);
  }
  return codes;
}

/** aa to zz. */
function pairs(): string[] {
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
  return letters.flatMap((first) => letters.map((second) => first + second));
}
