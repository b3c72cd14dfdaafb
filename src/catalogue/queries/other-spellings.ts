import { searchName } from '../../model/search-names.ts';

/** Numbers of sequels as titles write them: in digits, in Roman numerals, in words. */
const NUMBERS = [
  ['2', 'ii', 'two'],
  ['3', 'iii', 'three'],
  ['4', 'iv', 'four'],
  ['5', 'v', 'five'],
  ['6', 'vi', 'six'],
  ['7', 'vii', 'seven'],
  ['8', 'viii', 'eight'],
  ['9', 'ix', 'nine'],
  ['10', 'x', 'ten'],
  ['11', 'xi', 'eleven'],
  ['12', 'xii', 'twelve'],
  ['13', 'xiii', 'thirteen'],
];

/** Letters of other scripts in Latin ones, as titles are mostly written in Latin: BGN/PCGN for Russian, ELOT 743 for Greek, simplified. */
const LATIN: Readonly<Record<string, string>> = {
  ...letters(
    'абвгдежзийклмнопрстуфхцчшщъыьэюя',
    'a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya',
  ),
  ...letters('ёієїґ', 'e i ye yi g'),
  ...letters('αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'),
};

/** Other spellings of a normalised word, that titles may have. */
export function typedOtherwise(word: string): string[] {
  const number = NUMBERS.find((spellings) => spellings.includes(word)) ?? [];
  const latin = Array.from(word, (letter) => LATIN[letter] ?? letter).join('');
  return [...new Set([...number, latin, ofPlainWidth(word)])].filter(
    (other) => other !== word && other !== '',
  );
}

/** Without letters as wide as Chinese ones, or joined into one, which keyboards of some languages type. */
function ofPlainWidth(word: string): string {
  const plain = searchName(word.normalize('NFKC'));
  return plain.includes(' ') ? word : plain;
}

function letters(script: string, latin: string): Record<string, string> {
  const spellings = latin.split(' ');
  return Object.fromEntries(Array.from(script, (letter, at) => [letter, spellings[at] ?? '']));
}
