import type { Problem } from '../../api/problem.ts';
import type { Shown } from '../page.ts';

/** What is shown in place of a page where the API has a problem: the words that programs are told. */
export function problemShown(problem: Problem): Shown {
  return {
    title: problem.title.replace(/\.$/, ''),
    main: (
      <div class="problem">
        <p class="problem-status">{problem.status}</p>
        <h1>{problem.title}</h1>
        {problem.detail !== problem.title && <p class="lead">{problem.detail}</p>}
        {problem.errors.length > 0 && (
          <ul class="problem-fields">
            {problem.errors.map(({ field, message }) => (
              <li>
                <b>{field}</b> {message}
              </li>
            ))}
          </ul>
        )}
        <p>
          <a href="/">To the start</a> · <a href={problem.type}>What this means</a>
        </p>
        <p class="muted">Request {problem.instance}</p>
      </div>
    ),
  };
}
