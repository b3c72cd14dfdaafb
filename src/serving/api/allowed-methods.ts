import type { FastifyInstance } from 'fastify';

interface Address {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

/** Notes every route, and gives which methods an address takes; none where there is no such address. */
export function collectMethods(app: FastifyInstance): (path: string) => string[] {
  const addresses: Address[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (url !== '*') addresses.push({ pattern: patternOf(url), methods: [method].flat() });
  });
  return (path) => [
    ...new Set(addresses.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods)),
  ];
}

/** `/movies/:id` as an expression. */
function patternOf(route: string): RegExp {
  const literal = route.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replace(/:\w+/g, '[^/]+')}$`);
}
