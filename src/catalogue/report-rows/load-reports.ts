import { readdir } from 'node:fs/promises';

import type { Report } from '../../model/report.ts';

/** Every report: each file in `catalogue/reports/` is one. In the order of their names. */
export async function loadReports(): Promise<Report[]> {
  const folder = new URL('../reports/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => /^[a-z-]+\.(ts|js)$/.test(name));
  return Promise.all(
    files.sort().map(async (name) => {
      const module = (await import(new URL(name, folder).href)) as { report: Report };
      return module.report;
    }),
  );
}
