/** Levels of lists and objects within each other that no record of a provider needs, and that all code can walk through. */
const LEVELS_MOST = 100;

/** Whether a value of JSON is nested so deeply that `JSON.stringify` might run out of stack. */
export function isDeep(value: unknown, levels = LEVELS_MOST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeep(one, levels - 1));
}
