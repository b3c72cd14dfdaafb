// Written by `npm run client` from the API reference; test/typescript-client.test.ts compares them.
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where things are */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            name: "Filmbase";
                            version: string;
                            links: {
                                [key: string]: string;
                            };
                        };
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Films that pass filters, in order, a page at a time */
        get: {
            parameters: {
                query?: {
                    /** @description Films of any of these genres, in whatever case; may be repeated. */
                    genre?: string[];
                    /** @description Films of all these genres. */
                    genre_all?: string[];
                    /** @description Films of none of these genres. */
                    genre_not?: string[];
                    rating_gt?: number;
                    rating_gte?: number;
                    rating_lt?: number;
                    rating_lte?: number;
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description In minutes. */
                    runtime_gt?: number;
                    runtime_gte?: number;
                    runtime_lt?: number;
                    runtime_lte?: number;
                    votes_gt?: number;
                    votes_gte?: number;
                    votes_lt?: number;
                    votes_lte?: number;
                    /** @description Films of any of these kinds. */
                    kind?: ("movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial")[];
                    /** @description Films that any of these sources describes; the answer says how fresh they are. */
                    source?: string[];
                    /** @description Films whose original language is any of these, or in which one of them is spoken: codes such as en. */
                    language?: string[];
                    /** @description Films of any of these countries: codes such as NZ. */
                    country?: string[];
                    /** @description Films by any of these companies: ids, or names in whatever case. */
                    company?: string[];
                    /** @description Films with any of these people in cast, crew or story: ids, or names. */
                    person?: string[];
                    /** @description Films with any of these keywords: ids, or names. */
                    keyword?: string[];
                    /** @description Films of any of these collections: ids. */
                    collection?: string[];
                    /** @description Films found by these words of a title, the original or another one, or the year; they may be mistyped. At most the 10,000 most relevant. */
                    q?: string;
                    /** @description With `source`: `credits` adds those of each title. */
                    include?: string | string[];
                    /** @description One to 3 of title, year, rating, votes, runtime, weighted, popularity, relevance, joined by commas, each descending with a - before it; unknown values come last both ways. Default: title; with `q`, relevance, the most relevant first. */
                    sort?: string;
                    /** @description What to count the titles by, joined by commas; each counted as if its own filters were off. */
                    facets?: string | string[];
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                    /** @description Whether to count all that pass the filters; `estimated` is exact where that is cheap. */
                    count?: "exact" | "estimated" | "none";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FilmList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Enter a film that no source has */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A text that is new for each request, such as a UUID. A repeat with the same text, path and body within a day is not done again, and is given the same answer. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        title: string;
                        originalTitle?: string | null;
                        /** @enum {string} */
                        kind?: "movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial";
                        year?: number | null;
                        releaseDate?: string | null;
                        runtimeMinutes?: number | null;
                        genres?: string[] | null;
                        rating?: number | null;
                        certificate?: string | null;
                        posterUrl?: string | null;
                        imdbId?: string | null;
                    };
                };
            };
            responses: {
                /** @description Created. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FilmDetail"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Series that pass filters, in order, a page at a time */
        get: {
            parameters: {
                query?: {
                    /** @description Series of any of these genres, in whatever case; may be repeated. */
                    genre?: string[];
                    /** @description Series of all these genres. */
                    genre_all?: string[];
                    /** @description Series of none of these genres. */
                    genre_not?: string[];
                    rating_gt?: number;
                    rating_gte?: number;
                    rating_lt?: number;
                    rating_lte?: number;
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description In minutes. */
                    runtime_gt?: number;
                    runtime_gte?: number;
                    runtime_lt?: number;
                    runtime_lte?: number;
                    votes_gt?: number;
                    votes_gte?: number;
                    votes_lt?: number;
                    votes_lte?: number;
                    /** @description Series of any of these kinds. */
                    kind?: ("tvSeries" | "tvMiniSeries")[];
                    /** @description Series that any of these sources describes; the answer says how fresh they are. */
                    source?: string[];
                    /** @description Series whose original language is any of these, or in which one of them is spoken: codes such as en. */
                    language?: string[];
                    /** @description Series of any of these countries: codes such as NZ. */
                    country?: string[];
                    /** @description Series by any of these companies: ids, or names in whatever case. */
                    company?: string[];
                    /** @description Series with any of these people in cast, crew or story: ids, or names. */
                    person?: string[];
                    /** @description Series with any of these keywords: ids, or names. */
                    keyword?: string[];
                    /** @description Series of any of these collections: ids. */
                    collection?: string[];
                    /** @description Series found by these words of a title, the original or another one, or the year; they may be mistyped. At most the 10,000 most relevant. */
                    q?: string;
                    /** @description With `source`: `credits` adds those of each title. */
                    include?: string | string[];
                    /** @description One to 3 of title, year, rating, votes, runtime, weighted, popularity, relevance, joined by commas, each descending with a - before it; unknown values come last both ways. Default: title; with `q`, relevance, the most relevant first. */
                    sort?: string;
                    /** @description What to count the titles by, joined by commas; each counted as if its own filters were off. */
                    facets?: string | string[];
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                    /** @description Whether to count all that pass the filters; `estimated` is exact where that is cheap. */
                    count?: "exact" | "estimated" | "none";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SeriesList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/episodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Episodes that pass filters, in order, a page at a time */
        get: {
            parameters: {
                query?: {
                    /** @description Episodes of any of these genres, in whatever case; may be repeated. */
                    genre?: string[];
                    /** @description Episodes of all these genres. */
                    genre_all?: string[];
                    /** @description Episodes of none of these genres. */
                    genre_not?: string[];
                    rating_gt?: number;
                    rating_gte?: number;
                    rating_lt?: number;
                    rating_lte?: number;
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description In minutes. */
                    runtime_gt?: number;
                    runtime_gte?: number;
                    runtime_lt?: number;
                    runtime_lte?: number;
                    votes_gt?: number;
                    votes_gte?: number;
                    votes_lt?: number;
                    votes_lte?: number;
                    /** @description Episodes of any of these kinds. */
                    kind?: "tvEpisode"[];
                    /** @description Episodes that any of these sources describes; the answer says how fresh they are. */
                    source?: string[];
                    /** @description Episodes whose original language is any of these, or in which one of them is spoken: codes such as en. */
                    language?: string[];
                    /** @description Episodes of any of these countries: codes such as NZ. */
                    country?: string[];
                    /** @description Episodes by any of these companies: ids, or names in whatever case. */
                    company?: string[];
                    /** @description Episodes with any of these people in cast, crew or story: ids, or names. */
                    person?: string[];
                    /** @description Episodes with any of these keywords: ids, or names. */
                    keyword?: string[];
                    /** @description Episodes of any of these collections: ids. */
                    collection?: string[];
                    /** @description Episodes found by these words of a title, the original or another one, or the year; they may be mistyped. At most the 10,000 most relevant. */
                    q?: string;
                    /** @description With `source`: `credits` adds those of each title. */
                    include?: string | string[];
                    /** @description One to 3 of title, year, rating, votes, runtime, weighted, popularity, relevance, joined by commas, each descending with a - before it; unknown values come last both ways. Default: title; with `q`, relevance, the most relevant first. */
                    sort?: string;
                    /** @description What to count the titles by, joined by commas; each counted as if its own filters were off. */
                    facets?: string | string[];
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                    /** @description Whether to count all that pass the filters; `estimated` is exact where that is cheap. */
                    count?: "exact" | "estimated" | "none";
                    /** @description Episodes of any of these seasons. */
                    season?: number[];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EpisodeList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/episodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Episodes of a series that pass filters, by season and number if not otherwise, a page at a time */
        get: {
            parameters: {
                query?: {
                    /** @description Episodes of any of these genres, in whatever case; may be repeated. */
                    genre?: string[];
                    /** @description Episodes of all these genres. */
                    genre_all?: string[];
                    /** @description Episodes of none of these genres. */
                    genre_not?: string[];
                    rating_gt?: number;
                    rating_gte?: number;
                    rating_lt?: number;
                    rating_lte?: number;
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description In minutes. */
                    runtime_gt?: number;
                    runtime_gte?: number;
                    runtime_lt?: number;
                    runtime_lte?: number;
                    votes_gt?: number;
                    votes_gte?: number;
                    votes_lt?: number;
                    votes_lte?: number;
                    /** @description Episodes of any of these kinds. */
                    kind?: "tvEpisode"[];
                    /** @description Episodes that any of these sources describes; the answer says how fresh they are. */
                    source?: string[];
                    /** @description Episodes whose original language is any of these, or in which one of them is spoken: codes such as en. */
                    language?: string[];
                    /** @description Episodes of any of these countries: codes such as NZ. */
                    country?: string[];
                    /** @description Episodes by any of these companies: ids, or names in whatever case. */
                    company?: string[];
                    /** @description Episodes with any of these people in cast, crew or story: ids, or names. */
                    person?: string[];
                    /** @description Episodes with any of these keywords: ids, or names. */
                    keyword?: string[];
                    /** @description Episodes of any of these collections: ids. */
                    collection?: string[];
                    /** @description Episodes found by these words of a title, the original or another one, or the year; they may be mistyped. At most the 10,000 most relevant. */
                    q?: string;
                    /** @description With `source`: `credits` adds those of each title. */
                    include?: string | string[];
                    /** @description One to 3 of episode, title, year, rating, votes, runtime, weighted, popularity, relevance, joined by commas, each descending with a - before it; unknown values come last both ways. Default: episode; with `q`, relevance, the most relevant first. */
                    sort?: string;
                    /** @description What to count the titles by, joined by commas; each counted as if its own filters were off. */
                    facets?: string | string[];
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                    /** @description Whether to count all that pass the filters; `estimated` is exact where that is cheap. */
                    count?: "exact" | "estimated" | "none";
                    /** @description Episodes of any of these seasons. */
                    season?: number[];
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EpisodeList"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A film, by its id or its IMDb id */
        get: {
            parameters: {
                query?: {
                    /** @description Parts to add: any of credits, ratings, companies, keywords, comments, provenance, offers, joined by commas or repeated. */
                    include?: string | string[];
                    /** @description As it was served then: at a time, or at the end of a day in UTC. Without `freshness`, and without `include`. */
                    as_of?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FilmDetail"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set values of a film by hand, which win over what every source says
         * @description The body is a JSON merge patch (RFC 7396): a value is set, null withdraws what was set by hand, and what is left out stays. With `If-Match`, only if the film is still what the answer with that `ETag` said.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description An `ETag` of it, or `*`: if it has changed since, nothing is done. */
                    "if-match"?: string;
                };
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        title?: string | null;
                        originalTitle?: string | null;
                        kind?: ("movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial") | null;
                        year?: number | null;
                        releaseDate?: string | null;
                        runtimeMinutes?: number | null;
                        genres?: string[] | null;
                        rating?: number | null;
                        certificate?: string | null;
                        posterUrl?: string | null;
                    };
                    "application/merge-patch+json": {
                        title?: string | null;
                        originalTitle?: string | null;
                        kind?: ("movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial") | null;
                        year?: number | null;
                        releaseDate?: string | null;
                        runtimeMinutes?: number | null;
                        genres?: string[] | null;
                        rating?: number | null;
                        certificate?: string | null;
                        posterUrl?: string | null;
                    };
                };
            };
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FilmDetail"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/movies/{id}/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The credits of a film */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Credits"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies/{id}/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ratings of a film */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Rating"][];
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies/{id}/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The companies of a film */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies/{id}/keywords": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keywords of a film */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies/{id}/provenance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where each value of a film comes from, and what other sources say */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                [key: string]: components["schemas"]["Origin"];
                            };
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A series, by its id or its IMDb id */
        get: {
            parameters: {
                query?: {
                    /** @description Parts to add: any of credits, ratings, companies, keywords, comments, provenance, episodes, joined by commas or repeated. */
                    include?: string | string[];
                    /** @description As it was served then: at a time, or at the end of a day in UTC. Without `freshness`, and without `include`. */
                    as_of?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SeriesDetail"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The credits of a series */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Credits"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ratings of a series */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Rating"][];
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The companies of a series */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/keywords": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keywords of a series */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/provenance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where each value of a series comes from, and what other sources say */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                [key: string]: components["schemas"]["Origin"];
                            };
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/episodes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An episode, by its id or its IMDb id */
        get: {
            parameters: {
                query?: {
                    /** @description Parts to add: any of credits, ratings, companies, keywords, comments, provenance, joined by commas or repeated. */
                    include?: string | string[];
                    /** @description As it was served then: at a time, or at the end of a day in UTC. Without `freshness`, and without `include`. */
                    as_of?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EpisodeDetail"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/episodes/{id}/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The credits of an episode */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Credits"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/episodes/{id}/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ratings of an episode */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Rating"][];
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/episodes/{id}/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The companies of an episode */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/episodes/{id}/keywords": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keywords of an episode */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/episodes/{id}/provenance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where each value of an episode comes from, and what other sources say */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                [key: string]: components["schemas"]["Origin"];
                            };
                        };
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies/{id}/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What sellers ask for a film, the cheapest of each currency first, and which sellers failed */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FilmOffers"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies/{id}/offers/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every price that was seen of a film, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferHistory"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people say about a film, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CommentList"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Comment on a film */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A text that is new for each request, such as a UUID. A repeat with the same text, path and body within a day is not done again, and is given the same answer. */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The name of whoever writes, 1 to 100 characters in one line. */
                        author: string;
                        /** @description 1 to 2000 characters, white space around it not counted; it may have several lines. */
                        text: string;
                    };
                };
            };
            responses: {
                /** @description Created. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WrittenComment"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people say about a series, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CommentList"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Comment on a series */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A text that is new for each request, such as a UUID. A repeat with the same text, path and body within a day is not done again, and is given the same answer. */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The name of whoever writes, 1 to 100 characters in one line. */
                        author: string;
                        /** @description 1 to 2000 characters, white space around it not counted; it may have several lines. */
                        text: string;
                    };
                };
            };
            responses: {
                /** @description Created. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WrittenComment"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/episodes/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people say about an episode, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CommentList"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Comment on an episode */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A text that is new for each request, such as a UUID. A repeat with the same text, path and body within a day is not done again, and is given the same answer. */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The name of whoever writes, 1 to 100 characters in one line. */
                        author: string;
                        /** @description 1 to 2000 characters, white space around it not counted; it may have several lines. */
                        text: string;
                    };
                };
            };
            responses: {
                /** @description Created. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WrittenComment"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/comments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A comment */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Comment"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Write a comment anew */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description An `ETag` of it, or `*`: if it has changed since, nothing is done. */
                    "if-match"?: string;
                };
                path: {
                    /** @description A UUID. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The name of whoever writes, 1 to 100 characters in one line. */
                        author: string;
                        /** @description 1 to 2000 characters, white space around it not counted; it may have several lines. */
                        text: string;
                    };
                };
            };
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Comment"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Delete a comment */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description An `ETag` of it, or `*`: if it has changed since, nothing is done. */
                    "if-match"?: string;
                };
                path: {
                    /** @description A UUID. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It is deleted. */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a comment */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description An `ETag` of it, or `*`: if it has changed since, nothing is done. */
                    "if-match"?: string;
                };
                path: {
                    /** @description A UUID. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The name of whoever writes, 1 to 100 characters in one line. */
                        author?: string;
                        /** @description 1 to 2000 characters, white space around it not counted; it may have several lines. */
                        text?: string;
                    };
                };
            };
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Comment"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Person"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{id}/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The films that a person worked on and as what; newest year first, unknown years last, then by id */
        get: {
            parameters: {
                query?: {
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonFilmList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Companies by name, in whatever case, and how many films each took part in */
        get: {
            parameters: {
                query?: {
                    /** @description Those of this name, in whatever case. */
                    name?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A company, and how many films it took part in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Company"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A collection and its films in the order of release, those without a known year last */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Collection"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/genres": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every genre that a film has, by name, and how many films have it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GenreList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/countries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every country, by code, and how many films are of it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CodeList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/languages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every language, by code, and how many films are originally in it or have it spoken */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CodeList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Titles of all kinds that a text may mean, most relevant first */
        get: {
            parameters: {
                query: {
                    /** @description Words of the title, the original or another one, and the year. They may be mistyped, missing or in another order, and the last only begun. */
                    q: string;
                    /** @description Most titles. Default: 10. */
                    limit?: number;
                    /** @description Titles of any of these kinds. */
                    kind?: ("movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial" | "tvSeries" | "tvMiniSeries" | "tvEpisode" | "tvPilot" | "videoGame")[];
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Found"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What sellers ask for films, a page at a time, and which sellers failed */
        get: {
            parameters: {
                query?: {
                    /** @description Of any of these sellers; may be repeated. */
                    seller?: string[];
                    /** @description ISO 4217, in whatever case. */
                    currency?: string;
                    /** @description Only prices that are fresh, or stale. */
                    state?: "fresh" | "stale";
                    /** @description Of this film: a UUID, or an IMDb id. */
                    title?: string;
                    /** @description One to 3 of price, observedAt, title, joined by commas, each descending with a - before it; unknown values come last both ways. Default: price. */
                    sort?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/offers/cheapest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For each film and currency the cheapest offers, all that tie; by title */
        get: {
            parameters: {
                query?: {
                    /** @description Of this film: a UUID, or an IMDb id. */
                    title?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CheapestOfferList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/cheapest-seller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The cheapest seller
         * @description For each currency the sellers by the mean (or the sum) of their last prices of the films that all compared sellers offer. Of the offers as they are now. Ending in .csv: the rows as CSV.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Compare these sellers; may be repeated. Default: all. */
                    seller?: string[];
                    /** @description Whether the prices of the basket are averaged or added up: mean, sum. Default: mean. */
                    basis?: "mean" | "sum";
                    /** @description How many ranks of each currency; all that tie are listed. Default: 1. */
                    top?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description ISO 4217. */
                                currency: string;
                                /** @description Null: no film is offered by all of them. */
                                rank: number | null;
                                seller: string;
                                /** @description Of the basket, as `basis` says. */
                                value: number | null;
                                /** @description Films of the basket: those that all compared sellers offer. */
                                films: number;
                                /** @description Sellers that are compared. */
                                sellers: number;
                            }[];
                            /** @description Every seller that is asked, and who failed. */
                            sellers: components["schemas"]["Seller"][];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/cheapest-title": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The cheapest offers of all
         * @description For each currency the lowest last price among all listed offers, all that tie. Of the offers as they are now. Ending in .csv: the rows as CSV.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Compare these sellers; may be repeated. Default: all. */
                    seller?: string[];
                    /** @description How many ranks of each currency; all that tie are listed. Default: 1. */
                    top?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description ISO 4217. */
                                currency: string;
                                rank: number;
                                /** @description Printed exactly as the seller asks it, with at most four decimals. */
                                price: number;
                                title: string;
                                filmId: string | null;
                                seller: string;
                                listingKey: string;
                                /** Format: date-time */
                                observedAt: string;
                                ageSeconds: number;
                                /** @enum {string} */
                                state: "fresh" | "stale";
                            }[];
                            /** @description Every seller that is asked, and who failed. */
                            sellers: components["schemas"]["Seller"][];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every report, and what it takes */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReportList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/company-budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Budgets by company
         * @description What the films of a company, released in a year, cost to make, in US dollars. Ending in .csv: all of it as CSV, without limit and cursor.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How the films' figures become one: sum, mean, median, geomean, p90. Default: sum. */
                    agg?: "sum" | "mean" | "median" | "geomean" | "p90";
                    /** @description Whether each company has the whole figure, or they share it: full, split. Default: full. */
                    attribution?: "full" | "split";
                    /** @description Of companies of any of these names, in whatever case, accents and signs aside; may be repeated. */
                    company?: string[];
                    /** @description Of any of these companies; may be repeated. */
                    company_id?: string[];
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description One to 3 of year, value, name, n, coverage, joined by commas, each descending with a - before it; unknown values come last both ways. Default: -year,-value,name. */
                    sort?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                year: number | null;
                                /** Format: uuid */
                                companyId: string;
                                companyName: string;
                                value: number | null;
                                /** @description Films whose figure is known. */
                                n: number;
                                /** @description Films of the group. */
                                films: number;
                                /** @description n / films. */
                                coverage: number;
                            }[];
                            page: components["schemas"]["Page"];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/company-popularity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Popularity by company
         * @description How popular the films of a company, released in a year, are. Ending in .csv: all of it as CSV, without limit and cursor.
         */
        get: {
            parameters: {
                query?: {
                    /** @description What popularity is measured by: popularity, votes, weighted, movielens. Default: popularity. */
                    metric?: "popularity" | "votes" | "weighted" | "movielens";
                    /** @description How the films' figures become one: mean, median, geomean, p90, sum. Default: mean. */
                    agg?: "mean" | "median" | "geomean" | "p90" | "sum";
                    /** @description Of companies of any of these names, in whatever case, accents and signs aside; may be repeated. */
                    company?: string[];
                    /** @description Of any of these companies; may be repeated. */
                    company_id?: string[];
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description One to 3 of year, value, name, n, coverage, joined by commas, each descending with a - before it; unknown values come last both ways. Default: -year,-value,name. */
                    sort?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                year: number | null;
                                /** Format: uuid */
                                companyId: string;
                                companyName: string;
                                value: number | null;
                                /** @description Films whose figure is known. */
                                n: number;
                                /** @description Films of the group. */
                                films: number;
                                /** @description n / films. */
                                coverage: number;
                            }[];
                            page: components["schemas"]["Page"];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/company-profit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Profits by company
         * @description What the films of a company, released in a year, earned beyond their budgets, in US dollars; of films of which both are known. Ending in .csv: all of it as CSV, without limit and cursor.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How the films' figures become one: sum, mean, median, geomean, p90. Default: sum. */
                    agg?: "sum" | "mean" | "median" | "geomean" | "p90";
                    /** @description Whether each company has the whole figure, or they share it: full, split. Default: full. */
                    attribution?: "full" | "split";
                    /** @description Of companies of any of these names, in whatever case, accents and signs aside; may be repeated. */
                    company?: string[];
                    /** @description Of any of these companies; may be repeated. */
                    company_id?: string[];
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description One to 3 of year, value, name, n, coverage, joined by commas, each descending with a - before it; unknown values come last both ways. Default: -year,-value,name. */
                    sort?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                year: number | null;
                                /** Format: uuid */
                                companyId: string;
                                companyName: string;
                                value: number | null;
                                /** @description Films whose figure is known. */
                                n: number;
                                /** @description Films of the group. */
                                films: number;
                                /** @description n / films. */
                                coverage: number;
                            }[];
                            page: components["schemas"]["Page"];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/company-releases-by-genre": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Releases by company and genre
         * @description How many films of each genre a company released in a year. Ending in .csv: all of it as CSV, without limit and cursor.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Of companies of any of these names, in whatever case, accents and signs aside; may be repeated. */
                    company?: string[];
                    /** @description Of any of these companies; may be repeated. */
                    company_id?: string[];
                    /** @description Of any of these genres, in whatever case; may be repeated. */
                    genre?: string[];
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description One to 3 of year, value, name, n, coverage, joined by commas, each descending with a - before it; unknown values come last both ways. Default: -year,-value,name. */
                    sort?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                year: number | null;
                                /** Format: uuid */
                                companyId: string;
                                companyName: string;
                                genre: string;
                                value: number | null;
                                /** @description Films whose figure is known. */
                                n: number;
                                /** @description Films of the group. */
                                films: number;
                                /** @description n / films. */
                                coverage: number;
                            }[];
                            page: components["schemas"]["Page"];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/company-revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenues by company
         * @description What the films of a company, released in a year, earned, in US dollars. Ending in .csv: all of it as CSV, without limit and cursor.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How the films' figures become one: sum, mean, median, geomean, p90. Default: sum. */
                    agg?: "sum" | "mean" | "median" | "geomean" | "p90";
                    /** @description Whether each company has the whole figure, or they share it: full, split. Default: full. */
                    attribution?: "full" | "split";
                    /** @description Of companies of any of these names, in whatever case, accents and signs aside; may be repeated. */
                    company?: string[];
                    /** @description Of any of these companies; may be repeated. */
                    company_id?: string[];
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description One to 3 of year, value, name, n, coverage, joined by commas, each descending with a - before it; unknown values come last both ways. Default: -year,-value,name. */
                    sort?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                year: number | null;
                                /** Format: uuid */
                                companyId: string;
                                companyName: string;
                                value: number | null;
                                /** @description Films whose figure is known. */
                                n: number;
                                /** @description Films of the group. */
                                films: number;
                                /** @description n / films. */
                                coverage: number;
                            }[];
                            page: components["schemas"]["Page"];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/genre-budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Budgets by genre
         * @description What the films of a genre, released in a year, cost to make, in US dollars. Ending in .csv: all of it as CSV, without limit and cursor.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How the films' figures become one: sum, mean, median, geomean, p90. Default: sum. */
                    agg?: "sum" | "mean" | "median" | "geomean" | "p90";
                    /** @description Of any of these genres, in whatever case; may be repeated. */
                    genre?: string[];
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description One to 3 of year, value, name, n, coverage, joined by commas, each descending with a - before it; unknown values come last both ways. Default: -year,-value,name. */
                    sort?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                year: number | null;
                                genre: string;
                                value: number | null;
                                /** @description Films whose figure is known. */
                                n: number;
                                /** @description Films of the group. */
                                films: number;
                                /** @description n / films. */
                                coverage: number;
                            }[];
                            page: components["schemas"]["Page"];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/genre-most-popular": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The most popular genres
         * @description The genres whose films, released in a year, are the most popular of that year; all that tie. Ending in .csv: all of it as CSV, without limit and cursor.
         */
        get: {
            parameters: {
                query?: {
                    /** @description What popularity is measured by: popularity, votes, weighted, movielens. Default: popularity. */
                    metric?: "popularity" | "votes" | "weighted" | "movielens";
                    /** @description How the films' figures become one: mean, median, geomean, p90, sum. Default: mean. */
                    agg?: "mean" | "median" | "geomean" | "p90" | "sum";
                    /** @description How many ranks of each year; all that tie are listed. Default: 1. */
                    top?: number;
                    /** @description Of any of these genres, in whatever case; may be repeated. */
                    genre?: string[];
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description One to 3 of year, value, name, n, coverage, joined by commas, each descending with a - before it; unknown values come last both ways. Default: -year,-value,name. */
                    sort?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                year: number | null;
                                rank: number;
                                genre: string;
                                value: number | null;
                                /** @description Films whose figure is known. */
                                n: number;
                                /** @description Films of the group. */
                                films: number;
                                /** @description n / films. */
                                coverage: number;
                            }[];
                            page: components["schemas"]["Page"];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/genre-profit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Profits by genre
         * @description What the films of a genre, released in a year, earned beyond their budgets, in US dollars; of films of which both are known. Ending in .csv: all of it as CSV, without limit and cursor.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How the films' figures become one: sum, mean, median, geomean, p90. Default: sum. */
                    agg?: "sum" | "mean" | "median" | "geomean" | "p90";
                    /** @description Of any of these genres, in whatever case; may be repeated. */
                    genre?: string[];
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description One to 3 of year, value, name, n, coverage, joined by commas, each descending with a - before it; unknown values come last both ways. Default: -year,-value,name. */
                    sort?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                year: number | null;
                                genre: string;
                                value: number | null;
                                /** @description Films whose figure is known. */
                                n: number;
                                /** @description Films of the group. */
                                films: number;
                                /** @description n / films. */
                                coverage: number;
                            }[];
                            page: components["schemas"]["Page"];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/genre-revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenues by genre
         * @description What the films of a genre, released in a year, earned, in US dollars. Ending in .csv: all of it as CSV, without limit and cursor.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How the films' figures become one: sum, mean, median, geomean, p90. Default: sum. */
                    agg?: "sum" | "mean" | "median" | "geomean" | "p90";
                    /** @description Of any of these genres, in whatever case; may be repeated. */
                    genre?: string[];
                    /** @description Of this year. */
                    year?: number;
                    /** @description Of later years than this. */
                    year_gt?: number;
                    /** @description Of this year or later. */
                    year_gte?: number;
                    /** @description Of earlier years than this. */
                    year_lt?: number;
                    /** @description Of this year or earlier. */
                    year_lte?: number;
                    /** @description One to 3 of year, value, name, n, coverage, joined by commas, each descending with a - before it; unknown values come last both ways. Default: -year,-value,name. */
                    sort?: string;
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the report. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                year: number | null;
                                genre: string;
                                value: number | null;
                                /** @description Films whose figure is known. */
                                n: number;
                                /** @description Films of the group. */
                                films: number;
                                /** @description n / films. */
                                coverage: number;
                            }[];
                            page: components["schemas"]["Page"];
                        };
                        "text/csv": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed, in the order in which it was served
         * @description Each change once, in order. Ask `since` the `next` of the answer before; with `wait` the answer comes when there is a change. An answer may be empty and `next` have moved on: with `kind`, and where numbers leap because a backup was restored, after which a `snapshot` comes. Accepting text/event-stream: a stream without end, whose ids are numbers, so that `Last-Event-ID` resumes it. Where `since` is older than what is kept, or no number that was given, 410 `changes_gone`: take the whole catalogue again.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The number of the last change that you know: `next` of the answer before. `latest`: only what comes. */
                    since?: "latest";
                    /** @description Of any of these kinds; may be repeated. */
                    kind?: ("snapshot" | "created" | "updated" | "deleted" | "merged" | "commented")[];
                    /** @description Most changes to give. Default: 100. */
                    limit?: number;
                    /** @description Seconds to wait for a change where there is none yet. */
                    wait?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The changes after `since`. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChangeList"];
                        "text/event-stream": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed in a film, newest first: which fields, from what, to what, by whom */
        get: {
            parameters: {
                query?: {
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TitleHistory"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/movies/{id}/ratings/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each rating system gave a film over time; as CSV with the ending .csv */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A series for each system. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RatingHistory"];
                        "text/csv": string;
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed in a series, newest first: which fields, from what, to what, by whom */
        get: {
            parameters: {
                query?: {
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TitleHistory"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/ratings/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each rating system gave a series over time; as CSV with the ending .csv */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A series for each system. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RatingHistory"];
                        "text/csv": string;
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/episodes/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed in an episode, newest first: which fields, from what, to what, by whom */
        get: {
            parameters: {
                query?: {
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TitleHistory"];
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/episodes/{id}/ratings/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each rating system gave an episode over time; as CSV with the ending .csv */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID, or an IMDb id such as tt0133093. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A series for each system. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RatingHistory"];
                        "text/csv": string;
                    };
                };
                /** @description The title has another address now: see `Location`. */
                308: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every source as last seen */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SourceList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources/{name}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A source's runs, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources/{name}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a source read now */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A text that is new for each request, such as a UUID. A repeat with the same text, path and body within a day is not done again, and is given the same answer. */
                    "idempotency-key"?: string;
                };
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Accepted. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            source: string;
                            /** @description The run's name, as `GET /sources/{name}/runs` lists it. */
                            run: string;
                        };
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What sources say that could be of a title and was left alone, by key */
        get: {
            parameters: {
                query?: {
                    /** @description Said by this source. */
                    source?: string;
                    /** @description Those that nobody has decided, or that someone has. */
                    state?: "open" | "decided";
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MatchList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/matches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A match, and what was decided of it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A UUID. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Match"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Decide which title it is, or is not
         * @description The decision wins over what is alike and over ids that sources give, outlives every sync, and takes the place of one before it; `withdrawn` takes it back. It is heeded by the next merge, which begins soon: titles are served as decided once that is published. While an older version is served again after a rollback, nothing is merged until a source says something new or someone asks for a sync, and the decision waits so long. It is refused where it goes against decisions about others, or where a title would have two keys of a source. Besides those listed, the id of any key that a source but imdb has for a title can be decided of, so that what a wrong id put together is parted.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A text that is new for each request, such as a UUID. A repeat with the same text, path and body within a day is not done again, and is given the same answer. */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @description A UUID. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        decision: "same";
                        /**
                         * Format: uuid
                         * @description The id of the title that it is; one that leads to it will do.
                         */
                        titleId: string;
                    } | {
                        /** @enum {string} */
                        decision: "different";
                        /** @description The titles that it is not. Left out: all that it could be, or that which it is of now. */
                        titleIds?: string[];
                    } | {
                        /** @enum {string} */
                        decision: "withdrawn";
                    };
                };
            };
            responses: {
                /** @description Accepted. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedMatch"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who wrote what, newest first; for admins */
        get: {
            parameters: {
                query?: {
                    /** @description Written with this API key. */
                    key?: string;
                    /** @description About this title: a UUID, or an IMDb id. */
                    title?: string;
                    action?: "enter_title" | "set_values" | "write_comment" | "change_comment" | "delete_comment" | "decide_match";
                    /** @description Most items of the page. Default: 20. */
                    limit?: number;
                    /** @description Where the page begins: take it from `page.next` and `page.prev` as they are. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JournalList"];
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "live";
                        };
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether there is a catalogue that can be read */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "ready" | "degraded";
                            version: number;
                            journalSeq: number;
                            publishedAt: string | null;
                            /** @description The sources whose data are older than they allow: then it is degraded. */
                            stale: string[];
                        };
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics of this process and of the sources, in the text format of Prometheus */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The metrics. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a problem means, and what to do about it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            type: string;
                            code: string;
                            title: string;
                            status: number;
                            /** @description What to do about it. */
                            mend: string;
                        };
                    };
                };
                /** @description A problem: see its `type`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Page: {
            next: string | null;
            prev: string | null;
            limit: number;
        };
        SourceList: {
            data: {
                name: string;
                /** @enum {string} */
                state: "never" | "running" | "done" | "partial" | "unchanged" | "failed";
                checkedAt: string | null;
                freshAt: string | null;
                ageSeconds: number | null;
                isStale: boolean;
                staleAfterSeconds: number | null;
                schedule: string | null;
                nextRunAt: string | null;
                run: string | null;
                error: {
                    code: string;
                    message: string | null;
                } | null;
            }[];
        };
        RunList: {
            data: {
                name: string;
                source: string;
                /** @enum {string} */
                state: "running" | "done" | "partial" | "failed";
                /** Format: date-time */
                startedAt: string;
                finishedAt: string | null;
                manifest: {
                    [key: string]: unknown;
                };
            }[];
            page: components["schemas"]["Page"];
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance: string;
            errors: {
                field: string;
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        Change: {
            /** @description Numbered without a gap, in the order of commits. */
            seq: number;
            /** Format: date-time */
            at: string;
            /**
             * @description snapshot: Everything may be otherwise than before: take the whole catalogue again. created: A title is there that was not. updated: What is served of a title changed; `fields` names what. deleted: A title is there no longer. merged: A title turned out to be another, `into`, to which its address leads now. commented: A comment on a title was written, changed or deleted.
             * @enum {string}
             */
            kind: "snapshot" | "created" | "updated" | "deleted" | "merged" | "commented";
            /** @description Null: of a snapshot, which is about everything. */
            titleId: string | null;
            titleKey: string | null;
            /** @description Of an update: what changed. */
            fields: string[] | null;
            /** @description The title that a merged one is part of now. */
            into: string | null;
            comment: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                change: "written" | "changed" | "deleted";
            } | null;
            /**
             * @description Whether a sync published it, or a person wrote it.
             * @enum {string}
             */
            by: "sync" | "person";
            /** @description The catalogue version that a sync published; null also of the snapshot of a restore. */
            version: number | null;
        };
        ChangeList: {
            data: components["schemas"]["Change"][];
            /** @description To be asked `since` next. */
            next: number;
            /** @description The number of the last change that there is. */
            latest: number;
        };
        TitleHistory: {
            data: {
                seq: number;
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                kind: "created" | "updated" | "deleted" | "merged";
                /** @description The catalogue version that a sync published. */
                version: number | null;
                /**
                 * @description Whether a sync published it, or a person wrote it.
                 * @enum {string}
                 */
                by: "sync" | "person";
                into: string | null;
                fields: {
                    field: string;
                    /** @description Absent, as `to` is, where the part is too large to be kept. */
                    from?: unknown;
                    to?: unknown;
                }[];
                /** @description The runs that were new in the version: source → run. */
                runs: {
                    [key: string]: string;
                };
            }[];
            page: components["schemas"]["Page"];
        };
        RatingHistory: {
            data: {
                system: string;
                /** @description Oldest first. */
                points: {
                    /**
                     * Format: date-time
                     * @description From when on.
                     */
                    at: string;
                    /** @description Null: none, from then on. */
                    rating: number | null;
                    votes: number | null;
                }[];
            }[];
        };
        Credits: {
            cast: {
                person: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                /** @description director, writer, actor, actress, …; character for one of the story */
                category: string;
                characters: string[];
                ordering: number;
            }[];
            crew: {
                person: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                /** @description director, writer, actor, actress, …; character for one of the story */
                category: string;
                department: string | null;
                job: string | null;
                ordering: number;
            }[];
            /** @description The story's people. */
            characters: {
                person: {
                    /** Format: uuid */
                    id: string;
                    name: string;
                };
                ordering: number;
            }[];
        };
        Rating: {
            system: string;
            rating: number;
            votes: number | null;
            /** @description What users gave within each year; empty where nobody says. */
            byYear: {
                year: number;
                rating: number;
                votes: number;
            }[];
        };
        Comment: {
            /** Format: uuid */
            id: string;
            /** @description What it is about, as that is served now; null once no source has it. */
            title: {
                /** Format: uuid */
                id: string;
                key: string;
                /** @enum {string} */
                kind: "movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial" | "tvSeries" | "tvMiniSeries" | "tvEpisode" | "tvPilot" | "videoGame";
                title: string;
            } | null;
            author: string;
            text: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Counts from 1 with each change. */
            revision: number;
        };
        WrittenComment: {
            /** Format: uuid */
            id: string;
            /** @description What it is about, as that is served now; null once no source has it. */
            title: {
                /** Format: uuid */
                id: string;
                key: string;
                /** @enum {string} */
                kind: "movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial" | "tvSeries" | "tvMiniSeries" | "tvEpisode" | "tvPilot" | "videoGame";
                title: string;
            } | null;
            author: string;
            text: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Counts from 1 with each change. */
            revision: number;
            /** @description Where it was written without a key: send it as `Authorization: Bearer` to change or delete the comment. It is shown here alone. */
            editToken?: string;
        };
        CommentList: {
            data: components["schemas"]["Comment"][];
            page: components["schemas"]["Page"];
        };
        Offer: {
            /** Format: uuid */
            id: string;
            seller: string;
            /** @description The seller's own id of it. */
            listingKey: string;
            /** @description As the seller writes it. */
            title: string;
            /** @description Null: the catalogue does not have it. */
            film: {
                /** Format: uuid */
                id: string;
                title: string;
            } | null;
            /** @description Printed exactly as the seller asks it, with at most four decimals. */
            price: number;
            /** @description ISO 4217. */
            currency: string;
            /**
             * Format: date-time
             * @description When the seller asked this price.
             */
            observedAt: string;
            ageSeconds: number;
            /**
             * @description fresh: the last check gave the price, less than three intervals of the schedule ago, at least 15 minutes. stale: it is the last good one.
             * @enum {string}
             */
            state: "fresh" | "stale";
        };
        Seller: {
            name: string;
            currency: string | null;
            /**
             * @description failed: its list, or any listing, did not answer when it was last checked.
             * @enum {string}
             */
            state: "answered" | "failed" | "never";
            checkedAt: string | null;
            /** @description When its list was last had. */
            answeredAt: string | null;
            error: {
                code: string;
                message: string;
            } | null;
        };
        OfferList: {
            data: components["schemas"]["Offer"][];
            page: components["schemas"]["Page"];
            /** @description Every seller that is asked, and who failed. */
            sellers: components["schemas"]["Seller"][];
        };
        CheapestOfferList: {
            data: {
                /** @description Null: the catalogue does not have it. */
                film: {
                    /** Format: uuid */
                    id: string;
                    title: string;
                } | null;
                title: string;
                /** @description ISO 4217. */
                currency: string;
                /** @description Printed exactly as the seller asks it, with at most four decimals. */
                price: number;
                /** @description All that ask this price. */
                offers: components["schemas"]["Offer"][];
            }[];
            page: components["schemas"]["Page"];
            /** @description Every seller that is asked, and who failed. */
            sellers: components["schemas"]["Seller"][];
        };
        FilmOffers: {
            data: components["schemas"]["Offer"][];
            /** @description Every seller that is asked, and who failed. */
            sellers: components["schemas"]["Seller"][];
        };
        OfferHistory: {
            data: {
                seller: string;
                listingKey: string;
                title: string;
                /** @description Printed exactly as the seller asks it, with at most four decimals. */
                price: number;
                /** @description ISO 4217. */
                currency: string;
                /** Format: date-time */
                observedAt: string;
            }[];
            page: components["schemas"]["Page"];
            /** @description Every seller that is asked, and who failed. */
            sellers: components["schemas"]["Seller"][];
        };
        ListedSource: {
            name: string;
            /** @enum {string} */
            state: "never" | "running" | "done" | "partial" | "unchanged" | "failed";
            /** @description When they were last read whole, or found unchanged. */
            freshAt: string | null;
            /** @description Since then; null: never read. */
            ageSeconds: number | null;
            /** @description Whether that is longer than the source allows. */
            isStale: boolean;
        };
        FilmFreshness: {
            source: string;
            /** @description When they were last read whole, or found unchanged. */
            freshAt: string | null;
            /** @description Since then; null: never read. */
            ageSeconds: number | null;
            /** @description Whether that is longer than the source allows. */
            isStale: boolean;
        };
        Origin: {
            /** @description Countries and languages by their codes, a series by its id; of companies, keywords, cast, crew, characters how many there are. */
            value: (string | number | boolean | string[] | {
                [key: string]: unknown;
            }) | null;
            /** @description Null: nobody says. */
            source: string | null;
            /** @description The source's own key of the title. */
            sourceKey: string | null;
            /** @description The run whose claim it is; null: it was written since the last sync. */
            run: string | null;
            /** @description When the run began, or when a person wrote it. */
            readAt: string | null;
            /** @description Whether a person set it in the place of what the sources say. */
            byHand: boolean;
            /** @description The field whose word it is made of; null: it is said itself. */
            madeOf: string | null;
            /** @description What other sources say, those that are heard before others first. */
            others: {
                /** @description Countries and languages by their codes, a series by its id; of companies, keywords, cast, crew, characters how many there are. */
                value: (string | number | boolean | string[] | {
                    [key: string]: unknown;
                }) | null;
                source: string;
                /** @description The source's own key of the title. */
                sourceKey: string | null;
                /** @description The run whose claim it is; null: it was written since the last sync. */
                run: string | null;
                /** @description When the run began, or when a person wrote it. */
                readAt: string | null;
                /** @enum {string} */
                lost: "same" | "precedence" | "system" | "elsewhere" | "set_by_hand";
                /** @description The same in a sentence. */
                why: string;
            }[];
        };
        Film: {
            /** Format: uuid */
            id: string;
            imdbId: string | null;
            imdbUrl: string | null;
            title: string;
            originalTitle: string;
            /** @enum {string} */
            kind: "movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial";
            year: number | null;
            releaseDate: string | null;
            runtimeMinutes: number | null;
            genres: string[];
            rating: number | null;
            votes: number | null;
            weightedRating: number | null;
            certificate: string | null;
            posterUrl: string | null;
        };
        ListedFilm: {
            /** Format: uuid */
            id: string;
            imdbId: string | null;
            imdbUrl: string | null;
            title: string;
            originalTitle: string;
            /** @enum {string} */
            kind: "movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial";
            year: number | null;
            releaseDate: string | null;
            runtimeMinutes: number | null;
            genres: string[];
            rating: number | null;
            votes: number | null;
            weightedRating: number | null;
            certificate: string | null;
            posterUrl: string | null;
            /** @description With `include=credits`. */
            credits?: components["schemas"]["Credits"];
        };
        Series: {
            /** Format: uuid */
            id: string;
            imdbId: string | null;
            imdbUrl: string | null;
            title: string;
            originalTitle: string;
            /** @enum {string} */
            kind: "tvSeries" | "tvMiniSeries";
            year: number | null;
            releaseDate: string | null;
            runtimeMinutes: number | null;
            genres: string[];
            rating: number | null;
            votes: number | null;
            weightedRating: number | null;
            certificate: string | null;
            posterUrl: string | null;
            /** @description With `include=credits`. */
            credits?: components["schemas"]["Credits"];
        };
        Episode: {
            /** Format: uuid */
            id: string;
            imdbId: string | null;
            imdbUrl: string | null;
            title: string;
            originalTitle: string;
            /** @enum {string} */
            kind: "tvEpisode";
            year: number | null;
            releaseDate: string | null;
            runtimeMinutes: number | null;
            genres: string[];
            rating: number | null;
            votes: number | null;
            weightedRating: number | null;
            certificate: string | null;
            posterUrl: string | null;
            series: {
                /** Format: uuid */
                id: string;
                title: string;
            } | null;
            seasonNumber: number | null;
            /** @description Within the season. */
            episodeNumber: number | null;
            /** @description With `include=credits`. */
            credits?: components["schemas"]["Credits"];
        };
        FilmDetail: {
            /** Format: uuid */
            id: string;
            imdbId: string | null;
            imdbUrl: string | null;
            title: string;
            originalTitle: string;
            /** @enum {string} */
            kind: "movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial";
            year: number | null;
            releaseDate: string | null;
            runtimeMinutes: number | null;
            genres: string[];
            rating: number | null;
            votes: number | null;
            weightedRating: number | null;
            certificate: string | null;
            posterUrl: string | null;
            endYear: number | null;
            isAdult: boolean | null;
            /** @description Whose rating and votes these are. */
            ratingSystem: string | null;
            /** @description On the scale of its source. */
            popularity: number | null;
            /** @description Released, Rumored, Post Production, … */
            status: string | null;
            /** @description A code, as `/languages` has it. */
            originalLanguage: string | null;
            /** @description US dollars; null: not known. */
            budget: number | null;
            /** @description US dollars; null: not known. */
            revenue: number | null;
            /** @description Those that are too small to be true. */
            suspect: ("budget" | "revenue")[];
            tagline: string | null;
            overview: string | null;
            homepage: string | null;
            collection: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            countries: {
                code: string;
                name: string;
            }[];
            /** @description Those spoken in it. */
            languages: {
                code: string;
                name: string;
            }[];
            /** @description Its id at each system that has it: imdb, tmdb, movielens, … */
            externalIds: {
                [key: string]: string;
            };
            sources: string[];
            key: string;
            /** @description Of its sources that say when their data are stale; not with `as_of`. */
            freshness?: components["schemas"]["FilmFreshness"][];
            /** @description With `include=credits`. */
            credits?: components["schemas"]["Credits"];
            /** @description With `include=ratings`. */
            ratings?: components["schemas"]["Rating"][];
            /** @description With `include=companies`. */
            companies?: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description With `include=keywords`. */
            keywords?: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description With `include=provenance`. */
            provenance?: {
                [key: string]: components["schemas"]["Origin"];
            };
            /** @description With `include=comments`: the newest 20. All are at `/comments` below it. */
            comments?: components["schemas"]["Comment"][];
            /** @description What was set by hand, by `PATCH`. */
            handSet: ("title" | "originalTitle" | "kind" | "year" | "releaseDate" | "runtimeMinutes" | "genres" | "rating" | "certificate" | "posterUrl")[];
            /** @description With `include=offers`. */
            offers?: components["schemas"]["FilmOffers"];
        };
        SeriesDetail: {
            /** Format: uuid */
            id: string;
            imdbId: string | null;
            imdbUrl: string | null;
            title: string;
            originalTitle: string;
            /** @enum {string} */
            kind: "tvSeries" | "tvMiniSeries";
            year: number | null;
            releaseDate: string | null;
            runtimeMinutes: number | null;
            genres: string[];
            rating: number | null;
            votes: number | null;
            weightedRating: number | null;
            certificate: string | null;
            posterUrl: string | null;
            endYear: number | null;
            isAdult: boolean | null;
            /** @description Whose rating and votes these are. */
            ratingSystem: string | null;
            /** @description On the scale of its source. */
            popularity: number | null;
            /** @description Released, Rumored, Post Production, … */
            status: string | null;
            /** @description A code, as `/languages` has it. */
            originalLanguage: string | null;
            /** @description US dollars; null: not known. */
            budget: number | null;
            /** @description US dollars; null: not known. */
            revenue: number | null;
            /** @description Those that are too small to be true. */
            suspect: ("budget" | "revenue")[];
            tagline: string | null;
            overview: string | null;
            homepage: string | null;
            collection: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            countries: {
                code: string;
                name: string;
            }[];
            /** @description Those spoken in it. */
            languages: {
                code: string;
                name: string;
            }[];
            /** @description Its id at each system that has it: imdb, tmdb, movielens, … */
            externalIds: {
                [key: string]: string;
            };
            sources: string[];
            key: string;
            /** @description Of its sources that say when their data are stale; not with `as_of`. */
            freshness?: components["schemas"]["FilmFreshness"][];
            /** @description With `include=credits`. */
            credits?: components["schemas"]["Credits"];
            /** @description With `include=ratings`. */
            ratings?: components["schemas"]["Rating"][];
            /** @description With `include=companies`. */
            companies?: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description With `include=keywords`. */
            keywords?: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description With `include=provenance`. */
            provenance?: {
                [key: string]: components["schemas"]["Origin"];
            };
            /** @description With `include=comments`: the newest 20. All are at `/comments` below it. */
            comments?: components["schemas"]["Comment"][];
            /** @description How many episodes each has, in order; null: those of an unknown season. */
            seasons: {
                season: number | null;
                episodes: number;
            }[];
            /** @description With `include=episodes`. */
            episodes?: components["schemas"]["Episode"][];
        };
        EpisodeDetail: {
            /** Format: uuid */
            id: string;
            imdbId: string | null;
            imdbUrl: string | null;
            title: string;
            originalTitle: string;
            /** @enum {string} */
            kind: "tvEpisode";
            year: number | null;
            releaseDate: string | null;
            runtimeMinutes: number | null;
            genres: string[];
            rating: number | null;
            votes: number | null;
            weightedRating: number | null;
            certificate: string | null;
            posterUrl: string | null;
            series: {
                /** Format: uuid */
                id: string;
                title: string;
            } | null;
            seasonNumber: number | null;
            /** @description Within the season. */
            episodeNumber: number | null;
            endYear: number | null;
            isAdult: boolean | null;
            /** @description Whose rating and votes these are. */
            ratingSystem: string | null;
            /** @description On the scale of its source. */
            popularity: number | null;
            /** @description Released, Rumored, Post Production, … */
            status: string | null;
            /** @description A code, as `/languages` has it. */
            originalLanguage: string | null;
            /** @description US dollars; null: not known. */
            budget: number | null;
            /** @description US dollars; null: not known. */
            revenue: number | null;
            /** @description Those that are too small to be true. */
            suspect: ("budget" | "revenue")[];
            tagline: string | null;
            overview: string | null;
            homepage: string | null;
            collection: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            countries: {
                code: string;
                name: string;
            }[];
            /** @description Those spoken in it. */
            languages: {
                code: string;
                name: string;
            }[];
            /** @description Its id at each system that has it: imdb, tmdb, movielens, … */
            externalIds: {
                [key: string]: string;
            };
            sources: string[];
            key: string;
            /** @description Of its sources that say when their data are stale; not with `as_of`. */
            freshness?: components["schemas"]["FilmFreshness"][];
            /** @description With `include=credits`. */
            credits?: components["schemas"]["Credits"];
            /** @description With `include=ratings`. */
            ratings?: components["schemas"]["Rating"][];
            /** @description With `include=companies`. */
            companies?: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description With `include=keywords`. */
            keywords?: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description With `include=provenance`. */
            provenance?: {
                [key: string]: components["schemas"]["Origin"];
            };
            /** @description With `include=comments`: the newest 20. All are at `/comments` below it. */
            comments?: components["schemas"]["Comment"][];
        };
        Facet: {
            /** @enum {string} */
            kind: "exact" | "estimated";
            /** @description Of an estimate: by which share the count of a value that 1 in 100 titles has is off at most, 19 times in 20. */
            error: number;
            /** @description Most titles first. */
            values: {
                value: string;
                /** @description Of a language or a country. */
                name?: string;
                count: number;
            }[];
        };
        FilmList: {
            data: components["schemas"]["ListedFilm"][];
            page: components["schemas"]["Page"];
            count: {
                value: number;
                /** @enum {string} */
                kind: "exact" | "estimated";
            } | null;
            /** @description With `facets`. */
            facets?: {
                genre?: components["schemas"]["Facet"];
                /** @description By its first year. */
                decade?: components["schemas"]["Facet"];
                kind?: components["schemas"]["Facet"];
                /** @description Original or spoken. */
                language?: components["schemas"]["Facet"];
                country?: components["schemas"]["Facet"];
                /** @description By whole points: 7 is from 7 to below 8. */
                rating?: components["schemas"]["Facet"];
            };
            /** @description With `q`: how many it finds before filters, and whether only the most relevant of them are listed. */
            search?: {
                matched: number;
                isCut: boolean;
            };
            /** @description With `source`: those sources, as they are now. */
            sources?: components["schemas"]["ListedSource"][];
        };
        SeriesList: {
            data: components["schemas"]["Series"][];
            page: components["schemas"]["Page"];
            count: {
                value: number;
                /** @enum {string} */
                kind: "exact" | "estimated";
            } | null;
            /** @description With `facets`. */
            facets?: {
                genre?: components["schemas"]["Facet"];
                /** @description By its first year. */
                decade?: components["schemas"]["Facet"];
                kind?: components["schemas"]["Facet"];
                /** @description Original or spoken. */
                language?: components["schemas"]["Facet"];
                country?: components["schemas"]["Facet"];
                /** @description By whole points: 7 is from 7 to below 8. */
                rating?: components["schemas"]["Facet"];
            };
            /** @description With `q`: how many it finds before filters, and whether only the most relevant of them are listed. */
            search?: {
                matched: number;
                isCut: boolean;
            };
            /** @description With `source`: those sources, as they are now. */
            sources?: components["schemas"]["ListedSource"][];
        };
        EpisodeList: {
            data: components["schemas"]["Episode"][];
            page: components["schemas"]["Page"];
            count: {
                value: number;
                /** @enum {string} */
                kind: "exact" | "estimated";
            } | null;
            /** @description With `facets`. */
            facets?: {
                genre?: components["schemas"]["Facet"];
                /** @description By its first year. */
                decade?: components["schemas"]["Facet"];
                kind?: components["schemas"]["Facet"];
                /** @description Original or spoken. */
                language?: components["schemas"]["Facet"];
                country?: components["schemas"]["Facet"];
                /** @description By whole points: 7 is from 7 to below 8. */
                rating?: components["schemas"]["Facet"];
            };
            /** @description With `q`: how many it finds before filters, and whether only the most relevant of them are listed. */
            search?: {
                matched: number;
                isCut: boolean;
            };
            /** @description With `source`: those sources, as they are now. */
            sources?: components["schemas"]["ListedSource"][];
        };
        GenreList: {
            data: {
                name: string;
                /** @description How many films. */
                films: number;
            }[];
        };
        CodeList: {
            data: {
                code: string;
                name: string;
                /** @description How many films. */
                films: number;
            }[];
        };
        Company: {
            /** Format: uuid */
            id: string;
            key: string;
            name: string;
            /** @description How many films. */
            films: number;
        };
        CompanyList: {
            data: components["schemas"]["Company"][];
            page: components["schemas"]["Page"];
        };
        Collection: {
            /** Format: uuid */
            id: string;
            key: string;
            name: string;
            films: components["schemas"]["Film"][];
        };
        Person: {
            /** Format: uuid */
            id: string;
            key: string;
            name: string;
            birthYear: number | null;
            deathYear: number | null;
        };
        PersonFilmList: {
            data: {
                film: components["schemas"]["Film"];
                credits: {
                    /** @description director, writer, actor, actress, …; character for one of the story */
                    category: string;
                    department: string | null;
                    job: string | null;
                    characters: string[];
                }[];
            }[];
            page: components["schemas"]["Page"];
        };
        JournalList: {
            data: {
                /** @description Counts from 1, in the order of commits. */
                seq: number;
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                action: "enter_title" | "set_values" | "write_comment" | "change_comment" | "delete_comment" | "decide_match";
                titleKey: string;
                commentId: string | null;
                /** @description The API key; its name is null where this database does not know it. Null: someone without one. */
                by: {
                    /** Format: uuid */
                    id: string;
                    name: string | null;
                } | null;
                /** @description What was written; empty where that was deleted. */
                document: {
                    [key: string]: unknown;
                };
            }[];
            page: components["schemas"]["Page"];
        };
        Match: {
            /**
             * Format: uuid
             * @description The id of the key by which the source knows the title.
             */
            id: string;
            /** @description The source and that key: `ghibli:2baf70d1`. */
            key: string;
            source: string;
            /** @enum {string} */
            state: "open" | "decided";
            /** @description Why it was left alone. `several_titles`: Several titles are of its name, and nothing tells which it is. `unconfirmed`: A title is of its name, and nothing else confirms it. `runtimes_differ`: A title is of its name, and its running time is another. `original_titles_differ`: A title is of its name, and its original title is another. `source_has_title`: Its source has another claim about that title. `several_claims`: Several claims of its source are as much like that title. `parted`: Something else that is of that title by now was said not to be the same. `imdb_id_twice`: Another claim of its source has the same IMDb id. Null: it is not any more. */
            reason: ("several_titles" | "unconfirmed" | "runtimes_differ" | "original_titles_differ" | "source_has_title" | "several_claims" | "parted" | "imdb_id_twice") | null;
            /** @description What it is served as now; null once its source has dropped it. */
            title: {
                /** Format: uuid */
                id: string;
                key: string;
                /** @enum {string} */
                kind: "movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial" | "tvSeries" | "tvMiniSeries" | "tvEpisode" | "tvPilot" | "videoGame";
                title: string;
                originalTitle: string;
                year: number | null;
                runtimeMinutes: number | null;
            } | null;
            /** @description What it could be, the likeliest first; twenty at most. */
            candidates: {
                /** Format: uuid */
                id: string;
                key: string;
                /** @enum {string} */
                kind: "movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial" | "tvSeries" | "tvMiniSeries" | "tvEpisode" | "tvPilot" | "videoGame";
                title: string;
                originalTitle: string;
                year: number | null;
                runtimeMinutes: number | null;
            }[];
            decision: {
                /** @enum {string} */
                decision: "same" | "different";
                /** @description The titles that it is, or is not. */
                titleIds: string[];
                /** Format: date-time */
                at: string;
            } | null;
        };
        MatchList: {
            data: components["schemas"]["Match"][];
            page: components["schemas"]["Page"];
        };
        DecidedMatch: {
            /** Format: uuid */
            id: string;
            key: string;
            /** @enum {string} */
            decision: "same" | "different" | "withdrawn";
            titleIds: string[];
        };
        ReportList: {
            data: {
                name: string;
                title: string;
                description: string;
                parameters: {
                    name: string;
                    description: string;
                }[];
            }[];
        };
        Found: {
            data: {
                /** Format: uuid */
                id: string;
                title: string;
                originalTitle: string;
                /** @enum {string} */
                kind: "movie" | "tvMovie" | "short" | "tvShort" | "video" | "tvSpecial" | "tvSeries" | "tvMiniSeries" | "tvEpisode" | "tvPilot" | "videoGame";
                year: number | null;
                genres: string[];
                rating: number | null;
                votes: number | null;
                posterUrl: string | null;
                /** @description Where the title is served; null: nowhere by itself. */
                address: string | null;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
