import { expect, it } from 'vitest';

import { typedWords, wholeNames } from './search-text.ts';

const texts = (text: string) => typedWords(text).map((word) => word.text);

it('takes a word that is typed again once, as begun where it comes last', () => {
  expect(texts('The the THE house the')).toEqual(['the', 'house']);
  expect(typedWords('mirror mirror').map(({ isBegun }) => isBegun)).toEqual([true]);
  expect(typedWords('the house the').map(({ isBegun }) => isBegun)).toEqual([true, false]);
});

it('joins a word with those on both sides, wherever it stands', () => {
  const [spider] = typedWords('spider man a spider');
  expect(spider?.others).toEqual(['spiderman', 'aspider']);
});

it('has wide letters as narrow ones, too', () => {
  expect(typedWords('Ｗａｌｌ').map(({ others }) => others)).toEqual([['wall']]);
});

it('calls a title by all that is typed, and without the year', () => {
  expect(wholeNames('Straße 2012')).toEqual(['straße 2012', 'strasse 2012', 'straße', 'strasse']);
  expect(wholeNames('2012')).toEqual(['2012']);
});
