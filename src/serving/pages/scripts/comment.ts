// Betters the comment form: who wants it need not give name and key again on this visit.

const form = document.querySelector<HTMLFormElement>('[data-comment-form]');
const author = form?.querySelector<HTMLInputElement>('[name="author"]') ?? null;
const key = form?.querySelector<HTMLInputElement>('[name="key"]') ?? null;

const AUTHOR = 'comment author';
const KEY = 'comment key';

const keep = form?.querySelector<HTMLInputElement>('[data-keep]') ?? null;

if (form !== null && author !== null && keep !== null) {
  const isKept = sessionStorage.getItem(AUTHOR) !== null;
  keep.checked = isKept;
  if (author.value === '') author.value = sessionStorage.getItem(AUTHOR) ?? '';
  if (key !== null) key.value = sessionStorage.getItem(KEY) ?? '';
  form.addEventListener('submit', () => {
    sessionStorage.removeItem(AUTHOR);
    sessionStorage.removeItem(KEY);
    if (!keep.checked) return;
    sessionStorage.setItem(AUTHOR, author.value);
    if (key !== null) sessionStorage.setItem(KEY, key.value);
  });
}

export {};
