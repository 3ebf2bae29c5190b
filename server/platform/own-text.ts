/** A text cut out of a larger one, as cells are out of a file's, keeps all of that in memory. Its copy does not. */
export const ownText = (text: string): string => ` ${text}`.slice(1)
