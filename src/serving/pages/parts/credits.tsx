import type { ComponentChildren, JSX } from 'preact';

import type { Credits as TitleCredits } from '../shapes.ts';

/** Entries of a list that are shown before the rest is folded away. */
const SHOWN = 12;

/** Who made a title and who is in it, as a programme has it: role, dots, name. */
export function Credits({ credits }: { credits: TitleCredits }): JSX.Element {
  const { cast, crew, characters } = credits;
  return (
    <div class="credits">
      {cast.length > 0 && (
        <Billing
          heading="Cast"
          entries={cast.map(({ person, characters }) => ({ person, role: characters.join(', ') }))}
        />
      )}
      {crew.length > 0 && (
        <Billing
          heading="Crew"
          entries={crew.map(({ person, category, job }) => ({ person, role: roleOf(category, job) }))}
        />
      )}
      {characters.length > 0 && (
        <Billing heading="In the story" entries={characters.map(({ person }) => ({ person, role: '' }))} />
      )}
    </div>
  );
}

interface Entry {
  readonly person: { readonly id: string; readonly name: string };
  readonly role: string;
}

function Billing({ heading, entries }: { heading: string; entries: readonly Entry[] }): JSX.Element {
  const rest = entries.slice(SHOWN);
  return (
    <section class="billing">
      <h3>{heading}</h3>
      <Entries entries={entries.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more</summary>
          <Entries entries={rest} />
        </details>
      )}
    </section>
  );
}

function Entries({ entries }: { entries: readonly Entry[] }): JSX.Element {
  return (
    <ul class="dotted">
      {entries.map(({ person, role }) => (
        <li>
          <PersonLink person={person}>{person.name}</PersonLink>
          {role !== '' && (
            <>
              <span class="dots" aria-hidden="true" />
              <span class="role">{role}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function PersonLink({
  person,
  children,
}: {
  person: Entry['person'];
  children: ComponentChildren;
}): JSX.Element {
  return <a href={`/people/${person.id}`}>{children}</a>;
}

/** `job`, where the source has one, is the more particular word. */
function roleOf(category: string, job: string | null): string {
  const words = (job ?? category).replaceAll('_', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
