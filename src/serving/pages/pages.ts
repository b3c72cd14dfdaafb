import type { Page } from './page.ts';
import { page as film } from './views/film.tsx';
import { page as home } from './views/home.tsx';
import { page as films } from './views/films.tsx';

/** Every page. */
export const PAGES: readonly Page[] = [home, films, film];
