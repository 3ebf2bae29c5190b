import { containsSql } from '../platform/list-page.ts'
import { type Sql, sql } from '../platform/sql.ts'

/*
 * More than `maskText` hides: anything around an @, and any run of digits with what may stand between them. What is found in
 * the rest therefore stands in the masked text too. The spaces are those JavaScript knows and PostgreSQL may not.
 */
const space = '\\s\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff'
const mailbox = `[^${space}]*@[^${space}]*`
const number = `[+＋0-9０-９](?:[${space}\\-—_.·()（）+＋]*[0-9０-９]){4,}[${space}\\-—_.·()（）]*[XxＸ]?`
const hidden = `${mailbox}|${number}`

/**
 * A text in a free text, but not in the numbers and mailboxes that are masked when it is shown: else a filter would tell
 * digit by digit what nobody may see.
 */
export const containsShown = (at: Sql, text: string): Sql =>
  // The cheap look goes first; only what it finds is cut up.
  sql`case when ${containsSql(at, text)} then ${containsSql(
    sql`regexp_replace(${at}, ${hidden}, chr(1), 'g')`,
    text,
  )} else false end`
