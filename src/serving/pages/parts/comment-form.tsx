import type { ComponentChildren, JSX } from 'preact';

import type { RefusedForm } from '../page.ts';
import { useSite } from '../site.ts';

interface Props {
  /** Where it is sent. */
  readonly action: string;
  /** That it was sent before, and refused. */
  readonly refused: RefusedForm | null;
}

/** A comment to be written, with a key where one is needed; what is wrong stands at its field. */
export function CommentForm({ action, refused }: Props): JSX.Element {
  const { openComments, requestId } = useSite();
  const faults = faultsOf(refused);
  return (
    <form method="post" action={action} class="comment-form" id="comment-form" data-comment-form>
      {refused !== null && (
        <p class="fault" role="alert">
          It was not written. {faults.whole}
        </p>
      )}
      <input type="hidden" name="once" value={requestId} />
      <Field name="author" label="Your name" fault={faults.author}>
        <input
          id="author"
          name="author"
          required
          maxLength={100}
          autocomplete="name"
          value={refused?.values.author ?? ''}
          {...faultOf('author', faults.author)}
        />
      </Field>
      <Field name="text" label="What you say" fault={faults.text}>
        <textarea id="text" name="text" required rows={5} maxLength={2000} {...faultOf('text', faults.text)}>
          {refused?.values.text ?? ''}
        </textarea>
      </Field>
      {!openComments && (
        <Field
          name="key"
          label="Your API key"
          hint="Comments need one here; it is sent with this comment and not kept."
          fault={faults.key}
        >
          <input
            id="key"
            name="key"
            type="password"
            required
            autocomplete="off"
            spellcheck={false}
            {...faultOf('key', faults.key, true)}
          />
        </Field>
      )}
      <label class="keep">
        <input type="checkbox" data-keep="" /> Keep my name {!openComments && 'and key '}until I close this
        tab
      </label>
      <button>Comment</button>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly fault: string | undefined;
  readonly children: ComponentChildren;
}

function Field({ name, label, hint, fault, children }: FieldProps): JSX.Element {
  return (
    <div class="field">
      <label htmlFor={name}>{label}</label>
      {children}
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p class="fault" id={`${name}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

interface FaultAttributes {
  readonly 'aria-invalid'?: 'true';
  readonly 'aria-describedby'?: string;
}

/** How a field says that it has a fault, and where the words are. */
function faultOf(name: string, fault: string | undefined, hasHint = false): FaultAttributes {
  const describedBy = [
    ...(hasHint ? [`${name}-hint`] : []),
    ...(fault === undefined ? [] : [`${name}-fault`]),
  ];
  return {
    ...(fault !== undefined && { 'aria-invalid': 'true' as const }),
    ...(describedBy.length > 0 && { 'aria-describedby': describedBy.join(' ') }),
  };
}

interface Faults {
  readonly author?: string;
  readonly text?: string;
  readonly key?: string;
  /** What is of no field. */
  readonly whole?: string;
}

/** Problems that are about the key. */
const OF_THE_KEY = ['key_unknown', 'role_missing'].map((code) => `/problems/${code}`);

function faultsOf(refused: RefusedForm | null): Faults {
  if (refused === null) return {};
  const { type, detail, errors } = refused.problem;
  if (type === '/problems/key_missing') return { key: 'A key is needed here.' };
  if (OF_THE_KEY.includes(type)) return { key: detail };
  const ofField = (name: string) => {
    const found = errors.find(({ field }) => field === name);
    return found === undefined ? {} : { [name]: `It ${found.message}.` };
  };
  const faults: Faults = { ...ofField('author'), ...ofField('text') };
  return Object.keys(faults).length === 0 ? { whole: detail } : faults;
}
