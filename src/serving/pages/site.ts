import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Theme } from './theme.ts';

/** What every part of a page may need to know of where it stands. */
export interface Site {
  readonly now: Date;
  /** Filmbase's version. */
  readonly version: string;
  readonly theme: Theme;
  /** The address of the page itself, with its query. */
  readonly address: string;
  /** Where the same is as JSON. */
  readonly jsonAddress: string;
  /** Of the request that the page answers: no other page has it. */
  readonly requestId: string;
  /** Hosts that posters may be shown from. */
  readonly posterHosts: readonly string[];
  /** Whether anyone may comment without a key. */
  readonly openComments: boolean;
  /** The address of a file of ours, which changes with its content. */
  readonly assetAddress: (name: string) => string;
  readonly navigation: readonly NavigationEntry[];
}

interface NavigationEntry {
  readonly label: string;
  readonly address: string;
}

const SiteContext = createContext<Site | null>(null);

export const SiteProvider = SiteContext.Provider;

export function useSite(): Site {
  const site = useContext(SiteContext);
  if (site === null) throw new Error('A part of a page was rendered outside of one.');
  return site;
}
