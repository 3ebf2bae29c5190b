import { bringProducts, productColumns } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { useWords } from '../../words.ts'
import { PasteTable } from './paste-table.tsx'

export function PasteProducts() {
  const { label } = useWords()
  return (
    <PasteTable
      texts={{
        paste: 'products.paste',
        how: 'products.pasteHow',
        takeIn: 'products.takeIn',
        brought: 'products.brought',
      }}
      columns={productColumns}
      columnName={(column) => label('productColumn', column)}
      ask={(body) => call(bringProducts, { body })}
    />
  )
}
