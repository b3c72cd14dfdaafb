import type { ComponentChildren } from 'preact';

import type { Problem } from '../api/problem.ts';
import type { Ask } from './ask.ts';

/** A page for people at the address of a route of the API. One file in `views/` each, listed in `pages.ts`. */
export interface Page {
  /** The route's pattern: `/movies/:id`; or what matches the patterns of several. */
  readonly route: string | RegExp;
  /** Its place in the main navigation, where it has one. */
  readonly navigation?: {
    readonly label: string;
    readonly order: number;
    /** Where it leads, if not to the route itself. */
    readonly address?: string;
  };
  /** Parameters that say how it is shown, of which the API knows nothing, each with its words; null: any text. */
  readonly pageOnly?: Readonly<Record<string, readonly string[] | null>>;
  /** What is shown. What `ask` throws goes on to whoever asks for the page. */
  readonly show: (asked: AskedPage) => Promise<Shown>;
}

/** What a request asks of a page. */
export interface AskedPage {
  /** Of the route's pattern, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** As it was asked for, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Those of the page. */
  readonly pageOnly: readonly string[];
  readonly ask: Ask;
  readonly now: Date;
  /** The form on it that was sent and refused: it is shown again. */
  readonly form: RefusedForm | null;
}

/** A form that the API refused. */
export interface RefusedForm {
  /** What was sent, but for secrets. */
  readonly values: Readonly<Record<string, string>>;
  readonly problem: Problem;
}

export interface Shown {
  /** What the page is, without the name of the site. */
  readonly title: string;
  /** For search engines and shared links: a sentence. */
  readonly description?: string;
  readonly main: ComponentChildren;
  /** Whether the search stands in it, so that the masthead needs none. */
  readonly hasSearch?: boolean;
  /** The scripts of `scripts/` that better it, besides those of every page. */
  readonly scripts?: readonly string[];
}
