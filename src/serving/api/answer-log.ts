import type { Answer, ApiWorld } from './api-world.ts';

/**
 * One line for an answer: what worked and what the client got wrong at debug, what went wrong on our side as an
 * error. It names the route and not the address, since a query string may hold what is no business of a log.
 */
export function logAnswer(world: ApiWorld, requestId: string, answer: Answer): void {
  const level = answer.status >= 500 ? 'error' : 'debug';
  if (world.log.isLevelEnabled(level)) world.log[level]({ requestId, ...answer }, 'answered');
  world.onAnswer?.(answer);
}
