import { listStandards } from '../../../contract/standards.ts'
import { call } from '../../call.ts'

export const standardsQuery = { queryKey: ['standards'], queryFn: () => call(listStandards, {}) }
