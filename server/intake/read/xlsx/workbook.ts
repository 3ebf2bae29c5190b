import { FileRefusal } from '../refusal.ts'
import type { Archive } from './archive.ts'
import { attribute, scanPart } from './part.ts'
import { namespaces, readAttributes } from './xml.ts'

export interface Sheet {
  name: string
  hidden: boolean
  part: string
}

export interface Workbook {
  sheets: Sheet[]
  /** Days are counted from 1904-01-01 instead of 1900. */
  from1904: boolean
  sharedTexts: string | null
  styles: string | null
  linksOutside: boolean
}

/** No workbook has as many sheets or relations: a list of more is an attack. */
const PARTS = 10_000

/** Follows the package from its root to the sheets; says what the file is when it is no workbook of ours. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  await refuseOtherPackages(archive)
  const main = (await readRelations(archive, '')).find(({ type }) => type === 'officeDocument')?.target
  if (!main) throw new FileRefusal('not_a_workbook')
  const relations = await readRelations(archive, main)
  const byId = new Map(relations.map((relation) => [relation.id, relation]))
  const targetOf = (type: string) => {
    const target = relations.find((relation) => relation.type === type)?.target
    return target && archive.has(target) ? target : null
  }
  const workbook: Workbook = {
    sheets: [],
    from1904: false,
    sharedTexts: targetOf('sharedStrings'),
    styles: targetOf('styles'),
    linksOutside: relations.some(({ type }) => type === 'externalLink'),
  }
  await scanPart(archive, main, namespaces.sheet, {
    listening: false,
    text() {},
    close() {},
    open(name, tag) {
      if (name === 'workbookPr') workbook.from1904 = isTrue(attribute(tag, 'date1904'))
      if (name !== 'sheet') return
      const relation = byId.get(relationId(tag) ?? '')
      // Chart sheets and the like hold no cells.
      if (relation?.type !== 'worksheet') return
      if (workbook.sheets.length >= PARTS) throw new FileRefusal('damaged_part', main)
      workbook.sheets.push({
        name: attribute(tag, 'name') ?? '',
        hidden: (attribute(tag, 'state') ?? 'visible') !== 'visible',
        part: relation.target,
      })
    },
  })
  return workbook
}

async function refuseOtherPackages(archive: Archive): Promise<void> {
  if (archive.names.some((name) => name.endsWith('vbaproject.bin'))) throw new FileRefusal('has_macros')
  if (archive.has('mimetype') || archive.has('META-INF/manifest.xml')) throw new FileRefusal('open_document')
  if (!archive.has('[Content_Types].xml')) throw new FileRefusal('not_a_workbook')
  const types: string[] = []
  await scanPart(archive, '[Content_Types].xml', namespaces.contentTypes, {
    listening: false,
    text() {},
    close() {},
    open(_name, tag) {
      if (types.length >= PARTS) throw new FileRefusal('damaged_part', '[Content_Types].xml')
      types.push(attribute(tag, 'ContentType')?.toLowerCase() ?? '')
    },
  })
  if (types.some((type) => type.includes('sheet.binary'))) throw new FileRefusal('binary_workbook')
  if (types.some((type) => type.includes('macroenabled'))) throw new FileRefusal('has_macros')
  if (!types.some((type) => type.includes('spreadsheetml'))) throw new FileRefusal('not_a_workbook')
}

interface Relation {
  id: string
  /** Last word of the type's address. */
  type: string
  target: string
}

/** The relations of a part ('' for the package); those that point outside lead nowhere. */
async function readRelations(archive: Archive, part: string): Promise<Relation[]> {
  const slash = part.lastIndexOf('/') + 1
  const folder = part.slice(0, slash)
  const name = `${folder}_rels/${part.slice(slash)}.rels`
  const relations: Relation[] = []
  await scanPart(archive, name, namespaces.relationships, {
    listening: false,
    text() {},
    close() {},
    open(element, tag) {
      if (element !== 'Relationship') return
      if (attribute(tag, 'TargetMode')?.toLowerCase() === 'external') return
      if (relations.length >= PARTS) throw new FileRefusal('damaged_part', name)
      relations.push({
        id: attribute(tag, 'Id') ?? '',
        type: attribute(tag, 'Type')?.split('/').at(-1) ?? '',
        target: resolvePath(folder, attribute(tag, 'Target') ?? ''),
      })
    },
  })
  return relations
}

function resolvePath(folder: string, target: string): string {
  const steps = target.startsWith('/') ? [] : folder.split('/').filter(Boolean)
  for (const step of target.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

/** `r:id`, under whatever prefix; a sheet's own attributes have none. */
function relationId(tag: string): string | undefined {
  const attributes = readAttributes(tag, 'sheet')
  for (let i = 0; i < attributes.length; i += 2) if (attributes[i]?.endsWith(':id')) return attributes[i + 1]
  return undefined
}

export function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true'
}
