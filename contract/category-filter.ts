/**
 * What a filter by category names: a category with all below it (`repair` holds `repair-硬件`) or, with a hyphen at its
 * end, that one alone, which is what one row of a split counts.
 */
export const categoryAsked = (asked: string): { member: string; below: boolean } =>
  asked.endsWith('-') ? { member: asked.slice(0, -1), below: false } : { member: asked, below: true }

/** The filter for one category without those below it. */
export const categoryAlone = (member: string): string => `${member}-`
