/** The second in which a run began, by its name: 20261121T020000Z-4f2a. */
export function runStartedAt(run: string): Date {
  return new Date(run.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z'));
}
