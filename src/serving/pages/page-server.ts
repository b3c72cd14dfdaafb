import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { ApiWorld } from '../api/api-world.ts';
import type { BodyCache } from '../api/body-cache.ts';
import { parameterInvalid } from '../api/parameter-invalid.ts';
import { splitUrl } from '../api/url.ts';
import { jsonAddress, localAddress } from './addresses.ts';
import { Elsewhere, openAsk, Refused } from './ask.ts';
import type { Assets } from './assets.ts';
import { renderDocument } from './layout.tsx';
import type { AskedPage, Page, RefusedForm, Shown } from './page.ts';
import { PAGES } from './pages.ts';
import { securityPolicy } from './security-policy.ts';
import type { Site } from './site.ts';
import { themeOf } from './theme.ts';
import { problemShown } from './views/problem.tsx';

/** Which page is to be shown, where it is not that of the request. */
interface OtherPage {
  /** Path and query. */
  readonly address: string;
  /** The form on it that was refused. */
  readonly form: RefusedForm;
}

/** Answers requests with pages. */
export interface PageServer {
  /** The page at the address of a route; undefined: it has none. */
  readonly pageOf: (route: string | undefined) => Page | undefined;
  /** Answers with the page, or says where it is, or why it is not. */
  readonly answer: (
    page: Page,
    request: FastifyRequest,
    reply: FastifyReply,
    other?: OtherPage,
  ) => Promise<FastifyReply>;
  /** The text of what is shown, with the headers that it needs. */
  readonly textOf: (shown: Shown, request: FastifyRequest, reply: FastifyReply) => string;
}

/** What pages are made of. */
interface PageWorld {
  readonly app: FastifyInstance;
  readonly world: ApiWorld;
  /** What the API has answered of what is served now. */
  readonly cache: BodyCache;
  readonly assets: Assets;
}

export function openPageServer({ app, world, cache, assets }: PageWorld): PageServer {
  const policy = securityPolicy(world.posterHosts);
  const textOf = (
    shown: Shown,
    request: FastifyRequest,
    reply: FastifyReply,
    address = localAddress(request.originalUrl),
    pageOnly: readonly string[] = [],
  ): string => {
    request.variesByCookie = true;
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', policy)
      // Forms say where they come from, by `Origin`.
      .header('referrer-policy', 'same-origin')
      .header('vary', 'Accept, Cookie')
      .removeHeader('content-length');
    return renderDocument(shown, siteOf(world, assets, request, { address, pageOnly }));
  };
  return {
    pageOf: (pattern) => PAGES.find(({ route }) => isOf(route, pattern)),
    textOf,
    answer: async (page, request, reply, other) => {
      const address = other?.address ?? localAddress(request.originalUrl);
      const query = new URL(address, 'http://page').searchParams;
      checkPageOnly(page, query);
      const asked = {
        params: request.params as Record<string, string>,
        path: splitUrl(address).path,
        query,
        pageOnly: Object.keys(page.pageOnly ?? {}),
        ask: openAsk(app, cache, request),
        now: world.now(),
        form: other?.form ?? null,
      };
      const shown = await show(page, asked);
      if (shown instanceof Elsewhere) return redirect(shown, address, reply);
      const problem = shown instanceof Refused ? shown.problem : other?.form.problem;
      if (problem !== undefined) reply.code(problem.status).header('cache-control', 'no-store');
      const text = shown instanceof Refused ? problemShown(shown.problem) : shown;
      return reply.send(textOf(text, request, reply, address, asked.pageOnly));
    },
  };
}

/** Refuses what the page does not know of its own parameters, as the API does of others. Throws `parameter_invalid`. */
function checkPageOnly({ pageOnly = {} }: Page, query: URLSearchParams): void {
  for (const [name, words] of Object.entries(pageOnly)) {
    const [given = '', ...more] = query.getAll(name);
    if (more.length > 0) throw parameterInvalid(name, 'must be given once');
    if (given !== '' && words?.includes(given) === false)
      throw parameterInvalid(name, `must be ${words.join(' or ')}`);
  }
}

/** What the page shows, or what the API says in its place. */
async function show(page: Page, asked: AskedPage): Promise<Shown | Elsewhere | Refused> {
  try {
    return await page.show(asked);
  } catch (error) {
    if (error instanceof Elsewhere || error instanceof Refused) return error;
    throw error;
  }
}

/**
 * To the page at the path where the API says that it is, with the query that was asked for; without it where that is a page of another
 * section, which takes other parameters.
 */
function redirect({ location }: Elsewhere, address: string, reply: FastifyReply): FastifyReply {
  const [path = '/'] = location.split('?');
  const mark = address.indexOf('?');
  const placeOf = (one: string) => one.split(/[/?]/)[1];
  const query = mark === -1 || placeOf(path) !== placeOf(address) ? '' : address.slice(mark);
  return reply
    .header('cache-control', 'no-cache')
    .header('vary', 'Accept')
    .redirect(path + query, 308);
}

function isOf(route: Page['route'], pattern: string | undefined): boolean {
  return typeof route === 'string' ? route === pattern : pattern !== undefined && route.test(pattern);
}

const NAVIGATION = PAGES.flatMap(({ route, navigation }) =>
  navigation === undefined ? [] : [{ address: String(route), ...navigation }],
).sort((a, b) => a.order - b.order);

function siteOf(
  world: ApiWorld,
  assets: Assets,
  { headers, id }: FastifyRequest,
  { address, pageOnly }: { readonly address: string; readonly pageOnly: readonly string[] },
): Site {
  return {
    now: world.now(),
    version: world.version,
    theme: themeOf(headers.cookie),
    address,
    jsonAddress: jsonAddress(address, pageOnly),
    requestId: id,
    posterHosts: world.posterHosts,
    openComments: world.openComments,
    assetAddress: assets.addressOf,
    navigation: NAVIGATION,
  };
}
