import * as contract from '../../contract/demo.ts'
import { policies } from '../access/index.ts'
import { serve } from '../platform/http/serve.ts'
import type { Secrets } from '../platform/secrets.ts'
import { clearDemo } from './clear.ts'
import { loadDemo } from './load.ts'

export const demoRoutes = (secrets: Secrets) => [
  serve(
    contract.loadDemo,
    policies.managingWhole,
    (_tx, _input, call) => loadDemo(call.db, call.scope, { now: call.now, secrets }),
    'own',
  ),
  serve(
    contract.clearDemo,
    policies.managingWhole,
    (_tx, _input, call) => clearDemo(call.db, call.scope, { now: call.now }),
    'own',
  ),
]
