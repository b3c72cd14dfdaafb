/** Words of fewer letters have no other words near to them, and are looked up as they are. */
const LEAST_LETTERS = 3;

/** Words of up to so many letters have too few stretches of three to be known by when one is wrong. */
export const SHORT_WORD = 6;

/** What is longer is no word that anyone types. */
const LONGEST_WORD = 40;

/**
 * SQL, for the lake's engine and for PostgreSQL alike: a select of `gram` and `word`, a row for each stretch of letters of the
 * words in the column `word` of the relation `words`.
 */
export function gramsSelect(words: string): string {
  const stretches = (letters: number, least: number, most: number) => `
    select substr(concat('^', w.word, '$'), place.i, ${letters}) as gram, w.word
    from ${words} as w, generate_series(1, length(w.word) + 3 - ${letters}) as place (i)
    where length(w.word) between ${least} and ${most}`;
  return `${stretches(2, LEAST_LETTERS, SHORT_WORD)}
    union all
    ${stretches(3, SHORT_WORD, LONGEST_WORD)}`;
}
