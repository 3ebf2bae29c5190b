import type { Note } from './table.ts'

/** Sentences of the notes a reading may leave; `{}` stands for the count or the sample. */
const sentences = {
  encoding_guessed: [
    '按 {} 编码读取，请确认预览中的文字无误',
    'read as {}; check that the preview shows the right characters',
  ],
  quotes_in_text: ['字段中间有引号，按原样读取', 'quotes inside unquoted fields are kept as they are'],
  short_rows: [
    '有 {} 行的列数少于表头，缺少的列按空白处理',
    '{} rows have fewer columns than the header; the rest is taken as blank',
  ],
  blank_rows: ['跳过了 {} 个空行', '{} blank rows were skipped'],
  header_guessed: [
    '没有明显的表头，暂以此行为表头，请确认',
    'no clear header; this row is taken as one, please confirm',
  ],
  title_rows: ['表头之前的 {} 行未读取', '{} rows above the header were not read'],
  hidden_rows: ['有 {} 个隐藏行，已一并读取', '{} hidden rows were read too'],
  hidden_columns: ['有 {} 个隐藏列，已一并读取', '{} hidden columns were read too'],
  hidden_sheets: ['有 {} 个隐藏的工作表未读取', '{} hidden sheets were not read'],
  other_sheets: ['另有 {} 个工作表未读取', '{} other sheets were not read'],
  merged_cells: [
    '有 {} 处合并单元格，已将其值填入所覆盖的单元格',
    '{} merged areas: their value was filled into each cell',
  ],
  external_links: [
    '工作簿引用了外部文件，不会读取',
    'the workbook links to outside files; they are not read',
  ],
  cached_values: ['{} 个公式单元格采用了上次计算的结果', '{} formula cells were read as last calculated'],
} as const

export type NoteCode = keyof typeof sentences

export function note(code: NoteCode, facts: { count?: number; sample?: string; column?: string } = {}): Note {
  const [zh, en] = sentences[code]
  const detail = String(facts.count ?? facts.sample ?? '')
  return { code, zh: zh.replace('{}', () => detail), en: en.replace('{}', () => detail), ...facts }
}

/** Adds to the count of a note, which appears at the first. */
export function countNote(notes: Note[], code: NoteCode, more = 1): void {
  const index = notes.findIndex((known) => known.code === code)
  const counted = note(code, { count: (notes[index]?.count ?? 0) + more })
  if (index < 0) notes.push(counted)
  else notes[index] = counted
}
