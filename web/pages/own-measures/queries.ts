import { listOwnMeasures } from '../../../contract/measurement-own.ts'
import { call } from '../../call.ts'

export const ownMeasuresQuery = {
  queryKey: ['own-measures'],
  queryFn: () => call(listOwnMeasures, {}),
}
