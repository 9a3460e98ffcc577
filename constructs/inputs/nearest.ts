/**
 * The known word that somebody may have meant: another case, a beginning of it, or one letter in three mistaken at most.
 *
 * @returns nothing where none is near
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word === "") return undefined;
  const [best] = [...known]
    .map((one) => ({ one, mistakes: mistakes(word.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, mistakes }) => mistakes <= Math.max(1, Math.floor(one.length / 3)))
    .sort((a, b) => a.mistakes - b.mistakes);
  return best?.one;
}

/** ` Did you mean x?`, to end a message with; empty where nothing is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const found = nearest(word, known);
  return found === undefined ? "" : ` Did you mean ${found}?`;
}

/** Letters to insert, remove, change or swap; none for what is left out at the end of three letters and more. */
function mistakes(word: string, known: string): number {
  if (word.length >= 3 && known.startsWith(word)) return 0;
  const rows = [Array.from({ length: known.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= word.length; i++) {
    const row = [i];
    for (let j = 1; j <= known.length; j++) {
      const change = rows[i - 1]![j - 1]! + (word[i - 1] === known[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && word[i - 1] === known[j - 2] && word[i - 2] === known[j - 1];
      const swap = isSwap ? rows[i - 2]![j - 2]! + 1 : Infinity;
      row.push(Math.min(change, swap, rows[i - 1]![j]! + 1, row[j - 1]! + 1));
    }
    rows.push(row);
  }
  return rows.at(-1)!.at(-1)!;
}
