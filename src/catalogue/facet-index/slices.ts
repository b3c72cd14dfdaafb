/** The bound of a sample that has all titles: the first five hexadecimal digits of an id are less. */
export const WHOLE_SAMPLE = 2 ** 20;

/** Numbers that are kept as slices: for each binary digit, which titles have it set. How many digits there are. */
export const SLICED = { year: 12, votes: 31, runtime: 31, rating: 24 } as const;

export type Sliced = keyof typeof SLICED;

/** A rating is kept in steps of so many to the point: told apart to a millionth. */
export const RATING_STEPS = 1_000_000;
