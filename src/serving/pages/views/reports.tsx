import type { Page } from '../page.ts';
import type { ReportList } from '../shapes.ts';

/** `/reports`: every report, and what it says. */
export const page: Page = {
  route: '/reports',
  navigation: { label: 'Reports', order: 3 },
  show: async ({ ask, path, query }) => {
    const { data } = await ask<ReportList>(query.size === 0 ? path : `${path}?${query}`);
    return {
      title: 'Reports',
      main: (
        <>
          <h1>Reports</h1>
          <p class="lead">Yearly figures by company and genre, each with how much is known behind it.</p>
          <ul class="report-list">
            {data.map(({ name, title, description }) => (
              <li>
                <h2>
                  <a href={`/reports/${name}`}>{title}</a>
                </h2>
                <p>{description}</p>
                <p class="muted">
                  <a href={`/reports/${name}.csv`} aria-label={`${title} as CSV`} download>
                    CSV
                  </a>
                </p>
              </li>
            ))}
          </ul>
        </>
      ),
    };
  },
};
