/** The channel on which every commit that changes what is served is announced. */
export const CATALOGUE_CHANNEL = 'filmbase_catalogue';
