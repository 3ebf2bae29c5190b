import type { PeopleField } from '../../contract/directory.ts'

const headers: Record<PeopleField, RegExp> = {
  name: /^(姓名|名字|人员|员工|name)$/,
  employeeNo: /^(工号|编号|员工编号|人员编号|no\.?|employeeno\.?|employeenumber|number)$/,
  unit: /^(团队|部门|单位|网点|班组|组别|所属.*|team|department|unit|outlet)$/,
  duty: /^(岗位|职务|职位|角色|role|duty|position|title)$/,
  fromOn: /^(到岗.*|入职.*|任职.*|开始.*|from|since|start)$/,
  toOn: /^(离岗.*|离职.*|结束.*|to|until|end)$/,
}
const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase()

/** Which field each column is, and whether the first row is a head: by its words, else by what the cells look like. */
export function guessColumns(
  rows: readonly (readonly string[])[],
  unitNames: ReadonlySet<string>,
): { columns: (PeopleField | null)[]; header: boolean } {
  const width = Math.max(...rows.map((row) => row.length))
  const named = (rows[0] ?? []).map((cell) => fieldOfHeader(cell))
  if (named.includes('name')) return { columns: fill(once(named), width), header: true }
  const cells = Array.from({ length: width }, (_, i) =>
    rows.map((row) => (row[i] ?? '').trim()).filter(Boolean),
  )
  return { columns: once(guessAll(cells, unitNames)), header: false }
}

function fieldOfHeader(cell: string): PeopleField | null {
  const word = plain(cell)
  return (Object.keys(headers) as PeopleField[]).find((field) => headers[field].test(word)) ?? null
}

const fill = (columns: (PeopleField | null)[], width: number): (PeopleField | null)[] =>
  Array.from({ length: width }, (_, i) => columns[i] ?? null)

/** A field has one column: the first. */
const once = (columns: (PeopleField | null)[]): (PeopleField | null)[] =>
  columns.map((field, i) => (columns.indexOf(field) === i ? field : null))

const team = /(组|队|部|班|中心|网点|分公司|门店|站|team|department|dept\.?)$/i
const duty = /^(.*(专员|主管|组长|队长|工程师|经理|客服|店长)|specialist|lead|supervisor|manager|engineer)$/i
const date = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$/
const number = /^[A-Za-z]{0,6}[-_]?\d{1,12}$/
const person = /^([\p{Script=Han}·]{2,6}|[\p{L}.'-]+( [\p{L}.'-]+){1,3})$/u

function guessAll(cells: string[][], unitNames: ReadonlySet<string>): (PeopleField | null)[] {
  const most = (texts: string[], fits: (text: string) => boolean) =>
    texts.length > 0 && texts.filter(fits).length * 2 > texts.length
  let dates = 0
  const firm = cells.map((texts): PeopleField | null => {
    if (most(texts, (text) => unitNames.has(text))) return 'unit'
    if (most(texts, (text) => date.test(text))) return dates++ === 0 ? 'fromOn' : 'toOn'
    if (most(texts, (text) => number.test(text))) return 'employeeNo'
    if (most(texts, (text) => duty.test(text))) return 'duty'
    return most(texts, (text) => team.test(text)) ? 'unit' : null
  })
  // Names look like many things, so what is nothing else comes last; a column of people repeats the least.
  const open = cells.map((texts, i) =>
    firm[i] === null && most(texts, (text) => person.test(text)) ? i : -1,
  )
  const distinct = (i: number) => new Set(cells[i]).size
  const name = open.filter((i) => i >= 0).sort((a, b) => distinct(b) - distinct(a))[0]
  return firm.map((field, i) => (i === name ? 'name' : field))
}

/** `2024年5月1日` and `2024/5/1` as a day; undefined for what is no day of the calendar. */
export function dayIn(text: string): string | undefined {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim()) ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : undefined
}
