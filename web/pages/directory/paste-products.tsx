import { bringProducts, productColumns } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { PasteTable } from './paste-table.tsx'

export const PasteProducts = () => (
  <PasteTable
    of="products"
    columns={productColumns}
    columnWords="productColumn"
    ask={(body) => call(bringProducts, { body })}
  />
)
